package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities come true as often as they say, in ten bins of equal width; an inner edge belongs to the bin below
 * it, as in scikit-learn's {@code calibration_curve}.
 */
final class Reliability {

    private static final int BINS = 10;

    private final double[] weights = new double[BINS];
    private final double[] probabilities = new double[BINS];
    private final double[] hits = new double[BINS];
    private double total;

    /**
     * Adds what was held to be true with that probability.
     *
     * @param probability 0 to 1
     * @param hit the weight of what was true, and {@code miss} of what was not
     */
    void add(double probability, double hit, double miss) {
        int bin = Math.min((int) (probability * BINS), BINS - 1);
        // The product and not the quotient: as numpy's linspace has it, 0.30000000000000004 is an edge.
        if (bin > 0 && probability <= bin * 0.1) {
            bin--;
        }
        weights[bin] += hit + miss;
        probabilities[bin] += probability * (hit + miss);
        hits[bin] += hit;
        total += hit + miss;
    }

    /** The index of a probability's bin, in SQL. */
    static String bin(String probability) {
        String bin = "LEAST(%d, CAST(FLOOR(%s * %d) AS INTEGER))".formatted(BINS - 1, probability, BINS);
        return "CASE WHEN %1$s > 0 AND %2$s <= %1$s * %3$s THEN %1$s - 1 ELSE %1$s END"
                .formatted(bin, probability, ErrorSums.literal(0.1));
    }

    /** Adds what is in one bin, by its index and the sum of probabilities times weights. */
    void addSums(int bin, double hit, double miss, double sum) {
        weights[bin] += hit + miss;
        probabilities[bin] += sum;
        hits[bin] += hit;
        total += hit + miss;
    }

    /**
     * The expected calibration error, 0 to 1: the mean over the bins, weighted by their rows, of the difference of mean
     * probability and share of hits (M. Naeini, G. Cooper, M. Hauskrecht, AAAI 2015; of the most probable class, C. Guo et
     * al., ICML 2017).
     */
    double calibrationError() {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(hits[i] - probabilities[i]);
        }
        return sum / total;
    }

    /** The bins that have rows, in rising order. */
    List<CalibrationBin> bins() {
        List<CalibrationBin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (weights[i] > 0) {
                bins.add(new CalibrationBin(weights[i], probabilities[i] / weights[i], hits[i] / weights[i]));
            }
        }
        return bins;
    }
}
