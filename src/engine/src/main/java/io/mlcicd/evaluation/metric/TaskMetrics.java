package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics of one kind of task. */
public interface TaskMetrics {

    /** The families that measure that side's predictions, in the order in which their metrics are told. */
    List<MetricFamily> families(JudgedColumns columns);

    /**
     * Adds metrics that follow from those of several families, such as means over classes.
     *
     * @param metrics metric name to value; metrics may be added
     */
    default void derive(JudgedColumns columns, Map<String, Double> metrics) {}

    /** Metrics of which no confidence interval is told, such as numbers of rows and the greatest error. */
    default Set<String> withoutInterval() {
        return Set.of();
    }

    /**
     * Turns what the tallies of all rows hold into what reports show beside the metrics.
     *
     * @param tallies of the families, in their order
     */
    void describe(JudgedColumns columns, List<Tally> tallies, Findings findings);
}
