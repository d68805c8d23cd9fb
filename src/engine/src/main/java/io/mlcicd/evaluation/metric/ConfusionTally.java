package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.statistic.Transformed;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.Wilson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What follows from true and predicted classes alone. Means go over the classes that occur in the rows, as label or as
 * prediction; definitions are those of scikit-learn 1.9 with {@code zero_division=0}.
 */
final class ConfusionTally implements Tally {

    /** A matrix of more classes is no picture, and its memory would grow with their square. */
    private static final int MOST_DRAWN = 200;

    private final Scheme scheme;
    private final ClassCounts counts;
    private final Optional<double[][]> cells;
    private final Optional<OrdinalAgreement> ordinal;
    private double right;

    /** Reads the predicted class's code from a row whose first value is the true one's. */
    interface PredictedClass {
        int of(double[] row);
    }

    /**
     * What all resamples of a bootstrap share.
     *
     * @param ranks of the classes, when they are ordered
     */
    record Scheme(List<String> classes, List<ClassRatio> ratios, Optional<int[]> ranks, PredictedClass prediction) {}

    ConfusionTally(Scheme scheme) {
        this(scheme, Optional.empty());
    }

    private ConfusionTally(Scheme scheme, Optional<double[][]> cells) {
        this.scheme = scheme;
        this.cells = cells;
        this.counts = new ClassCounts(scheme.classes().size(), false);
        this.ordinal = scheme.ranks().map(OrdinalAgreement::ofRanks);
    }

    @Override
    public Tally withPictures() {
        int classes = scheme.classes().size();
        return classes <= MOST_DRAWN ? new ConfusionTally(scheme, Optional.of(new double[classes][classes])) : this;
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        int actual = (int) row[0];
        int predicted = scheme.prediction().of(row);
        counts.row(weight, squares);
        if (actual == predicted) {
            right += weight;
            counts.outcome(actual, true, true, weight, squares);
        } else {
            counts.outcome(actual, true, false, weight, squares);
            counts.outcome(predicted, false, true, weight, squares);
        }
        if (cells.isPresent()) {
            cells.get()[actual][predicted] += weight;
        }
        if (ordinal.isPresent()) {
            ordinal.get().add(actual, predicted, weight);
        }
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        if (!(counts.total() > 0)) {
            return;
        }
        metrics.put("accuracy", accuracy());
        metrics.put("balancedAccuracy", balancedAccuracy());
        agreement(metrics);
        ordinal.ifPresent(agreement -> agreement.metrics(counts, metrics));
        for (ClassRatio ratio : scheme.ratios()) {
            ratio.means(counts, metrics);
            ratio.ofClasses(counts, metrics);
        }
    }

    private double accuracy() {
        return ClassCounts.share(right, counts.total());
    }

    /** The mean recall of the classes that are true somewhere, as {@code balanced_accuracy_score}. */
    private double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < counts.classes(); i++) {
            if (counts.support(i) > 0) {
                sum += ClassCounts.share(counts.right(i), counts.support(i));
                present++;
            }
        }
        return sum / present;
    }

    /**
     * Matthews correlation coefficient, 0 when either side is constant (J. Gorodkin, Computational Biology and Chemistry
     * 28, 2004; {@code matthews_corrcoef}), and Cohen's kappa (J. Cohen, Educational and Psychological Measurement 20,
     * 1960; {@code cohen_kappa_score}), left out when chance alone agrees on every row.
     */
    private void agreement(Map<String, Double> metrics) {
        double total = counts.total();
        double product = 0;
        double expectedErrors = 0;
        double actualSpread = 0;
        double predictedSpread = 0;
        for (int i = 0; i < counts.classes(); i++) {
            double support = counts.support(i);
            double predicted = counts.predicted(i);
            product += support * predicted;
            expectedErrors += support * (total - predicted);
            actualSpread += support * (total - support);
            predictedSpread += predicted * (total - predicted);
        }
        double spread = Math.sqrt(actualSpread) * Math.sqrt(predictedSpread);
        metrics.put("mcc", spread > 0 ? (right * total - product) / spread : 0);
        if (expectedErrors > 0) {
            metrics.put("cohenKappa", 1 - (total - right) * total / expectedErrors);
        }
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        if (!(counts.total() > 0)) {
            return;
        }
        Wilson accuracy = new Wilson(accuracy(), counts.size());
        uncertainties.put("accuracy", accuracy);
        int others = new ClassTable(scheme.classes(), counts).included().length - 1;
        for (ClassRatio ratio : scheme.ratios()) {
            // Every row has one true and one predicted class, so that the counts of all classes together are those of
            // accuracy; an error is one wrong answer to as many questions "is it not this one?" as there are others.
            if (!ratio.name().equals("specificity")) {
                uncertainties.put(ratio.name() + ".micro", accuracy);
            } else if (others > 0) {
                uncertainties.put("specificity.micro", new Transformed(accuracy, share -> 1 - (1 - share) / others));
            }
            ratio.uncertainties(counts, uncertainties);
        }
    }

    void describe(Findings findings) {
        ClassTable table = new ClassTable(scheme.classes(), counts);
        int[] included = table.included();
        cells.ifPresent(matrix -> findings.confusion(confusion(matrix, included)));
        if (scheme.classes().size() > MOST_DRAWN) {
            findings.note("the confusion matrix is not shown, as there are more than %d classes".formatted(MOST_DRAWN));
        }
        table.describe(findings);
        if (included.length == 1) {
            findings.note("cohenKappa is left out, as all labels and predictions are of one class");
        }
    }

    private Confusion confusion(double[][] matrix, int[] included) {
        return new Confusion(
                IntStream.of(included).mapToObj(scheme.classes()::get).toList(),
                IntStream.of(included)
                        .mapToObj(i -> IntStream.of(included)
                                .mapToObj(j -> matrix[i][j])
                                .toList())
                        .toList());
    }
}
