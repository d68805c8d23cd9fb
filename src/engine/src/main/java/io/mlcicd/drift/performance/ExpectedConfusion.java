package io.mlcicd.drift.performance;

import io.mlcicd.statistic.NormalError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The expected confusion matrix of rows whose classes are known by their probabilities alone, and the metrics that follow
 * from it as from a counted one, with a ratio of nothing counted as 0. A mean over classes is over those that occur, so each
 * counts by the probability that it does among so many rows. Their sampling error is that of a multinomial sample
 * by the delta method (A. Agresti, Categorical Data Analysis, section 16.1).
 */
final class ExpectedConfusion {

    private static final double STEP = 1e-7;

    /** Slopes cost the fourth power of the number of classes. */
    private static final int MOST_WITH_INTERVAL = 40;

    private final int classes;
    private final boolean binary;
    private final double[][] cells;

    /** The logarithm of the probability that no row is of a class. */
    private final double[] absent;

    private final boolean[] said;
    private double weights;
    private double squaredWeights;

    /** An empty one; of two classes with the positive one last, when binary. */
    ExpectedConfusion(int classes, boolean binary) {
        this.classes = classes;
        this.binary = binary;
        this.cells = new double[classes][classes];
        this.absent = new double[classes];
        this.said = new boolean[classes];
    }

    /**
     * Adds a row.
     *
     * @param probabilities of each class, summing to 1
     * @param predicted the predicted class's index
     */
    void add(double[] probabilities, int predicted, double weight) {
        for (int i = 0; i < classes; i++) {
            cells[i][predicted] += weight * probabilities[i];
            absent[i] += Math.log1p(-Math.min(1, probabilities[i]));
        }
        said[predicted] = true;
        weights += weight;
        squaredWeights += weight * weight;
    }

    /**
     * Adds rows of one predicted class at once.
     *
     * @param expected of each class the sum of its probabilities, each times the row's weight
     * @param logarithms of each class the sum of the logarithms of its not being a row's: minus infinity where it surely is
     * @param weight the sum of the weights
     * @param squaredWeight the sum of the squared weights
     */
    void addSums(double[] expected, double[] logarithms, int predicted, double weight, double squaredWeight) {
        for (int i = 0; i < classes; i++) {
            cells[i][predicted] += expected[i];
            absent[i] += logarithms[i];
        }
        said[predicted] = true;
        weights += weight;
        squaredWeights += squaredWeight;
    }

    /** The metrics, as far as there are rows; of more than 40 classes without intervals. */
    Map<String, EstimatedValue> metrics(double confidence) {
        Map<String, EstimatedValue> estimates = new LinkedHashMap<>();
        if (!(weights > 0)) {
            return estimates;
        }
        double[][] shares = new double[classes][classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                shares[i][j] = cells[i][j] / weights;
            }
        }
        Map<String, Double> values = values(shares);
        if (classes > MOST_WITH_INTERVAL) {
            values.forEach((name, value) -> estimates.put(name, new EstimatedValue(value, Optional.empty())));
            return estimates;
        }
        Map<String, double[]> moments = new LinkedHashMap<>();
        values.keySet().forEach(name -> moments.put(name, new double[2]));
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double share = shares[i][j];
                if (share == 0) {
                    continue;
                }
                shares[i][j] = share + STEP;
                values(shares).forEach((name, value) -> {
                    double slope = (value - values.get(name)) / STEP;
                    moments.get(name)[0] += share * slope;
                    moments.get(name)[1] += share * slope * slope;
                });
                shares[i][j] = share;
            }
        }
        double size = weights * weights / squaredWeights;
        values.forEach((name, value) -> {
            double[] moment = moments.get(name);
            double error = Math.sqrt(Math.max(0, moment[1] - moment[0] * moment[0]) / size);
            estimates.put(
                    name,
                    new EstimatedValue(
                            value,
                            Optional.of(NormalError.ofMean(value, error, 0, 1).interval(confidence))));
        });
        return estimates;
    }

    private Map<String, Double> values(double[][] of) {
        double total = 0;
        double right = 0;
        double[] actual = new double[classes];
        double[] predicted = new double[classes];
        for (int i = 0; i < classes; i++) {
            right += of[i][i];
            for (int j = 0; j < classes; j++) {
                total += of[i][j];
                actual[i] += of[i][j];
                predicted[j] += of[i][j];
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("accuracy", right / total);
        if (binary) {
            values.put("precision", ratio(of[1][1], predicted[1]));
            values.put("recall", ratio(of[1][1], actual[1]));
            values.put("specificity", ratio(of[0][0], actual[0]));
            values.put("f1", ratio(2 * of[1][1], actual[1] + predicted[1]));
            return values;
        }
        double balanced = 0;
        double precision = 0;
        double recall = 0;
        double specificity = 0;
        double f1 = 0;
        double occurring = 0;
        double counted = 0;
        for (int i = 0; i < classes; i++) {
            double occurs = -Math.expm1(absent[i]);
            double counts = said[i] ? 1 : occurs;
            balanced += occurs * ratio(of[i][i], actual[i]);
            precision += counts * ratio(of[i][i], predicted[i]);
            recall += counts * ratio(of[i][i], actual[i]);
            specificity += counts * ratio(total - actual[i] - predicted[i] + of[i][i], total - actual[i]);
            f1 += counts * ratio(2 * of[i][i], actual[i] + predicted[i]);
            occurring += occurs;
            counted += counts;
        }
        values.put("balancedAccuracy", ratio(balanced, occurring));
        values.put("precision.macro", precision / counted);
        values.put("recall.macro", recall / counted);
        values.put("specificity.macro", specificity / counted);
        values.put("f1.macro", f1 / counted);
        return values;
    }

    private static double ratio(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }
}
