package io.mlcicd.drift.text;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.mlcicd.drift.multivariate.DomainFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of columns of free text.
 *
 * @param columns each that was compared, in the request's order
 * @param notRun those that were not, with the reason
 */
public record TextFindings(List<TextColumn> columns, List<NotRun> notRun) {

    public TextFindings {
        columns = List.copyOf(columns);
        notRun = List.copyOf(notRun);
    }

    /** A column that was not compared, and why. */
    public record NotRun(String column, String reason) {}

    /**
     * One column of texts.
     *
     * @param name the column's name
     * @param referenceTexts how many texts of the reference were read
     * @param currentTexts how many current texts were read
     * @param characters their lengths in characters
     * @param words their lengths in words
     * @param vocabulary which words they have
     * @param domain how well a classifier tells the sides apart by their words, which stand for the columns among its
     *     drivers
     * @param drifted whether one of the four says so
     * @param message a sentence that says all this to a person
     */
    public record TextColumn(
            String name,
            int referenceTexts,
            int currentTexts,
            Lengths characters,
            Lengths words,
            Vocabulary vocabulary,
            DomainFinding domain,
            boolean drifted,
            String message) {}

    /**
     * Lengths of texts.
     *
     * @param referenceMean mean of the reference
     * @param currentMean mean of the current data
     * @param ks Kolmogorov–Smirnov statistic between the two distributions, 0 to 1
     * @param pValue its two-sided asymptotic p-value, 0 to 1
     */
    public record Lengths(double referenceMean, double currentMean, double ks, double pValue) {}

    /**
     * The words of texts.
     *
     * @param js Jensen–Shannon distance of the words' shares, 0 to 1: of the 2,000 words most frequent on both sides, the
     *     rest as one
     * @param jsBaseline that distance between two parts of the reference, of which the second has as many texts as the
     *     current data, or half of the reference's
     * @param jsChange that distance between the first of these parts and as many current texts as the second one has,
     *     less {@code jsBaseline}; near 0 when the words are those they ever were, -1 to 1
     * @param oov share of the current words that the reference's texts lack, 0 to 1
     * @param oovBaseline share of the second part's words that the first part lacks, 0 to 1
     * @param oovChange share of the current words that the first part lacks, less {@code oovBaseline}; near 0 when words
     *     are as new as they ever were, -1 to 1
     * @param referenceWords how many different words the reference has
     * @param complete whether all of them could be told apart; else {@code oov} is too great
     * @param came words whose share at least doubled, what moved most first, at most {@value #LISTED}
     * @param went words whose share at least halved, likewise
     */
    public record Vocabulary(
            double js,
            double jsBaseline,
            double jsChange,
            double oov,
            double oovBaseline,
            double oovChange,
            int referenceWords,
            boolean complete,
            List<WordShift> came,
            List<WordShift> went) {

        static final int LISTED = 10;

        public Vocabulary {
            came = List.copyOf(came);
            went = List.copyOf(went);
        }
    }

    /**
     * A word that came or went.
     *
     * @param reference its share of the reference's words, 0 to 1
     * @param current its share of the current words, 0 to 1
     */
    public record WordShift(String word, double reference, double current) {}

    /**
     * What gates can name, of each column: {@code <column>.lengthKs}, {@code <column>.lengthKs.pValue}, {@code
     * <column>.vocabularyJs}, {@code <column>.vocabularyJsChange}, {@code <column>.oov}, {@code <column>.oovChange}, {@code
     * <column>.domainAuc}, {@code <column>.domainAuc.lower95}.
     */
    @JsonIgnore
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (TextColumn column : columns) {
            String name = column.name();
            metrics.put(name + ".lengthKs", column.characters().ks());
            metrics.put(name + ".lengthKs.pValue", column.characters().pValue());
            metrics.put(name + ".vocabularyJs", column.vocabulary().js());
            metrics.put(name + ".vocabularyJsChange", column.vocabulary().jsChange());
            metrics.put(name + ".oov", column.vocabulary().oov());
            metrics.put(name + ".oovChange", column.vocabulary().oovChange());
            metrics.put(name + ".domainAuc", column.domain().auc());
            metrics.put(name + ".domainAuc.lower95", column.domain().lower95());
        }
        return metrics;
    }
}
