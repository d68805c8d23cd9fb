package io.mlcicd.drift.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.text.TextFindings.TextColumn;
import io.mlcicd.drift.text.TextFindings.Vocabulary;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDriftTest {

    @TempDir
    Path folder;

    private Path csv(String name, int rows, long seed, Function<Random, String> text) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("t"));
        for (int i = 0; i < rows; i++) {
            lines.add("\"" + text.apply(random) + "\"");
        }
        return Files.write(folder.resolve(name), lines);
    }

    /** So many words, the frequent ones frequent as in a language: the rank is log-uniform. */
    private static String zipf(Random random, int words, String stem) {
        return IntStream.range(0, words)
                .mapToObj(i -> stem + (int) Math.exp(random.nextDouble() * Math.log(3000)))
                .collect(Collectors.joining(" "));
    }

    private static TextFindings check(Path reference, Path current, TextRequest request, String... columns)
            throws InterruptedException {
        DataSource before = DataSource.of("reference", reference);
        DataSource now = DataSource.of("current", current);
        try (DataEngine engine = DataEngine.embedded(List.of(before, now))) {
            return TextDrift.check(
                    engine,
                    engine.open(before).sql(),
                    engine.open(now).sql(),
                    List.of(columns),
                    request,
                    Progress.NONE);
        }
    }

    private static TextColumn only(Path reference, Path current) throws InterruptedException {
        return check(reference, current, TextRequest.USUAL, "t").columns().get(0);
    }

    @Test
    void textsOfOneSourceDoNotDriftWhateverTheirNumbers() throws Exception {
        for (int rows : new int[] {60, 300, 1500}) {
            TextColumn column = only(
                    csv("a.csv", 1000, rows, random -> zipf(random, 8 + random.nextInt(8), "w")),
                    csv("b.csv", rows, rows + 1, random -> zipf(random, 8 + random.nextInt(8), "w")));

            assertThat(column.drifted()).as(column.message()).isFalse();
            assertThat(column.vocabulary().oovChange()).isCloseTo(0, within(0.025));
            assertThat(column.vocabulary().jsChange()).isCloseTo(0, within(0.03));
            assertThat(column.message()).startsWith("the texts did not drift: the Jensen-Shannon distance");
        }
    }

    @Test
    void newWordsAreSeenAndNamed() throws Exception {
        TextColumn column = only(
                csv("a.csv", 1000, 1, random -> zipf(random, 12, "w") + " fax"),
                csv("b.csv", 800, 2, random -> zipf(random, 9, "w") + " chatbot " + zipf(random, 3, "n")));

        assertThat(column.drifted()).isTrue();
        Vocabulary vocabulary = column.vocabulary();
        assertThat(vocabulary.oov()).isBetween(4 / 13.0, 4 / 13.0 + 0.06);
        assertThat(vocabulary.oovChange()).isCloseTo(4 / 13.0, within(0.05));
        assertThat(vocabulary.came().get(0).word()).isEqualTo("chatbot");
        assertThat(vocabulary.came().get(0).reference()).isZero();
        assertThat(vocabulary.came().get(0).current()).isCloseTo(1 / 13.0, within(1e-12));
        assertThat(vocabulary.went().get(0).word()).isEqualTo("fax");
        assertThat(column.domain().auc()).isGreaterThan(0.99);
        assertThat(column.domain().drivers().get(0).column()).isIn("chatbot", "fax");
        assertThat(column.message())
                .contains("of the words are new to the reference")
                .contains("; more frequent: 'chatbot' (from 0% to 7.7% of the words)")
                .contains("; less frequent: 'fax' (from 7.7% to 0% of the words)");
    }

    @Test
    void otherSharesOfTheSameWordsAreSeen() throws Exception {
        Function<Random, String> complaints = random -> zipf(random, 10, random.nextInt(4) == 0 ? "praise" : "blame");
        Function<Random, String> praises = random -> zipf(random, 10, random.nextInt(4) == 0 ? "blame" : "praise");

        TextColumn column = only(csv("a.csv", 900, 1, complaints), csv("b.csv", 900, 2, praises));

        assertThat(column.drifted()).isTrue();
        assertThat(column.domain().auc()).isBetween(0.7, 0.85);
        assertThat(column.vocabulary().jsChange()).isGreaterThan(0.1);
    }

    /** scipy 1.17.1: ks_2samp(method='asymp') on the lengths 3, 5, 5, 8, 13, 2, 2, 9, 11, 4, and on those plus 2. */
    @Test
    void lengthsAreComparedAsScipyDoes() throws Exception {
        int[] lengths = {3, 5, 5, 8, 13, 2, 2, 9, 11, 4};
        int[] next = {0};
        Path reference = csv("a.csv", 60, 1, random -> "x".repeat(lengths[next[0]++ % 10]));
        next[0] = 0;
        Path current = csv("b.csv", 50, 1, random -> "x".repeat(lengths[next[0]++ % 10] + 2));

        TextColumn column = only(reference, current);

        assertThat(column.characters().ks()).isCloseTo(0.3, within(1e-12));
        assertThat(column.characters().pValue()).isCloseTo(0.01189366697993266, within(1e-9));
        assertThat(column.characters().referenceMean()).isCloseTo(6.2, within(1e-12));
        assertThat(column.words().ks()).isZero();
        assertThat(column.words().pValue()).isEqualTo(1);
        assertThat(column.message())
                .startsWith("texts became longer, from 6.2 to 8.2 characters and from 1 to 1 words in the mean");
    }

    @Test
    void metricsAreNamedByTheColumnAndTheFindingIsPartOfADocument() throws Exception {
        Path file = csv("a.csv", 100, 1, random -> zipf(random, 5, "w"));

        TextFindings findings = check(file, file, TextRequest.USUAL, "t");

        assertThat(findings.metrics())
                .containsOnlyKeys(
                        "t.lengthKs",
                        "t.lengthKs.pValue",
                        "t.vocabularyJs",
                        "t.vocabularyJsChange",
                        "t.oov",
                        "t.oovChange",
                        "t.domainAuc",
                        "t.domainAuc.lower95");
        assertThat(findings.metrics().values()).allMatch(Double::isFinite);
        assertThat(findings.metrics()).containsEntry("t.oov", 0.0).containsEntry("t.vocabularyJs", 0.0);
        String json = Json.mapper().writeValueAsString(findings);
        assertThat(json).doesNotContain("metrics");
        assertThat(Json.mapper().readValue(json, TextFindings.class)).isEqualTo(findings);
    }

    @Test
    void ofManyTextsAsManyAreReadAsAskedFor() throws Exception {
        Path file = csv("a.csv", 2000, 1, random -> zipf(random, 5, "w"));

        TextColumn column = check(file, file, TextRequest.USUAL.withRows(300), "t")
                .columns()
                .get(0);

        assertThat(column.referenceTexts()).isEqualTo(300);
        assertThat(check(file, file, TextRequest.USUAL.withRows(300), "t")
                        .columns()
                        .get(0))
                .isEqualTo(column);
    }

    @Test
    void textsWithoutWordsAreNoTrouble() throws Exception {
        Path empty = csv("a.csv", 80, 1, random -> "-");

        TextColumn column = only(empty, csv("b.csv", 80, 1, random -> "?!"));

        assertThat(column.vocabulary().js()).isZero();
        assertThat(column.vocabulary().oov()).isZero();
        assertThat(column.domain().auc()).isEqualTo(0.5);
        assertThat(only(empty, csv("c.csv", 80, 1, random -> "word"))
                        .vocabulary()
                        .js())
                .isEqualTo(1);
    }

    @Test
    void tooFewTextsAreToldAndNotJudged() throws Exception {
        TextFindings findings = check(
                csv("a.csv", 100, 1, random -> "word"), csv("b.csv", 49, 1, random -> "word"), TextRequest.USUAL, "t");

        assertThat(findings.columns()).isEmpty();
        assertThat(findings.notRun().get(0).reason())
                .isEqualTo("the reference has 100 texts and the current data 49; at least 50 of each are needed");
    }

    @Test
    void aColumnThatASideLacksIsRefused() throws Exception {
        Path file = csv("a.csv", 100, 1, random -> "word");

        assertThatThrownBy(() -> check(file, file, TextRequest.USUAL, "review"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'drift.text' names the column 'review', which the reference lacks;"
                        + " take it out or correct it");
    }

    @Test
    void settingsOutOfRangeAreRefusedByTheirKey() {
        assertThatThrownBy(() -> TextRequest.USUAL.withRows(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'drift.text.rows' is 1 and must be from 100 to 1000000");
        assertThatThrownBy(() -> new TextRequest(1000, 0, 0, 0.05, 0.1, 0.05, 0.55))
                .hasMessageContaining("lengthThreshold");
    }
}
