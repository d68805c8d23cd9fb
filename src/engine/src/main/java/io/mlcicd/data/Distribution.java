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
 * @param standardDeviation of the sample (divisor n - 1); empty for a single value, or when no double is that great
 * @param quantiles quantiles by linear interpolation (type 7 of Hyndman and Fan, The American Statistician 50, 1996),
 *     by rising level from 0 to 1
 * @param equalFrequency histogram whose edges are quantiles at equal steps, for comparing distributions
 * @param equalWidth histogram whose edges are equally far apart, for drawing
 * @param rankError how far a quantile's rank may be off, as a share of the values (0 to 1), when quantiles come from a
 *     sketch; empty when they are exact. Extremes and the counts of histograms are exact either way
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
        Histogram equalWidth,
        OptionalDouble rankError) {

    /** A share of the values (0 to 1) and the value that share does not exceed. */
    public record Quantile(double level, double value) {}

    public Distribution {
        quantiles = List.copyOf(quantiles);
        rankError = rankError == null ? OptionalDouble.empty() : rankError;
    }

    /**
     * The distribution of the values of both. Counts, extremes, mean and standard deviation are as exact as the parts'
     * (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", Stanford
     * CS-79-773, 1979); quantiles and histograms take the values of a bin to be spread evenly over it.
     */
    Distribution merge(Distribution other) {
        long n = count + other.count;
        double share = (double) other.count / n;
        double difference = other.mean - mean;
        double squares = squares() + other.squares() + difference * difference * share * count;
        double least = Math.min(min, other.min);
        double greatest = Math.max(max, other.max);
        CumulativeCounts values = new CumulativeCounts(List.of(equalFrequency, other.equalFrequency));
        return new Distribution(
                n,
                notFinite + other.notFinite,
                least,
                greatest,
                mean + difference * share,
                finite(Math.sqrt(squares / (n - 1))),
                quantiles.stream()
                        .map(quantile -> new Quantile(quantile.level(), values.quantile(quantile.level())))
                        .toList(),
                values.between(Edges.equalFrequency(values::quantile)),
                values.between(Edges.equalWidth(least, greatest)),
                greater(rankError, other.rankError));
    }

    private static OptionalDouble greater(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(Math.max(one.getAsDouble(), other.getAsDouble()))
                : one.isPresent() ? one : other;
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The sum of squared deviations from the mean. */
    private double squares() {
        double deviation = standardDeviation.orElse(0);
        return deviation * deviation * (count - 1);
    }

    /** The quantile at one of the levels that are kept; empty for any other level. */
    public OptionalDouble quantile(double level) {
        return quantiles.stream()
                .filter(quantile -> quantile.level() == level)
                .mapToDouble(Quantile::value)
                .findFirst();
    }
}
