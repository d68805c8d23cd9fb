package io.mlcicd.evaluation.imports;

import io.mlcicd.operation.Task;
import java.util.Optional;

/**
 * What metrics of other tools are called here.
 *
 * @param asWritten whether they keep their names, as when the metrics themselves come from the tool
 * @param task the kind of prediction, as some names mean different things for each
 */
public record MetricNames(boolean asWritten, Optional<Task> task) {

    /** Their own names. */
    public static final MetricNames AS_WRITTEN = new MetricNames(true, Optional.empty());

    /** Our names for the metrics of such predictions; those of binary ones where the task is not known. */
    public static MetricNames of(Optional<Task> task) {
        return new MetricNames(false, task);
    }

    /** Our name of a metric in MLflow; empty for one that is known and not computed here. */
    public Optional<String> ofMlflow(String name) {
        return MlflowNames.ours(name, this);
    }

    boolean isMulticlass() {
        return task.filter(known -> known == Task.MULTICLASS).isPresent();
    }

    boolean isRegression() {
        return task.filter(known -> known == Task.REGRESSION).isPresent();
    }
}
