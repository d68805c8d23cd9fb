package io.mlcicd.serving;

import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.statistic.NearestRank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a serve check.
 *
 * @param protocol what was spoken
 * @param ready whether the service got ready
 * @param readySeconds seconds until it was, or until that was given up
 * @param answers one per request, in order
 * @param failure the first thing that was wrong, in one sentence; empty when nothing was
 * @param log the service's last lines; empty when nothing was wrong
 */
public record ServeReport(
        ServingProtocol protocol,
        boolean ready,
        double readySeconds,
        List<ServeAnswer> answers,
        Optional<String> failure,
        List<String> log) {

    /** Gate and metric: 1 when the service got ready in time, else 0. */
    public static final String READY = "serve.ready";

    /** Gate and metric: share of requests that were answered rightly, 0 to 1. */
    public static final String ANSWERS = "serve.answers";

    /**
     * One request and its answer.
     *
     * @param name what was asked
     * @param passed whether it was answered rightly
     * @param status HTTP status; 0 when no answer came
     * @param millis until its last byte
     * @param message what was wrong, or that all was well
     */
    public record ServeAnswer(String name, boolean passed, int status, double millis, String message) {

        static ServeAnswer of(String name, Answer answer, Optional<String> wrong) {
            String message = wrong.orElseGet(() -> "answered " + answer.status() + " as expected");
            return new ServeAnswer(name, wrong.isEmpty(), answer.status(), answer.millis(), message);
        }
    }

    public ServeReport {
        answers = List.copyOf(answers);
        log = withoutRepetition(log);
    }

    /** A server that fails the same way for each caller would fill the log with one sentence. */
    private static List<String> withoutRepetition(List<String> log) {
        List<String> lines = new ArrayList<>();
        for (String line : log) {
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line)) {
                lines.add(line);
            }
        }
        return List.copyOf(lines);
    }

    /** Whether what was packaged may be pushed. */
    public boolean passed() {
        return failure.isEmpty();
    }

    /** The numbers of the check; those of answers are missing when it never came to any. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        long failed = answers.stream().filter(answer -> !answer.passed()).count();
        metrics.put(READY, ready ? 1.0 : 0.0);
        metrics.put("serve.ready.seconds", readySeconds);
        metrics.put("serve.requests", (double) answers.size());
        metrics.put("serve.failed", (double) failed);
        metrics.put(ANSWERS, share(failed));
        double[] millis =
                answers.stream().mapToDouble(ServeAnswer::millis).sorted().toArray();
        if (millis.length > 0) {
            metrics.put("serve.latency.p50", NearestRank.of(millis, 0.5));
            metrics.put("serve.latency.p95", NearestRank.of(millis, 0.95));
        }
        return metrics;
    }

    private double share(long failed) {
        return answers.isEmpty() ? 0 : (answers.size() - failed) / (double) answers.size();
    }

    /** The two gates that every serve check has. */
    public List<GateResult> gates() {
        List<GateResult> gates = new ArrayList<>();
        Map<String, Double> metrics = metrics();
        gates.add(gate(
                READY,
                metrics.get(READY),
                ready ? "the service was ready after %.1f s".formatted(readySeconds) : why()));
        if (ready) {
            long right = answers.stream().filter(ServeAnswer::passed).count();
            String told = passed() ? "%d of %d requests were answered rightly".formatted(right, answers.size()) : why();
            gates.add(gate(ANSWERS, passed() ? 1.0 : metrics.get(ANSWERS), told));
        }
        return List.copyOf(gates);
    }

    private String why() {
        String tail = log.isEmpty() ? "" : "; its log ends: " + String.join(" | ", log);
        return failure.orElse("") + tail;
    }

    private static GateResult gate(String metric, double value, String message) {
        return new GateResult(
                Gate.of(metric, Comparison.MIN, 1),
                Optional.empty(),
                OptionalDouble.of(value),
                OptionalDouble.empty(),
                value >= 1 ? Outcome.PASSED : Outcome.FAILED,
                message);
    }
}
