package io.mlcicd.evaluation.metric;

import java.util.List;
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
 * @param tally makes an empty tally for rows of that total weight
 */
public record MetricFamily(
        List<String> expressions,
        List<Integer> order,
        OptionalInt stratum,
        OptionalInt unit,
        DoubleFunction<Tally> tally) {

    public MetricFamily {
        expressions = List.copyOf(expressions);
        order = List.copyOf(order);
    }

    /** A family whose rows may come in any order, each for itself. */
    public static MetricFamily unordered(List<String> expressions, DoubleFunction<Tally> tally) {
        return new MetricFamily(expressions, List.of(), OptionalInt.empty(), OptionalInt.empty(), tally);
    }

    /** A family whose rows come in falling order of the first expression; the second one is the stratum. */
    public static MetricFamily ranked(List<String> expressions, DoubleFunction<Tally> tally) {
        return new MetricFamily(expressions, List.of(0), OptionalInt.of(1), OptionalInt.empty(), tally);
    }
}
