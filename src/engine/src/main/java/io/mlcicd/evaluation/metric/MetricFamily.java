package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;

/**
 * Metrics that are computed together in one pass over the rows.
 *
 * @param expressions what a row holds: SQL expressions of numbers over the columns of {@link JudgedColumns}
 * @param order how rows come, as indices of expressions: the first in falling order, then the next; empty for any order
 * @param stratum the expression whose values are each sampled enough when there are too many rows to resample all, such
 *     as the label of a rare class
 * @param unit the expression whose equal values belong together and are resampled together, such as a query; rows of one
 *     unit come one after the other
 * @param ofCodes whether the expressions are codes alone, so that many rows are equal
 * @param condensed the same metrics from other expressions, of which more rows are equal; empty for these
 * @param summed how the metrics come from sums, or those of a ranked family that do not hang on ranks; empty where none does
 * @param tally makes an empty tally for rows of that total weight
 */
public record MetricFamily(
        List<String> expressions,
        List<Integer> order,
        OptionalInt stratum,
        OptionalInt unit,
        boolean ofCodes,
        Optional<MetricFamily> condensed,
        Optional<SummedFamily> summed,
        DoubleFunction<Tally> tally) {

    public MetricFamily {
        expressions = List.copyOf(expressions);
        order = List.copyOf(order);
    }

    /** A family whose rows may come in any order, each for itself. */
    public static MetricFamily unordered(List<String> expressions, DoubleFunction<Tally> tally) {
        return new MetricFamily(
                expressions,
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                tally);
    }

    /** A family of codes alone, whose rows may come in any order. */
    public static MetricFamily ofCodes(List<String> expressions, DoubleFunction<Tally> tally) {
        return new MetricFamily(
                expressions,
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                tally);
    }

    /** A family whose rows come in falling order of the first expression, a score; the others are codes. */
    static MetricFamily ranked(List<String> expressions, OptionalInt stratum, DoubleFunction<Tally> tally) {
        return new MetricFamily(
                expressions,
                List.of(0),
                stratum,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                tally);
    }

    /** A family whose rows come in falling order of the first expression; the second one is the stratum. */
    public static MetricFamily ranked(List<String> expressions, DoubleFunction<Tally> tally) {
        return ranked(expressions, OptionalInt.of(1), tally);
    }

    /** A family of units, whose rows come in falling order of the unit and then of the second expression. */
    static MetricFamily ofUnits(List<String> expressions, DoubleFunction<Tally> tally) {
        return new MetricFamily(
                expressions,
                List.of(0, 1),
                OptionalInt.empty(),
                OptionalInt.of(0),
                false,
                Optional.empty(),
                Optional.empty(),
                tally);
    }

    /** This, with the same metrics from other expressions, of which more rows are equal. */
    MetricFamily orCondensed(MetricFamily other) {
        return new MetricFamily(expressions, order, stratum, unit, ofCodes, Optional.of(other), summed, tally);
    }

    /** This, with the way from sums to the same metrics. */
    MetricFamily orSummed(SummedFamily sums) {
        return new MetricFamily(expressions, order, stratum, unit, ofCodes, condensed, Optional.of(sums), tally);
    }

    /** Whether rows are ranked by their first expression, and the others are codes. */
    public boolean isRanked() {
        return order.equals(List.of(0)) && unit.isEmpty();
    }
}
