package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.evaluation.imports.TfmaNames.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the metrics of one {@code MetricsSpec} are here. */
final class TfmaMetric {

    private final Message spec;
    private final MetricNames names;
    private final Optional<String> average;

    TfmaMetric(Message spec, MetricNames names) {
        this.spec = spec;
        this.names = names;
        this.average = spec.one("aggregate").flatMap(TfmaMetric::average);
    }

    /**
     * A metric of ours.
     *
     * @param unit what a value of the other tool is multiplied with, as when it counts percents
     */
    record Meaning(String name, double unit) {}

    /** The metric of that name: one that the spec configures, else one that the model brings. */
    List<Meaning> named(String name, Message threshold) {
        for (Message metric : spec.all("metrics")) {
            if (nameOf(metric, settings(metric)).equals(name)) {
                return configured(metric);
            }
        }
        return names.asWritten() ? asWritten(name) : meaning(TfmaNames.ofName(name), name, Map.of(), threshold);
    }

    /** The metric that is configured there. */
    List<Meaning> configured(Message metric) {
        Map<String, JsonNode> settings = settings(metric);
        if (names.asWritten()) {
            return asWritten(nameOf(metric, settings));
        }
        return meaning(TfmaNames.ofClass(className(metric)), nameOf(metric, settings), settings, metric);
    }

    private static List<Meaning> asWritten(String name) {
        return List.of(new Meaning(name, 1));
    }

    private static String className(Message metric) {
        return metric.text("class_name").orElseThrow(() -> metric.error("has no class_name"));
    }

    private static String nameOf(Message metric, Map<String, JsonNode> settings) {
        return settings.containsKey("name") ? settings.get("name").asText() : TfmaNames.snakeCase(className(metric));
    }

    private static Map<String, JsonNode> settings(Message metric) {
        String text = metric.text("config").orElse("").strip();
        try {
            JsonNode config = Json.mapper().readTree(text.startsWith("{") ? text : "{" + text + "}");
            Map<String, JsonNode> settings = new LinkedHashMap<>();
            config.properties().stream()
                    .filter(setting -> !setting.getValue().isNull())
                    .forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
            return settings;
        } catch (JsonProcessingException e) {
            throw metric.one("config").orElse(metric).error("is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private List<Meaning> meaning(Optional<Kind> known, String name, Map<String, JsonNode> settings, Message at) {
        if (known.isEmpty()) {
            // A team's own metric, which is one of ours when it is written under 'custom'.
            return asWritten(name);
        }
        Kind kind = known.get();
        if (kind.ours().isEmpty()) {
            throw at.error("the metric '%s' is not computed here; put the threshold on another metric".formatted(name));
        }
        TfmaSettings meaning = new TfmaSettings(kind, average.orElse(""));
        settings.forEach((key, value) -> {
            if (!meaning.take(key, value)) {
                throw at.error(
                        "the metric '%s' with the setting %s: %s is not computed here; put the threshold on another"
                                        .formatted(name, key, value)
                                + " metric");
            }
        });
        List<Meaning> meanings = meaning.metrics(names.isMulticlass());
        if (meanings.isEmpty()) {
            throw at.error("the metric '%s' %s is not computed here; put the threshold on another metric"
                    .formatted(
                            name, average.map(kindOf -> "averaged as " + kindOf).orElse("without an average")));
        }
        return meanings;
    }

    private static Optional<String> average(Message options) {
        options.requireFields(
                List.of("micro_average", "macro_average", "weighted_macro_average", "class_weights", "top_k_list"));
        options.one("top_k_list").ifPresent(list -> {
            throw list.error("averages over the best classes alone are not computed here");
        });
        long weights = options.map("class_weights").values().stream()
                .map(weight -> weight.node().asDouble())
                .distinct()
                .count();
        if (weights > 1) {
            throw options.one("class_weights")
                    .orElse(options)
                    .error("averages over classes of different weights are not computed here");
        }
        Map<String, String> averages =
                Map.of("micro_average", "micro", "macro_average", "macro", "weighted_macro_average", "weighted");
        return averages.entrySet().stream()
                .filter(entry -> options.one(entry.getKey())
                        .filter(flag -> flag.node().asBoolean())
                        .isPresent())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
