package io.mlcicd.drift.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.drift.text.TokenTable.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VocabulariesTest {

    private static TokenTable table(String kept, String held) {
        TokenTable table = new TokenTable();
        Tokenizer.words(kept).forEach(word -> table.add(word, TokenTable.hash(word), false));
        Tokenizer.words(held).forEach(word -> table.add(word, TokenTable.hash(word), true));
        return table;
    }

    /** scipy 1.17.1: jensenshannon([.4, .3, .2, .1, 0], [.125, .125, 0, .25, .5], base=2). */
    @Test
    void theDistanceEqualsScipy() {
        TokenTable before = table("a a b c d", "a a b b c");
        TokenTable now = table("a b d d e e e e", "");

        assertThat(Vocabularies.of(before, now).distance()).isCloseTo(0.6748111663456761, within(1e-12));
        assertThat(Vocabularies.of(now, before).distance()).isCloseTo(0.6748111663456761, within(1e-12));
        assertThat(Vocabularies.of(before, before).distance()).isZero();
        assertThat(Vocabularies.of(before, table("x y z", "")).distance()).isCloseTo(1, within(1e-12));
        assertThat(Vocabularies.of(before, table("", "")).distance()).isEqualTo(1);
        assertThat(Vocabularies.of(table("", ""), table("", "")).distance()).isZero();
    }

    @Test
    void partsOfATableAreComparedLikeTables() {
        TokenTable parts = table("a a b c d", "a e e");
        assertThat(Vocabularies.of(parts, Part.KEPT, parts, Part.HELD).distance())
                .isCloseTo(
                        Vocabularies.of(table("a a b c d", ""), table("a e e", ""))
                                .distance(),
                        within(1e-15));
    }

    @Test
    void newWordsAreCountedAgainstTheReferenceAndAgainstItsPart() {
        TokenTable reference = table("a b c", "a d d e");
        NewWords current = new NewWords(reference);
        for (String word : Tokenizer.words("a a d x x y b d e z")) {
            current.add(TokenTable.hash(word));
        }

        assertThat(reference.heldButNotKept()).isEqualTo(0.75);
        assertThat(current.share()).isEqualTo(0.4);
        assertThat(current.shareOfPart()).isEqualTo(0.7);
        assertThat(new NewWords(reference).share()).isZero();
    }

    @Test
    void countsEqualThoseOfAMapOfTheStandardLibrary() {
        Random random = new Random(5);
        TokenTable table = new TokenTable();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String word = "w" + (int) Math.abs(random.nextGaussian() * 10_000);
            table.add(word, TokenTable.hash(word), i % 3 == 0);
            counts.merge(word, 1, Integer::sum);
        }

        assertThat(table.distinct()).isEqualTo(counts.size());
        assertThat(table.total(Part.ALL)).isEqualTo(100_000);
        assertThat(table.complete()).isTrue();
        counts.forEach((word, count) -> {
            assertThat(table.count(TokenTable.hash(word), Part.ALL)).isEqualTo((long) count);
            assertThat(table.word(TokenTable.hash(word)).isPresent()).isEqualTo(count > 1);
        });
    }

    @Test
    void aFullTableSaysSoAndCountsOnWhatItKnows() {
        TokenTable table = new TokenTable(2);
        for (String word : Tokenizer.words("a b c a c")) {
            table.add(word, TokenTable.hash(word), false);
        }

        assertThat(table.complete()).isFalse();
        assertThat(table.distinct()).isEqualTo(2);
        assertThat(table.total(Part.ALL)).isEqualTo(5);
        assertThat(table.count(TokenTable.hash("a"), Part.ALL)).isEqualTo(2);
        assertThat(table.count(TokenTable.hash("c"), Part.ALL)).isZero();
    }
}
