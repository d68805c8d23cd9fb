package io.mlcicd.evaluation.metric;

import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * Metrics of predictions of any number of labels that may hold together, each a question of yes or no, defined as in
 * scikit-learn 1.9 with {@code zero_division=0}; sources stand with the tallies.
 *
 * <p>From predictions: {@code subsetAccuracy}, {@code hammingLoss}, {@code jaccard.samples}, {@code accuracy.<label>}, and
 * {@code precision}, {@code recall}, {@code specificity}, {@code f1} and {@code f<beta>}, each {@code .macro}, {@code
 * .micro}, {@code .weighted} and {@code .<label>}, the first two and {@code f1} also {@code .samples}. From scores: {@code
 * rocAuc.<label>} and {@code prAuc.<label>}, both also {@code .macro}; when all labels have one, {@code coverageError},
 * {@code lrap} and {@code rankingLoss}, and {@code logLoss} of probabilities.
 *
 * <p>Without predictions, a label is predicted where its score is at least the threshold.
 */
public final class MultilabelMetrics implements TaskMetrics {

    private static final double HALF = 0.5;

    private final MetricOptions options;
    private final boolean probabilities;

    /**
     * Metrics of all predictions of a task.
     *
     * @param probabilities whether all scores are from 0 to 1
     */
    public MultilabelMetrics(MetricOptions options, boolean probabilities) {
        this.options = options;
        this.probabilities = probabilities;
    }

    /**
     * The families that measure that side's predictions.
     *
     * @throws InvalidInputException if a label has neither predictions nor scores
     */
    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        List<MetricFamily> families = new ArrayList<>();
        families.add(ofSets(columns));
        if (allScored(columns)) {
            int labels = columns.classes().size();
            families.add(MetricFamily.unordered(
                            byLabel(columns, columns::score), weight -> new LabelRankingTally(labels, probabilities))
                    .orSummed(LabelRankingSums.of(columns, probabilities)));
        }
        for (int index : columns.scored()) {
            RankedClass subject = RankedClass.ofLabel(columns.classes().get(index));
            families.add(MetricFamily.ranked(
                    List.of(columns.score(index), columns.actual(index)),
                    weight -> new OneVersusRestTally(subject, weight)));
        }
        return families;
    }

    private MetricFamily ofSets(JudgedColumns columns) {
        if (!columns.predicted()) {
            requireScores(columns);
        }
        double threshold = options.threshold().orElse(HALF);
        // Predictions are 1 or 0, of which a half is as good a threshold as any.
        LabelSetTally.Scheme ofCodes = scheme(columns, HALF);
        if (columns.predicted()) {
            return LabelSetSums.beside(
                    MetricFamily.ofCodes(byLabel(columns, columns::predicted), weight -> new LabelSetTally(ofCodes)),
                    columns,
                    columns::predicted);
        }
        LabelSetTally.Scheme ofScores = scheme(columns, threshold);
        // A number with an exponent is a double in SQL, one without it a decimal that may be rounded differently.
        String literal = Double.toString(threshold).contains("E") ? "" + threshold : threshold + "E0";
        IntFunction<String> decided =
                label -> "CASE WHEN " + columns.score(label) + " >= " + literal + " THEN 1 ELSE 0 END";
        return MetricFamily.unordered(byLabel(columns, columns::score), weight -> new LabelSetTally(ofScores))
                .orCondensed(LabelSetSums.beside(
                        MetricFamily.ofCodes(byLabel(columns, decided), weight -> new LabelSetTally(ofCodes)),
                        columns,
                        decided));
    }

    private LabelSetTally.Scheme scheme(JudgedColumns columns, double threshold) {
        return new LabelSetTally.Scheme(
                columns.classes(),
                ClassRatio.accuracy(columns.classes()),
                ClassRatio.of(columns.classes(), options.betas()),
                threshold);
    }

    private static void requireScores(JudgedColumns columns) {
        for (int i = 0; i < columns.classes().size(); i++) {
            if (!columns.scored().contains(i)) {
                throw new InvalidInputException(
                        "the label '%s' has neither a prediction nor a score; name a column for one of them"
                                .formatted(columns.classes().get(i)));
            }
        }
    }

    private static boolean allScored(JudgedColumns columns) {
        return columns.scored().size() == columns.classes().size();
    }

    /** The truth and what is said of it, label by label. */
    private static List<String> byLabel(JudgedColumns columns, IntFunction<String> said) {
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < columns.classes().size(); i++) {
            expressions.add(columns.actual(i));
            expressions.add(said.apply(i));
        }
        return expressions;
    }

    @Override
    public void derive(JudgedColumns columns, Map<String, Double> metrics) {
        List<String> labels =
                columns.scored().stream().map(columns.classes()::get).toList();
        OptionalDouble rocAuc = RankedClass.mean("rocAuc.", labels, metrics);
        OptionalDouble prAuc = RankedClass.mean("prAuc.", labels, metrics);
        rocAuc.ifPresent(mean -> metrics.put("rocAuc.macro", mean));
        prAuc.ifPresent(mean -> metrics.put("prAuc.macro", mean));
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof LabelSetTally sets) {
                sets.describe(findings);
            }
        }
        RankedClass.describe(tallies, "rocAuc.macro", findings);
        if (!columns.scored().isEmpty() && !allScored(columns)) {
            findings.note("coverageError, lrap, rankingLoss and logLoss need a score of every label");
        } else if (!columns.scored().isEmpty() && !probabilities) {
            findings.note("logLoss needs probabilities, but some scores are below 0 or above 1");
        }
    }
}
