package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.evaluation.imports.TfmaMetric.Meaning;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Thresholds of TensorFlow Model Analysis' {@code EvalConfig}. A threshold without slices of its own holds on every slice of
 * the configuration, as it does there.
 */
final class TfmaThresholds {

    private static final List<String> SPEC_FIELDS = List.of(
            "metrics",
            "model_names",
            "output_names",
            "output_weights",
            "binarize",
            "aggregate",
            "query_key",
            "thresholds",
            "per_slice_thresholds",
            "cross_slice_thresholds");

    private static final List<String> METRIC_FIELDS =
            List.of("class_name", "module", "config", "threshold", "per_slice_thresholds", "cross_slice_thresholds");

    private final Message config;
    private final MetricNames names;
    private final Set<Gate> gates = new LinkedHashSet<>();

    private TfmaThresholds(Message config, MetricNames names) {
        this.config = config;
        this.names = names;
    }

    static boolean recognizes(JsonNode content) {
        return content.has("metrics_specs")
                || content.has("metricsSpecs")
                || content.has("eval_config")
                || content.has("evalConfig");
    }

    static List<Gate> read(YamlDocument document, MetricNames names) {
        Message root = Message.of(document);
        TfmaThresholds reading = new TfmaThresholds(root.one("eval_config").orElse(root), names);
        reading.config.all("metrics_specs").forEach(reading::spec);
        return List.copyOf(reading.gates);
    }

    private void spec(Message spec) {
        spec.requireFields(SPEC_FIELDS);
        List<Message> metrics = spec.all("metrics");
        metrics.forEach(metric -> metric.requireFields(METRIC_FIELDS));
        boolean decides = spec.has("thresholds")
                || spec.has("per_slice_thresholds")
                || metrics.stream().anyMatch(metric -> metric.has("threshold") || metric.has("per_slice_thresholds"));
        refuseCrossSlices(spec);
        metrics.forEach(TfmaThresholds::refuseCrossSlices);
        if (!decides) {
            return;
        }
        refuseSeveral(spec);
        TfmaMetric metric = new TfmaMetric(spec, names);
        spec.map("thresholds").forEach((name, threshold) -> everywhere(metric.named(name, threshold), threshold));
        spec.map("per_slice_thresholds").forEach((name, perSlice) -> {
            perSlice.requireFields(List.of("thresholds"));
            onSlices(metric.named(name, perSlice), perSlice.all("thresholds"));
        });
        for (Message one : metrics) {
            if (one.has("threshold")) {
                everywhere(metric.configured(one), one.one("threshold").orElseThrow());
            }
            if (one.has("per_slice_thresholds")) {
                onSlices(metric.configured(one), one.all("per_slice_thresholds"));
            }
        }
    }

    private static void refuseCrossSlices(Message owner) {
        owner.one("cross_slice_thresholds").ifPresent(thresholds -> {
            throw thresholds.error("no gate compares slices with one another; put gates on 'fairness' metrics instead");
        });
    }

    private void refuseSeveral(Message spec) {
        spec.one("output_names").ifPresent(output -> {
            throw output.error("a gate cannot choose one of several outputs; evaluate each output by itself");
        });
        spec.one("binarize").filter(options -> !options.node().isEmpty()).ifPresent(options -> {
            throw options.error("a gate names a class by its label, not by its number; write gates on metrics such as"
                    + " precision.<class>");
        });
        List<String> baselines = config.all("model_specs").stream()
                .filter(model -> model.one("is_baseline")
                        .filter(flag -> flag.node().asBoolean())
                        .isPresent())
                .flatMap(model -> model.text("name").stream())
                .toList();
        List<Message> others = spec.all("model_names").stream()
                .filter(name -> !baselines.contains(name.node().asText()))
                .toList();
        if (others.size() > 1) {
            throw others.get(1).error("a gate cannot choose one of several models; evaluate each model by itself");
        }
    }

