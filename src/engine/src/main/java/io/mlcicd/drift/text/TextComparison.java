package io.mlcicd.drift.text;

import io.mlcicd.drift.multivariate.DomainClassifier;
import io.mlcicd.drift.multivariate.DomainFinding;
import io.mlcicd.drift.text.TextFindings.Lengths;
import io.mlcicd.drift.text.TextFindings.TextColumn;
import io.mlcicd.drift.text.TextFindings.Vocabulary;
import io.mlcicd.drift.text.TextFindings.WordShift;
import io.mlcicd.drift.text.TokenTable.Part;
import io.mlcicd.drift.text.Vocabularies.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Compares what was gathered of two sides' texts.
 *
 * <p>Two samples of the same texts differ in their words, the more the fewer texts there are, and each has words that the
 * other lacks. So both numbers are also taken between two parts of the reference, and between the first of these and as many
 * current texts as the second has; what the latter exceeds the former by is drift.
 */
final class TextComparison {

    /** Rarer words may come and go by chance. */
    private static final int LEAST_COUNT = 5;

    private static final int NAMED = 3;

    private TextComparison() {}

    static TextColumn of(String name, TextSide before, TextSide now, NewWords newWords, TextRequest request)
            throws InterruptedException {
        Lengths characters = lengths(before.characters(), now.characters());
        Lengths words = lengths(before.words(), now.words());
        Vocabularies both = Vocabularies.of(before.table(), now.table());
        Vocabulary vocabulary = vocabulary(both, before.table(), now.table(), newWords);
        DomainFinding domain = DomainFinding.of(
                DomainClassifier.separate(before.buckets(), now.buckets(), request.seed()),
                bucketNames(both, before.table(), now.table()),
                request.aucThreshold(),
                true);
        List<String> reasons = new ArrayList<>();
        if (characters.ks() >= request.lengthThreshold() && characters.pValue() < request.alpha()) {
            reasons.add(TextWording.lengths(characters, words));
        }
        if (vocabulary.jsChange() >= request.vocabularyThreshold()) {
            reasons.add(TextWording.distance(vocabulary));
        }
        if (vocabulary.oovChange() >= request.oovThreshold()) {
            reasons.add(TextWording.newWords(vocabulary));
        }
        if (domain.drifted()) {
            reasons.add(domain.message());
        }
        return new TextColumn(
                name,
                before.texts(),
                now.texts(),
                characters,
                words,
                vocabulary,
                domain,
                !reasons.isEmpty(),
                TextWording.finding(reasons, vocabulary, NAMED));
    }

    /** Equals scipy's {@code ks_2samp(method="asymp")}. */
    private static Lengths lengths(double[] before, double[] now) {
        double pValue = 1;
        double statistic = 0;
        if (!Arrays.equals(before, now)) {
            var test = KolmogorovSmirnovTest.withDefaults()
                    .with(PValueMethod.ASYMPTOTIC)
                    .test(before, now);
            statistic = test.getStatistic();
            pValue = Math.max(0, Math.min(1, test.getPValue()));
        }
        return new Lengths(mean(before), mean(now), statistic, pValue);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static Vocabulary vocabulary(Vocabularies both, TokenTable before, TokenTable now, NewWords newWords) {
        double oovBaseline = before.heldButNotKept();
        double jsBaseline =
                Vocabularies.of(before, Part.KEPT, before, Part.HELD).distance();
        return new Vocabulary(
                both.distance(),
                jsBaseline,
                Vocabularies.of(before, Part.KEPT, now, Part.HELD).distance() - jsBaseline,
                newWords.share(),
                oovBaseline,
                newWords.shareOfPart() - oovBaseline,
                before.distinct(),
                before.complete(),
                shifts(
                        both,
                        before,
                        now,
                        word -> now.count(word.hash(), Part.ALL) >= LEAST_COUNT && word.now() >= 2 * word.before()),
                shifts(
                        both,
                        before,
                        now,
                        word -> before.count(word.hash(), Part.ALL) >= LEAST_COUNT && word.before() >= 2 * word.now()));
    }

    private static List<WordShift> shifts(Vocabularies both, TokenTable before, TokenTable now, Predicate<Word> which) {
        return both.byMove().stream()
                .filter(which)
                .limit(Vocabulary.LISTED)
                .map(word -> new WordShift(spelled(word, before, now), word.before(), word.now()))
                .toList();
    }

    private static String spelled(Word word, TokenTable before, TokenTable now) {
        return before.word(word.hash()).or(() -> now.word(word.hash())).orElse("a word found once");
    }

    /** Each of the classifier's columns by that of its words whose share moved most. */
    private static List<String> bucketNames(Vocabularies both, TokenTable before, TokenTable now) {
        List<String> names = new ArrayList<>(TextSide.BUCKET_NAMES);
        boolean[] named = new boolean[TextSide.BUCKETS];
        for (Word word : both.byMove()) {
            int bucket = TextSide.bucket(word.hash());
            if (!named[bucket]) {
                named[bucket] = true;
                names.set(bucket, spelled(word, before, now));
            }
        }
        return names;
    }
}
