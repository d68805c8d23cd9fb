package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import java.util.Map;

/**
 * Metrics of the rows that were added, in memory that does not grow with their number. The same tally serves all rows, a
 * slice, and each resample of a bootstrap, where a row's weight is multiplied by how often it was drawn.
 */
public interface Tally {

    /**
     * Adds equal rows at once; rows come in the order that their {@link MetricFamily} asks for.
     *
     * @param row the family's expressions, in their order; NaN for NULL. The array is reused by the caller
     * @param weight the sum of the rows' weights, above 0
     * @param squares the sum of their squared weights
     */
    void add(double[] row, double weight, double squares);

    /** Adds a row of that weight, above 0. */
    default void add(double[] row, double weight) {
        add(row, weight, weight * weight);
    }

    /**
     * Puts the metrics of the rows so far; one that is not defined for them is left out.
     *
     * @param metrics metric name to finite value
     */
    void metrics(Map<String, Double> metrics);

    /**
     * Hears of the rows that are added next, which count as of one score: they may be of several ones that are very near.
     *
     * @param least of their scores
     * @param greatest of their scores; equal to the least where they are of one score alone
     * @param weights the weight of the rows of each code; used again by the caller
     */
    default void level(double least, double greatest, double[] weights) {}

    /**
     * Puts by how much metrics may be off at most as a consequence of {@link #level}.
     *
     * @param metrics those of the rows so far
     * @param errors metric name to error, 0 where there is none
     */
    default void errors(Map<String, Double> metrics, Map<String, Double> errors) {}

    /**
     * Puts the uncertainty of those metrics for which it can be calculated; all others are bootstrapped. Only asked of
     * tallies of real rows, never of a resample's.
     */
    default void uncertainties(Map<String, Uncertainty> uncertainties) {}

    /**
     * A tally as empty as this one that also keeps what {@link TaskMetrics#describe} shows. Only asked of the tally of all
     * rows, before its first row: slices and resamples show nothing and need not pay for it.
     */
    default Tally withPictures() {
        return this;
    }
}
