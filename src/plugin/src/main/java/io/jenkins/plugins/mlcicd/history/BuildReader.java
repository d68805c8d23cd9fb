package io.jenkins.plugins.mlcicd.history;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.MainMetrics;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.jenkins.plugins.mlcicd.retrain.RetrainCause;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Stage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads a build's documents once, for its entry. A document that was deleted leaves what the build itself remembers. */
final class BuildReader {

    /** A drift check of many columns has some of each; what charts show of themselves is kept in any case. */
    private static final int MOST_METRICS = 200;

    private final Map<String, Measured> metrics = new LinkedHashMap<>();
    private final Map<String, ModelReader> models = new LinkedHashMap<>();
    private final List<ReleaseEntry> releases = new ArrayList<>();

    private BuildReader() {}

    /** The entry of a build that is to be known by that stamp. */
    static BuildEntry read(Run<?, ?> run, String stamp) {
        ModelBuildAction action = run.getAction(ModelBuildAction.class);
        if (action == null) {
            return BuildEntry.without(run.getNumber(), stamp);
        }
        List<StageSummary> summaries = action.getResults();
        BuildReader reader = new BuildReader();
        for (StageSummary summary : summaries) {
            reader.remember(summary);
            action.tree(summary).ifPresent(reader::add);
        }
        RetrainCause cause = run.getCause(RetrainCause.class);
        boolean deployed = action.newest(Stage.DEPLOY)
                .filter(deployment -> deployment.getVerdict().equals(Verdict.PASSED.name()))
                .isPresent();
        return new BuildEntry(
                run.getNumber(),
                stamp,
                true,
                run.getDisplayName(),
                Instant.ofEpochMilli(run.getStartTimeInMillis()),
                Verdict.valueOf(action.getVerdict()),
                Optional.ofNullable(cause).map(RetrainCause::getShortDescription),
                deployed,
                summaries.stream()
                        .mapToInt(summary -> Math.max(
                                summary.getComparedColumns(),
                                summary.getColumns().size()))
                        .max()
                        .orElse(0),
                reader.metrics,
                reader.models.values().stream().map(ModelReader::version).toList(),
                reader.releases);
    }

    private void remember(StageSummary summary) {
        summary.getMetrics()
                .forEach((name, value) -> metrics.put(
                        name, new Measured(value, limit(summary.getLower(), name), limit(summary.getUpper(), name))));
    }

    private static OptionalDouble limit(Map<String, Double> limits, String name) {
        Double limit = limits.get(name);
        return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }

    private void add(JsonNode document) {
        JsonNode intervals = document.at("/details/intervals");
        document.path("metrics").fields().forEachRemaining(metric -> {
            String name = metric.getKey();
            boolean wanted = metrics.size() < MOST_METRICS || MainMetrics.any(name);
            if (wanted && metric.getValue().isNumber()) {
                JsonNode limits = intervals.path(name);
                metrics.put(
                        name,
                        new Measured(
                                metric.getValue().asDouble(),
                                number(limits.path("lower")),
                                number(limits.path("upper"))));
            }
        });
        String model = document.at("/model/name").asText();
        if (!model.isEmpty()) {
            models.computeIfAbsent(model, ModelReader::new).add(document);
            release(model, document).ifPresent(releases::add);
        }
    }

    private static OptionalDouble number(JsonNode value) {
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    /** A rollout that was given up changed nothing. */
    private static Optional<ReleaseEntry> release(String model, JsonNode document) {
        JsonNode details = document.path("details");
        JsonNode deployment = document.at("/lineage/deployment");
        boolean batch = details.path("target").asText().equals("batch");
        String release = deployment.path("release").asText();
        boolean well = batch
                ? details.path("published").asBoolean()
                : details.path("serving").asText().equals(release);
        if (!document.path("stage").asText().equals(Stage.DEPLOY.key()) || release.isEmpty() || !well) {
            return Optional.empty();
        }
        return instant(deployment.path("at").asText())
                .map(at -> new ReleaseEntry(
                        model,
                        text(document.at("/lineage/model/digest")),
                        text(document.at("/lineage/image/digest")),
                        deployment.path("name").asText(),
                        text(deployment.path("environment")),
                        deployment.path("target").asText(),
                        release,
                        text(deployment.path("url")),
                        at,
                        text(deployment.path("approvedBy")),
                        batch,
                        batch || details.path("switched").asBoolean(true)));
    }

    static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
