package io.mlcicd.evaluation;

import java.util.List;
import java.util.Map;

/** Computes the metrics of one kind of task. */
interface TaskMetrics {

    /**
     * The metrics of every group.
     *
     * @return group key to metric name to finite value; a metric that is not defined for a group is left out
     */
    Map<String, Map<String, Double>> by(Grouping grouping) throws InterruptedException;

    /** Adds what this task alone has to say about all rows. */
    void describe(EvaluationDraft draft) throws InterruptedException;

    /** Why metrics were left out, one sentence each. */
    List<String> notes();
}
