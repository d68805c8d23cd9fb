package io.jenkins.plugins.mlcicd.lineage;

import io.jenkins.plugins.mlcicd.result.MainMetrics;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LogEntry;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How one model of one job stands.
 *
 * @param job the job
 * @param model the model's name
 * @param build number of the newest build that did something with it
 * @param verdict what that build's stages say together
 * @param at when its newest stage began, whenever the log was told of it
 * @param metric its main metric, of the newest evaluation
 * @param serving what serves, by environment; the empty name without environments
 * @param drift the newest drift check
 */
public record ModelState(
        KnownJob job,
        String model,
        int build,
        Verdict verdict,
        Instant at,
        Optional<Metric> metric,
        SortedMap<String, Serving> serving,
        Optional<Drift> drift) {

    public ModelState {
        serving = Collections.unmodifiableSortedMap(new TreeMap<>(serving));
    }

    /** The most telling metric of an evaluation. */
    public record Metric(String name, double value) {}

    /**
     * What serves in an environment.
     *
     * @param deployment the node of the lineage
     * @param release the release's id
     * @param digest of the model
     * @param since when it was switched to
     * @param approvedBy who approved it
     * @param build number of the build that released it
     */
    public record Serving(
            Digest deployment,
            String release,
            Optional<Digest> digest,
            Instant since,
            Optional<String> approvedBy,
            int build) {}

    /**
     * A drift check.
     *
     * @param node the node of the lineage
     * @param share of columns that drifted, 0 to 1
     * @param retrain whether it calls for a new model
     * @param build number of the build
     */
    public record Drift(Digest node, Verdict verdict, OptionalDouble share, boolean retrain, int build) {}

    /** Nothing is known of it yet. */
    static ModelState none(KnownJob job, String model) {
        return new ModelState(
                job, model, 0, Verdict.PASSED, Instant.EPOCH, Optional.empty(), new TreeMap<>(), Optional.empty());
    }

    /** How it stands after a stage of a build. */
    ModelState after(LogEntry entry, int number) {
        Verdict said = Verdict.valueOf(entry.verdict());
        ModelState seen = number < build
                ? this
                : new ModelState(
                        job,
                        model,
                        number,
                        number == build ? verdict.and(said) : said,
                        entry.started().orElse(entry.at()),
                        metric,
                        serving,
                        drift);
        return switch (entry.event()) {
            case "evaluate" -> seen.with(metric(entry));
            case "deploy", "promote", "rollback" -> said == Verdict.PASSED ? seen.serving(entry, number) : seen;
            case "drift" -> seen.with(entry, said, number);
            default -> seen;
        };
    }

    private ModelState with(Optional<Metric> measured) {
        return new ModelState(job, model, build, verdict, at, measured.or(() -> metric), serving, drift);
    }

    private ModelState serving(LogEntry entry, int number) {
        SortedMap<String, Serving> now = new TreeMap<>(serving);
        node(entry, NodeKind.DEPLOYMENT)
                .ifPresent(node -> now.put(
                        node.facts().getOrDefault("environment", ""),
                        new Serving(
                                node.id(),
                                node.facts().getOrDefault("release", ""),
                                node(entry, NodeKind.MODEL)
                                        .map(found -> found.facts().get("digest"))
                                        .map(Digest::new),
                                instant(node.facts().get("at"))
                                        .orElseGet(() -> entry.started().orElse(entry.at())),
                                Optional.ofNullable(node.facts().get("approvedBy")),
                                number)));
        return new ModelState(job, model, build, verdict, at, metric, now, drift);
    }

    private ModelState with(LogEntry entry, Verdict said, int number) {
        boolean retrain = entry.nodes().stream()
                .anyMatch(node -> node.kind() == NodeKind.RETRAINING
                        && "true".equals(node.facts().get("recommended")));
        Optional<Drift> checked = node(entry, NodeKind.DRIFT)
                .map(node -> new Drift(node.id(), said, number(node, "drift.share"), retrain, number));
        return new ModelState(job, model, build, verdict, at, metric, serving, checked.or(() -> drift));
    }

    private static Optional<Node> node(LogEntry entry, NodeKind kind) {
        return entry.nodes().stream().filter(node -> node.kind() == kind).findFirst();
    }

    private static Optional<Metric> metric(LogEntry entry) {
        return node(entry, NodeKind.EVALUATION)
                .flatMap(node -> Stream.of(MainMetrics.QUALITY, MainMetrics.ERROR, MainMetrics.LOSS)
                        .flatMap(chart -> chart.metrics().stream())
                        .filter(name -> number(node, name).isPresent())
                        .findFirst()
                        .map(name -> new Metric(name, number(node, name).getAsDouble())));
    }

    private static OptionalDouble number(Node node, String metric) {
        String text = node.facts().get("metric " + metric);
        try {
            return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The environment that users of the model meet: one that is called production, or the only, or the newest one. */
    public Optional<String> production() {
        return serving.keySet().stream()
                .filter(name -> name.startsWith("prod"))
                .findFirst()
                .or(() -> serving.entrySet().stream()
                        .max(Comparator.comparing(each -> each.getValue().since()))
                        .map(each -> each.getKey()));
    }
}
