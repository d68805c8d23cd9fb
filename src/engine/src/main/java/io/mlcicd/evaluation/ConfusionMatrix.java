package io.mlcicd.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Counts of rows by true and predicted class, and the metrics that follow from them. All are defined as in scikit-learn
 * 1.x with {@code zero_division=0}: a ratio whose divisor is 0 is 0.
 */
final class ConfusionMatrix {

    private final List<String> classes;
    private final long[][] counts;

    /**
     * @param classes the classes, in the order of both indices
     * @param counts by true class, then predicted class
     */
    ConfusionMatrix(List<String> classes, long[][] counts) {
        this.classes = classes;
        this.counts = counts;
    }

    List<String> classes() {
        return classes;
    }

    long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    long total() {
        long total = 0;
        for (int i = 0; i < classes.size(); i++) {
            total += support(i);
        }
        return total;
    }

    /** Number of rows whose true class this is. */
    long support(int i) {
        long sum = 0;
        for (long count : counts[i]) {
            sum += count;
        }
        return sum;
    }

    /** Number of rows predicted to be of this class. */
    long predicted(int j) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[j];
        }
        return sum;
    }

    double precision(int i) {
        return share(counts[i][i], predicted(i));
    }

    double recall(int i) {
        return share(counts[i][i], support(i));
    }

    /** The harmonic mean of precision and recall. */
    double f1(int i) {
        return ratio(2.0 * counts[i][i], (double) support(i) + predicted(i));
    }

    /** The share of rows of other classes that were not taken for this one. */
    double specificity(int i) {
        double others = (double) total() - support(i);
        double wronglyTaken = (double) predicted(i) - counts[i][i];
        return ratio(others - wronglyTaken, others);
    }

    double accuracy() {
        long right = 0;
        for (int i = 0; i < classes.size(); i++) {
            right += counts[i][i];
        }
        return share(right, total());
    }

    /** The mean recall of the classes that occur. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < classes.size(); i++) {
            if (support(i) > 0) {
                sum += recall(i);
                present++;
            }
        }
        return ratio(sum, present);
    }

    /**
     * Matthews correlation coefficient for any number of classes, -1 to 1 (Gorodkin, Computational Biology and Chemistry
     * 28, 2004); 0 when either side is constant.
     */
    double mcc() {
        double total = total();
        double right = 0;
        double product = 0;
        double actualSquares = 0;
        double predictedSquares = 0;
        for (int i = 0; i < classes.size(); i++) {
            right += counts[i][i];
            product += (double) support(i) * predicted(i);
            actualSquares += (double) support(i) * support(i);
            predictedSquares += (double) predicted(i) * predicted(i);
        }
        double divisor = Math.sqrt((total * total - actualSquares) * (total * total - predictedSquares));
        return divisor == 0 ? 0 : (right * total - product) / divisor;
    }

    /** Whether Cohen's kappa is defined: chance alone must not already agree on every row. */
    boolean hasKappa() {
        return chance() < 1;
    }

    /** Cohen's kappa, -1 to 1 (Cohen, Educational and Psychological Measurement 20, 1960). */
    double kappa() {
        double chance = chance();
        return (accuracy() - chance) / (1 - chance);
    }

    private double chance() {
        double total = total();
        double sum = 0;
        for (int i = 0; i < classes.size(); i++) {
            sum += support(i) / total * (predicted(i) / total);
        }
        return sum;
    }

    /** Metrics of two classes, one of which is positive. */
    Map<String, Double> binary(int positive) {
        Map<String, Double> metrics = common();
        metrics.put("precision", precision(positive));
        metrics.put("recall", recall(positive));
        metrics.put("specificity", specificity(positive));
        metrics.put("f1", f1(positive));
        return metrics;
    }

    /** Metrics of many classes: each by itself, their mean (macro), and their mean by support (weighted). */
    Map<String, Double> multiclass() {
        Map<String, Double> metrics = common();
        average(metrics, "precision", this::precision);
        average(metrics, "recall", this::recall);
        average(metrics, "f1", this::f1);
        return metrics;
    }

    private Map<String, Double> common() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy());
        metrics.put("balancedAccuracy", balancedAccuracy());
        metrics.put("mcc", mcc());
        if (hasKappa()) {
            metrics.put("cohenKappa", kappa());
        }
        return metrics;
    }

    private void average(Map<String, Double> metrics, String name, IntToDoubleFunction ofClass) {
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < classes.size(); i++) {
            double value = ofClass.applyAsDouble(i);
            sum += value;
            weighted += value * support(i);
        }
        metrics.put(name + ".macro", sum / classes.size());
        metrics.put(name + ".weighted", ratio(weighted, (double) total()));
        for (int i = 0; i < classes.size(); i++) {
            metrics.put(name + "." + classes.get(i), ofClass.applyAsDouble(i));
        }
    }

    private static double share(long part, long whole) {
        return ratio((double) part, (double) whole);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
