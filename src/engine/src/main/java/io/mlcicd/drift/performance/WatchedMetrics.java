package io.mlcicd.drift.performance;

import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.Collection;
import java.util.List;

/** Which metrics are watched. */
final class WatchedMetrics {

    private WatchedMetrics() {}

    /** The metrics that were named, else the task's main ones of those that there are. */
    static List<String> of(PerformanceRequest request, Collection<String> measured) {
        for (String name : request.metrics()) {
            if (!measured.contains(name)) {
                throw new InvalidInputException("the performance watch is to watch '%s'%s, but a %s task has: %s"
                        .formatted(
                                name,
                                Spelling.hint(name, List.copyOf(measured)),
                                request.task().key(),
                                String.join(", ", measured)));
            }
        }
        return request.metrics().isEmpty()
                ? main(request.task()).stream().filter(measured::contains).toList()
                : request.metrics();
    }

    private static List<String> main(Task task) {
        return switch (task) {
            case BINARY -> List.of("accuracy", "precision", "recall", "f1", "rocAuc");
            case MULTICLASS -> List.of("accuracy", "balancedAccuracy", "f1.macro", "rocAuc.ovr");
            case MULTILABEL -> List.of("f1.macro", "subsetAccuracy", "hammingLoss");
            case REGRESSION -> List.of("mae", "rmse", "bias");
            case QUANTILE -> List.of("pinball", "calibrationError");
            case RANKING -> List.of("ndcg@10", "map", "mrr");
        };
    }
}
