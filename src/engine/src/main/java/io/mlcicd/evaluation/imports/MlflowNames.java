package io.mlcicd.evaluation.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the metrics that MLflow's own evaluators compute; other names are a team's own metrics and stay. */
final class MlflowNames {

    private static final Map<String, String> SHARED = Map.ofEntries(
            Map.entry("example_count", "rows"),
            Map.entry("accuracy_score", "accuracy"),
            Map.entry("precision_score", "precision"),
            Map.entry("recall_score", "recall"),
            Map.entry("f1_score", "f1"),
            Map.entry("roc_auc", "rocAuc"),
            // MLflow joins the curve's points by straight lines, which average precision does not.
            Map.entry("precision_recall_auc", "prAucTrapezoidal"),
            Map.entry("log_loss", "logLoss"),
            Map.entry("mean_absolute_error", "mae"),
            Map.entry("mean_squared_error", "mse"),
            Map.entry("root_mean_squared_error", "rmse"),
            Map.entry("r2_score", "r2"),
            Map.entry("max_error", "maxError"),
            Map.entry("mean_absolute_percentage_error", "mape"),
            Map.entry("score", "accuracy"));

    /** MLflow averages these over the classes, weighted by their rows. */
    private static final Map<String, String> OF_CLASSES = Map.of(
            "precision_score", "precision.weighted",
            "recall_score", "recall.weighted",
            "f1_score", "f1.weighted",
            "roc_auc", "rocAuc.ovr.weighted");

    private static final Set<String> NOT_COMPUTED = Set.of(
            "true_negatives",
            "false_positives",
            "false_negatives",
            "true_positives",
            "sum_on_target",
            "mean_on_target");

    private static final Pattern AT_K = Pattern.compile("(ndcg|precision|recall)_at_([0-9]+)");

    private MlflowNames() {}

    /** Our name; empty for a metric that is known and not computed here. */
    static Optional<String> ours(String name, MetricNames names) {
        if (names.asWritten()) {
            return Optional.of(name);
        }
        if (NOT_COMPUTED.contains(name)) {
            return Optional.empty();
        }
        Map<String, String> known = new HashMap<>(SHARED);
        if (names.isMulticlass()) {
            known.putAll(OF_CLASSES);
        }
        if (names.isRegression()) {
            known.put("score", "r2");
        }
        Matcher atK = AT_K.matcher(name);
        return Optional.of(atK.matches() ? atK.group(1) + "@" + atK.group(2) : known.getOrDefault(name, name));
    }
}
