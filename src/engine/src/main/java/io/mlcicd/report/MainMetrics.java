package io.mlcicd.report;

import io.mlcicd.operation.Task;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of a task's metrics are told first. */
public final class MainMetrics {

    /** In the order of their weight; a name that ends in a separator stands for all that begin so. */
    private static final Map<Task, List<String>> BY_TASK = byTask();

    private static final List<String> OF_SERVICES = List.of("latency.p95", "errors.share");

    private static final String BASELINE = "baseline.";

    private MainMetrics() {}

    private static Map<Task, List<String>> byTask() {
        Map<Task, List<String>> metrics = new LinkedHashMap<>();
        metrics.put(
                Task.BINARY,
                List.of("accuracy", "rocAuc", "prAuc", "f1", "precision", "recall", "brier", "ece", "cost"));
        metrics.put(
                Task.MULTICLASS, List.of("accuracy", "f1.macro", "balancedAccuracy", "rocAuc.ovr", "mcc", "logLoss"));
        metrics.put(
                Task.MULTILABEL,
                List.of("f1.macro", "subsetAccuracy", "f1.micro", "rocAuc.macro", "hammingLoss", "lrap"));
        metrics.put(Task.REGRESSION, List.of("rmse", "r2", "mae", "medianAbsoluteError", "bias", "mape"));
        metrics.put(Task.QUANTILE, List.of("pinball", "calibrationError", "crps", "intervalCoverage.", "mae"));
        metrics.put(Task.RANKING, List.of("ndcg", "mrr", "map", "ndcg@", "recall@", "hitRate@"));
        return metrics;
    }

    /**
     * The names in the order of their weight; where none is known, as for reported metrics, all in their own order, those
     * of the model that it was compared with ({@code baseline.}, as TFX names it) last.
     *
     * @param names the metrics that there are
     */
    public static List<String> of(Optional<Task> task, Collection<String> names) {
        Set<String> chosen = new LinkedHashSet<>();
        List<String> telling = task.map(BY_TASK::get)
                .orElseGet(() -> BY_TASK.values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
        for (String name : telling) {
            boolean family = name.endsWith("@") || name.endsWith(".");
            names.stream()
                    .filter(each -> family ? each.startsWith(name) : each.equals(name))
                    .forEach(chosen::add);
        }
        if (!chosen.isEmpty()) {
            OF_SERVICES.stream().filter(names::contains).forEach(chosen::add);
        }
        return chosen.isEmpty()
                ? names.stream()
                        .sorted(Comparator.comparing(name -> name.startsWith(BASELINE)))
                        .toList()
                : List.copyOf(chosen);
    }
}