    private void everywhere(List<Meaning> metrics, Message threshold) {
        List<Message> specs = config.all("slicing_specs");
        if (specs.isEmpty()) {
            add(metrics, threshold, Optional.empty());
        }
        specs.forEach(slices -> add(metrics, threshold, slice(slices)));
    }

    private void onSlices(List<Meaning> metrics, List<Message> thresholds) {
        for (Message threshold : thresholds) {
            threshold.requireFields(List.of("slicing_specs", "threshold"));
            Message limits = threshold.one("threshold").orElseThrow(() -> threshold.error("has no threshold"));
            List<Message> specs = threshold.all("slicing_specs");
            if (specs.isEmpty()) {
                throw threshold.error("has no slicing_specs; an empty one, slicing_specs {}, stands for all rows");
            }
            specs.forEach(slices -> add(metrics, limits, slice(slices)));
        }
    }

    /** What our slices by the same columns are called; empty for all rows. */
    private static Optional<String> slice(Message spec) {
        spec.requireFields(List.of("feature_keys", "feature_values", "slice_keys_sql"));
        for (Map.Entry<String, Message> value : spec.map("feature_values").entrySet()) {
            throw value.getValue()
                    .error("a gate on slices holds on every value of '%1$s', not on one; use feature_keys: \"%1$s\""
                            .formatted(value.getKey()));
        }
        spec.one("slice_keys_sql").ifPresent(sql -> {
            throw sql.error("slices in SQL cannot be carried over; write them under 'slices'");
        });
        List<String> columns = spec.all("feature_keys").stream()
                .map(key -> key.node().asText())
                .toList();
        return columns.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", columns));
    }

    private void add(List<Meaning> metrics, Message threshold, Optional<String> slice) {
        threshold.requireFields(List.of("value_threshold", "change_threshold"));
        List<Gate> found = new ArrayList<>();
        for (Meaning metric : metrics) {
            threshold.one("value_threshold").ifPresent(bounds -> {
                bounds.requireFields(List.of("lower_bound", "upper_bound"));
                bounds.number("lower_bound")
                        .ifPresent(bound -> found.add(gate(metric, Comparison.MIN, bound * metric.unit(), slice)));
                bounds.number("upper_bound")
                        .ifPresent(bound -> found.add(gate(metric, Comparison.MAX, bound * metric.unit(), slice)));
            });
            threshold.one("change_threshold").ifPresent(change -> {
                change.requireFields(List.of("absolute", "relative", "direction"));
                boolean higher = higherIsBetter(change);
                change.number("absolute")
                        .ifPresent(bound -> found.add(gate(
                                metric,
                                higher ? Comparison.MIN_CHANGE : Comparison.MAX_CHANGE,
                                bound * metric.unit(),
                                slice)));
                change.number("relative")
                        .ifPresent(bound -> found.add(gate(
                                metric,
                                higher ? Comparison.MIN_RELATIVE_CHANGE : Comparison.MAX_RELATIVE_CHANGE,
                                bound,
                                slice)));
            });
        }
        if (found.isEmpty()) {
            throw threshold.error("sets no bound; give lower_bound, upper_bound, absolute or relative");
        }
        gates.addAll(found);
    }

    private static Gate gate(Meaning metric, Comparison comparison, double threshold, Optional<String> slice) {
        return new Gate(metric.name(), comparison, threshold, Criticality.FAILURE, slice);
    }

    private static boolean higherIsBetter(Message change) {
        String direction = change.text("direction").orElse("UNKNOWN");
        return switch (direction) {
            case "HIGHER_IS_BETTER", "2" -> true;
            case "LOWER_IS_BETTER", "1" -> false;
            default ->
                throw change.one("direction")
                        .orElse(change)
                        .error("must have the direction HIGHER_IS_BETTER or LOWER_IS_BETTER, not " + direction);
        };
    }
}
