package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Spelling;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * MLflow's validation thresholds: metric name to the arguments of {@code mlflow.models.MetricThreshold}. A minimum change is
 * how much better than the baseline, here the champion, a metric must be.
 */
final class MlflowThresholds {

    private static final Set<String> BOUNDS = Set.of("threshold", "min_absolute_change", "min_relative_change");
    private static final List<String> KEYS =
            List.of("threshold", "min_absolute_change", "min_relative_change", "greater_is_better", "higher_is_better");

    private final YamlDocument document;
    private final MetricNames names;
    private final List<Gate> gates = new ArrayList<>();

    private MlflowThresholds(YamlDocument document, MetricNames names) {
        this.document = document;
        this.names = names;
    }

    static boolean recognizes(JsonNode content) {
        return content.isObject()
                && content.valueStream().anyMatch(value -> KEYS.stream().anyMatch(value::has));
    }

    static List<Gate> read(YamlDocument document, MetricNames names) {
        MlflowThresholds reading = new MlflowThresholds(document, names);
        document.content().properties().forEach(entry -> reading.metric(entry.getKey(), entry.getValue()));
        return List.copyOf(reading.gates);
    }

    private void metric(String name, JsonNode threshold) {
        String at = "/" + name.replace("~", "~0").replace("/", "~1");
        if (name.isBlank() || !threshold.isObject()) {
            throw document.error(at, "must be an object with a threshold and greater_is_better");
        }
        for (Map.Entry<String, JsonNode> entry : threshold.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw document.error(
                        at + "/" + entry.getKey(),
                        "is no key of a threshold%s; there are: %s"
                                .formatted(Spelling.hint(entry.getKey(), KEYS), String.join(", ", KEYS)));
            }
        }
        boolean greater = greaterIsBetter(at, threshold);
        String metric = MlflowNames.ours(name, names)
                .orElseThrow(() -> document.error(
                        at, "MLflow's " + name + " is not computed here; put the threshold on another metric"));
        int before = gates.size();
        number(at, threshold, "threshold")
                .ifPresent(bound -> gates.add(Gate.of(metric, greater ? Comparison.MIN : Comparison.MAX, bound)));
        number(at, threshold, "min_absolute_change").ifPresent(least -> {
            require(
                    least > 0,
                    at + "/min_absolute_change",
                    "must be above 0; it is how much better the metric must be");
            gates.add(
                    Gate.of(metric, greater ? Comparison.MIN_CHANGE : Comparison.MAX_CHANGE, greater ? least : -least));
        });
        number(at, threshold, "min_relative_change").ifPresent(least -> {
            require(least >= 0 && least <= 1, at + "/min_relative_change", "must be from 0 to 1; 0.05 is 5 %");
            gates.add(Gate.of(
                    metric,
                    greater ? Comparison.MIN_RELATIVE_CHANGE : Comparison.MAX_RELATIVE_CHANGE,
                    greater || least == 0 ? least : -least));
        });
        require(gates.size() > before, at, "has no threshold; give one of: " + String.join(", ", sorted(BOUNDS)));
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private boolean greaterIsBetter(String at, JsonNode threshold) {
        boolean hasBoth = threshold.has("greater_is_better") && threshold.has("higher_is_better");
        require(!hasBoth, at + "/higher_is_better", "is the old name of greater_is_better; leave it out");
        String key = threshold.has("higher_is_better") ? "higher_is_better" : "greater_is_better";
        JsonNode value = threshold.path(key);
        require(
                !value.isMissingNode(),
                at,
                "does not say whether more is better: add greater_is_better, true or false");
        require(value.isBoolean(), at + "/" + key, "must be true or false");
        return value.booleanValue();
    }

    private Optional<Double> number(String at, JsonNode threshold, String key) {
        JsonNode value = threshold.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        require(
                value.isNumber() && Double.isFinite(value.doubleValue()),
                at + "/" + key,
                "must be a finite number, not " + value);
        return Optional.of(value.doubleValue());
    }

    private void require(boolean holds, String pointer, String otherwise) {
        if (!holds) {
            throw document.error(pointer, otherwise);
        }
    }
}
