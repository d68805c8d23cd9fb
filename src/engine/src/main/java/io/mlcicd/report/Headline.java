package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
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
        return switch (result.stage()) {
            case VALIDATE -> validation(result);
            case PROFILE -> profile(result);
            case TRAIN -> "the training command ended well";
            case EVALUATE -> evaluation(result) + gates(result);
            case PACKAGE -> packaging(result) + gates(result);
            case DEPLOY -> deployment(result);
            case DRIFT -> drift(result) + gates(result);
            case RUN -> Numbers.count(result.details().path("stages").size(), "stage");
        };
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
        return stream(result.details().path("data")).flatMap(set -> stream(set.path("checks")));
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
        return reference + ", "
                + Numbers.bytes(
                        result.metrics().getOrDefault("image.bytes", 0.0).longValue());
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
        return serves
                ? release + " serves at " + details.path("url").asText()
                : release + " rolled back: " + details.path("reason").asText();
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
