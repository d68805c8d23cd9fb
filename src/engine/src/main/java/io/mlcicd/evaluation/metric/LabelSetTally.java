package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import io.mlcicd.statistic.Wilson;
import java.util.List;
import java.util.Map;

/**
 * What follows from the true and the predicted set of labels of each row. A row is, label by label, 1 or 0 for whether it
 * holds, and a number that predicts it from a threshold on. Definitions are those of scikit-learn 1.9 with {@code
 * zero_division=0}.
 *
 * <p>{@code subsetAccuracy} is the share of rows whose whole set is right ({@code accuracy_score}); {@code hammingLoss} the
 * share of wrong answers of all rows and labels ({@code hamming_loss}); {@code jaccard.samples}, {@code
 * precision.samples}, {@code recall.samples} and {@code f1.samples} the mean over rows of how the two sets agree ({@code
 * average="samples"}).
 */
final class LabelSetTally implements Tally {

    private final Scheme scheme;
    private final ClassCounts counts;
    private final WeightedMean hammingLoss = new WeightedMean();
    private final WeightedMean jaccard = new WeightedMean();
    private final WeightedMean precision = new WeightedMean();
    private final WeightedMean recall = new WeightedMean();
    private final WeightedMean f1 = new WeightedMean();
    private double right;

    /**
     * What all resamples of a bootstrap share.
     *
     * @param accuracy the share of right answers of each label
     * @param ratios precision, recall and so on of each label
     * @param threshold the number from which on a label is predicted
     */
    record Scheme(List<String> labels, ClassRatio accuracy, List<ClassRatio> ratios, double threshold) {}

    LabelSetTally(Scheme scheme) {
        this.scheme = scheme;
        this.counts = new ClassCounts(scheme.labels().size(), true);
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        counts.row(weight, squares);
        int labels = counts.classes();
        int both = 0;
        int held = 0;
        int predicted = 0;
        for (int i = 0; i < labels; i++) {
            boolean isTrue = row[2 * i] == 1;
            boolean isPredicted = row[2 * i + 1] >= scheme.threshold();
            counts.outcome(i, isTrue, isPredicted, weight, squares);
            if (isTrue) {
                held++;
            }
            if (isPredicted) {
                predicted++;
            }
            if (isTrue && isPredicted) {
                both++;
            }
        }
        int wrong = held + predicted - 2 * both;
        if (wrong == 0) {
            right += weight;
        }
        hammingLoss.add((double) wrong / labels, weight, squares);
        jaccard.add(ClassCounts.share(both, held + predicted - both), weight, squares);
        precision.add(ClassCounts.share(both, predicted), weight, squares);
        recall.add(ClassCounts.share(both, held), weight, squares);
        f1.add(ClassCounts.share(2.0 * both, held + predicted), weight, squares);
    }

    /** Adds many rows at once, by what {@link LabelSetSums} sums. */
    void addSums(double[] sums, double weight, double squares) {
        counts.row(weight, squares);
        right += sums[0];
        int at = 1;
        for (WeightedMean mean : List.of(hammingLoss, jaccard, precision, recall, f1)) {
            mean.addSums(weight, squares, sums[at], sums[at + 1]);
            at += 2;
        }
        for (int i = 0; i < counts.classes(); i++) {
            counts.outcomes(i, sums[at], sums[at + 1], sums[at + 2], sums[at + 3], sums[at + 4]);
            at += 5;
        }
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        if (!(counts.total() > 0)) {
            return;
        }
        metrics.put("subsetAccuracy", ClassCounts.share(right, counts.total()));
        metrics.put("hammingLoss", hammingLoss.value());
        metrics.put("jaccard.samples", jaccard.value());
        metrics.put("precision.samples", precision.value());
        metrics.put("recall.samples", recall.value());
        metrics.put("f1.samples", f1.value());
        for (ClassRatio ratio : scheme.ratios()) {
            ratio.means(counts, metrics);
            ratio.ofClasses(counts, metrics);
        }
        scheme.accuracy().ofClasses(counts, metrics);
    }

    /** Answers of one row are not independent, so that micro means, although shares, are left to the bootstrap. */
    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        if (!(counts.total() > 0)) {
            return;
        }
        uncertainties.put("subsetAccuracy", new Wilson(ClassCounts.share(right, counts.total()), counts.size()));
        if (Double.isFinite(hammingLoss.standardError())) {
            uncertainties.put("hammingLoss", hammingLoss.uncertainty(0, 1));
            uncertainties.put("jaccard.samples", jaccard.uncertainty(0, 1));
            uncertainties.put("precision.samples", precision.uncertainty(0, 1));
            uncertainties.put("recall.samples", recall.uncertainty(0, 1));
            uncertainties.put("f1.samples", f1.uncertainty(0, 1));
        }
        scheme.ratios().forEach(ratio -> ratio.uncertainties(counts, uncertainties));
        scheme.accuracy().uncertainties(counts, uncertainties);
    }

    void describe(Findings findings) {
        new ClassTable(scheme.labels(), counts).describe(findings);
    }
}
