package io.mlcicd.data;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the finite values of a column spread. Numbers are in the column's own unit; dates and timestamps are seconds since
 * 1970-01-01T00:00Z.
 *
 * @param count number of finite values, at least 1; every figure below is about these
 * @param notFinite number of values that are NaN or infinite, which no figure below contains
 * @param min the smallest
 * @param max the greatest
 * @param mean arithmetic mean
 * @param standardDeviation of the sample (divisor n - 1); empty for a single value
 * @param quantiles quantiles by linear interpolation (type 7 of Hyndman and Fan, The American Statistician 50, 1996),
 *     by rising level from 0 to 1
 * @param equalFrequency histogram whose edges are quantiles at equal steps, for comparing distributions
 * @param equalWidth histogram whose edges are equally far apart, for drawing
 */
public record Distribution(
        long count,
        long notFinite,
        double min,
        double max,
        double mean,
        OptionalDouble standardDeviation,
        List<Quantile> quantiles,
        Histogram equalFrequency,
        Histogram equalWidth) {

    /** A share of the values (0 to 1) and the value that share does not exceed. */
    public record Quantile(double level, double value) {}

    public Distribution {
        quantiles = List.copyOf(quantiles);
    }

    /** The quantile at one of the levels that are kept; empty for any other level. */
    public OptionalDouble quantile(double level) {
        return quantiles.stream()
                .filter(quantile -> quantile.level() == level)
                .mapToDouble(Quantile::value)
                .findFirst();
    }
}
