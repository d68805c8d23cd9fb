package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Metrics of a task with two classes, one of which is positive: of the decisions, and where there is a score also of its
 * ranking, of its probabilities and of other thresholds. Definitions are those of scikit-learn 1.9 with {@code
 * zero_division=0}; sources stand with the tallies.
 */
public final class BinaryMetrics implements TaskMetrics {

    private static final double HALF = 0.5;

    private final MetricOptions options;
    private final boolean probabilities;

    /**
     * Metrics of two classes.
     *
     * @param probabilities whether every score is within 0 and 1, so that it can be judged as a probability
     */
    public BinaryMetrics(MetricOptions options, boolean probabilities) {
        this.options = options;
        this.probabilities = probabilities;
    }

    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        if (!isScored(columns)) {
            return List.of(MetricFamily.ofCodes(
                    List.of(columns.actual(), columns.predictedValue()), total -> new BinaryTally(options)));
        }
        MetricFamily ranked = MetricFamily.ranked(
                List.of(columns.score(), columns.actual(), predicted(columns)),
                total -> new RankedTally(options, probabilities, total));
        return List.of(probabilities ? ranked.orSummed(ProbabilitySums.of(columns)) : ranked);
    }

    private static boolean isScored(JudgedColumns columns) {
        return columns.scored().contains(1);
    }

    /** A number with an exponent is a double in SQL, one without it a decimal that may be rounded differently. */
    private String predicted(JudgedColumns columns) {
        if (columns.predicted()) {
            return columns.predictedValue();
        }
        String threshold = Double.toString(options.threshold().orElse(HALF));
        String literal = threshold.contains("E") ? threshold : threshold + "E0";
        return "CASE WHEN " + columns.score() + " >= " + literal + " THEN 1 ELSE 0 END";
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof BinaryTally decided) {
                decisions(columns, decided.outcomes(), findings);
            } else if (tally instanceof RankedTally ranked) {
                decisions(columns, ranked.outcomes(), findings);
                scores(columns, ranked, findings);
            }
        }
    }

    private static void decisions(JudgedColumns columns, BinaryOutcomes outcomes, Findings findings) {
        List<String> classes = columns.classes();
        findings.positive(classes.get(1));
        findings.confusion(new Confusion(
                classes,
                List.of(
                        List.of(outcomes.trueNegatives(), outcomes.falsePositives()),
                        List.of(outcomes.falseNegatives(), outcomes.truePositives()))));
        findings.classes(List.of(ofClass(classes.get(0), outcomes.ofOtherClass()), ofClass(classes.get(1), outcomes)));
        if (outcomes.total() > 0 && !outcomes.hasKappa()) {
            findings.note("cohenKappa is not defined, for all rows are of one class and predicted so");
        }
    }

    private static ClassMetrics ofClass(String name, BinaryOutcomes outcomes) {
        return new ClassMetrics(
                name,
                outcomes.positives(),
                outcomes.precision(),
                outcomes.recall(),
                outcomes.f(1),
                OptionalDouble.of(outcomes.specificity()));
    }

    private void scores(JudgedColumns columns, RankedTally ranked, Findings findings) {
        if (ranked instanceof PicturedTally pictured) {
            pictured.curves().forEach(findings::curve);
            findings.thresholds(ThresholdTable.of(
                    pictured,
                    columns.predicted()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(options.threshold().orElse(HALF))));
        }
        if (ranked.isProbability()) {
            findings.calibration(ranked.losses().reliability().bins());
        }
        notes(columns.classes(), ranked).forEach(findings::note);
    }

    private static List<String> notes(List<String> classes, RankedTally ranked) {
        List<String> notes = new ArrayList<>();
        BinaryOutcomes outcomes = ranked.outcomes();
        if (outcomes.total() == 0) {
            return notes;
        }
        if (outcomes.positives() == 0) {
            notes.add(
                    "rocAuc and ks need rows of both classes, prAuc, prAucTrapezoidal and liftTop10 a positive one, but"
                            + " no row is of the class " + classes.get(1));
        } else if (outcomes.negatives() == 0) {
            notes.add("rocAuc and ks need rows of both classes, but no row is of the class " + classes.get(0));
        }
        if (!ranked.isProbability()) {
            notes.add("logLoss, brier and ece need probabilities, but the scores go from " + ranked.least() + " to "
                    + ranked.greatest());
        }
        return notes;
    }
}
