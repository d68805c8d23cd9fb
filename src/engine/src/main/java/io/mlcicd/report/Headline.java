package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Computed;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What came out of one stage, in one short phrase: for a terminal's line, a page's heading, a badge. */
public final class Headline {

    private static final int TELLING = 2;

    private Headline() {}

    /** The phrase, without a full stop. */
    public static String of(Result<JsonNode> result) {
        return phrase(result) + elsewhere(result);
    }

    /** Who reads a verdict shall see when it was not this process that computed it. */
    private static String elsewhere(Result<JsonNode> result) {
        return result.computed()
                .filter(computed -> !computed.where().equals(Computed.THIS_PROCESS))
                .map(computed -> ", on " + computed.engine())
                .orElse("");
    }

    private static String phrase(Result<JsonNode> result) {
        return switch (result.stage()) {
            case VALIDATE -> validation(result);
            case PROFILE -> profile(result);
            case TRAIN -> training(result);
            case EVALUATE -> evaluation(result) + gates(result);
            case PACKAGE -> packaging(result) + gates(result);
            case DEPLOY -> deployment(result);
            case DRIFT -> drift(result) + gates(result);
            case RUN -> Numbers.count(result.details().path("stages").size(), "stage");
        };
    }

    private static String training(Result<JsonNode> result) {
        String run = result.details().path("pipeline").asText();
        return run.isEmpty() ? "the training command ended well" : "the pipeline ended well, run " + run;
    }

    private static String validation(Result<JsonNode> result) {
        long all = checks(result).count();
        long skipped = checks(result).filter(outcome(Outcome.SKIPPED)).count();
        long failed = checks(result).filter(outcome(Outcome.FAILED)).count();
        String asked = Numbers.count(all - skipped, "check");
        return rows(result)
                + ": "
                + (failed == 0 ? asked + ", all held" : failed + " of " + asked + " failed")
                + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }

    private static Stream<JsonNode> checks(Result<JsonNode> result) {
        return Stream.concat(
                        stream(result.details().path("data")),
                        stream(result.details().path("results")))
                .flatMap(set -> stream(set.path("checks")));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Predicate<JsonNode> outcome(Outcome outcome) {
        return check -> check.path("outcome").asText().equals(outcome.name());
    }

    private static String profile(Result<JsonNode> result) {
        return rows(result);
    }

    private static String rows(Result<JsonNode> result) {
        List<String> sets = new ArrayList<>();
        result.details()
                .path("data")
                .forEach(set -> sets.add(set.path("name").asText() + " "
                        + Numbers.count(set.path("rows").asLong(), "row")));
        result.details()
                .path("results")
                .forEach(found -> sets.add(found.path("name").asText() + " by "
                        + found.path("tool").asText()));
        return String.join(", ", sets);
    }

    private static String evaluation(Result<JsonNode> result) {
        Map<String, Double> metrics = result.metrics();
        List<String> parts = new ArrayList<>();
        double rows = metrics.getOrDefault("rows", 0.0);
        parts.add(rows > 0 ? Numbers.count((long) rows, "row") : "reported");
        List<String> names =
                metrics.keySet().stream().filter(name -> !name.equals("rows")).toList();
        MainMetrics.of(result.model().flatMap(Model::task), names).stream()
                .limit(TELLING)
                .forEach(name -> parts.add(name + " " + value(result, name)));
        return String.join(", ", parts);
    }

    private static String value(Result<JsonNode> result, String metric) {
        JsonNode limits = result.details().path("intervals").path(metric);
        Optional<MetricInterval> interval = limits.isObject()
                ? Optional.of(new MetricInterval(
                        limits.path("lower").asDouble(), limits.path("upper").asDouble(), ""))
                : Optional.empty();
        return JudgedMetric.alone(metric, result.metrics().get(metric), interval)
                .text();
    }

    private static String packaging(Result<JsonNode> result) {
        String reference = result.lineage()
                .image()
                .map(image -> image.reference() + " " + image.digest().abbreviated())
                .orElse("an image");
        List<String> parts = new ArrayList<>(List.of(reference));
        parts.add(bytes(result, "image.bytes") + " in " + Numbers.count(whole(result, "image.layers"), "layer"));
        JsonNode along = result.details().path("supplyChain");
        long components = along.path("components").asLong();
        if (components > 0) {
            parts.add("SBOM of " + Numbers.count(components, "component"));
        }
        if (along.path("signed").isTextual()) {
            parts.add("signed");
        }
        if (result.details().path("pushed").isTextual()) {
            parts.add(
                    result.metrics().containsKey("push.bytes")
                            ? "pushed (%s sent, %d of %s reused)"
                                    .formatted(
                                            bytes(result, "push.bytes"),
                                            whole(result, "push.layers.reused"),
                                            Numbers.count(whole(result, "image.layers"), "layer"))
                            : "pushed");
        }
        return String.join(", ", parts);
    }

    private static String bytes(Result<JsonNode> result, String metric) {
        return Numbers.bytes(whole(result, metric));
    }

    private static long whole(Result<JsonNode> result, String metric) {
        return result.metrics().getOrDefault(metric, 0.0).longValue();
    }

    private static String deployment(Result<JsonNode> result) {
        JsonNode details = result.details();
        if (details.path("target").asText().equals("batch")) {
            return details.path("published").asBoolean()
                    ? "batch of " + Numbers.count(details.path("rows").asLong(), "row") + " in "
                            + details.path("output").asText()
                    : "batch not published: " + details.path("reason").asText();
        }
        String release = "release " + details.path("release").asText();
        boolean serves =
                details.path("serving").asText().equals(details.path("release").asText());
        // Two releases of one build are told apart by where they went.
        String environment = details.path("environment").asText("");
        String where = environment.isEmpty() ? "" : " in " + environment;
        return serves
                ? release + " serves" + where + " at " + details.path("url").asText()
                : release + " rolled back" + where + ": "
                        + details.path("reason").asText();
    }

    private static String drift(Result<JsonNode> result) {
        long drifted = result.metrics().getOrDefault("drift.columns", 0.0).longValue();
        long compared = result.metrics().getOrDefault("drift.compared", 0.0).longValue();
        List<String> parts = new ArrayList<>();
        parts.add(share(drifted, compared, "column"));
        other(result.details().at("/texts/columns"), "text").ifPresent(parts::add);
        other(result.details().at("/embeddings/embeddings"), "embedding").ifPresent(parts::add);
        return String.join(", ", parts) + " drifted";
    }

    private static Optional<String> other(JsonNode findings, String noun) {
        long drifted = StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> finding.path("drifted").asBoolean())
                .count();
        return findings.isEmpty() ? Optional.empty() : Optional.of(share(drifted, findings.size(), noun));
    }

    private static String share(long drifted, long compared, String noun) {
        return (drifted == 0 ? "none" : String.valueOf(drifted)) + " of " + Numbers.count(compared, noun);
    }

    private static String gates(Result<JsonNode> result) {
        long failed = failed(result);
        if (result.gates().isEmpty()) {
            return ", no gates";
        }
        String all = Numbers.count(result.gates().size(), "gate");
        return failed == 0 ? "" : "; " + failed + " of " + all + " failed";
    }

    private static long failed(Result<JsonNode> result) {
        return result.gates().stream()
                .map(GateResult::outcome)
                .filter(Outcome.FAILED::equals)
                .count();
    }
}
