package io.mlcicd.deployment;

import io.mlcicd.deployment.DeploymentDetails.SmokeResult;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a running release must show before it gets any traffic: that it is ready, answers rightly, and holds the gates. */
final class Trial {

    private static final long LOOK_AGAIN_MILLIS = 50;

    /** Whether the release's process still runs. */
    @FunctionalInterface
    interface Liveness {
        boolean alive() throws InterruptedException;
    }

    private final DeploymentRequest request;
    private final Optional<SmokeFile> requests;
    private final Path log;
    private final Progress progress;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<GateResult> gates = new ArrayList<>();
    private List<SmokeResult> smoke = List.of();
    private Optional<String> reason = Optional.empty();

    Trial(DeploymentRequest request, Optional<SmokeFile> requests, Path log, Progress progress) {
        this.request = request;
        this.requests = requests;
        this.log = log;
        this.progress = progress;
    }

    /** Whether the release that answers at this address may serve. */
    boolean passes(URI service, Liveness process) throws InterruptedException {
        return healthy(service, process) && answersWell(service) && gatesHold();
    }

    private boolean healthy(URI service, Liveness process) throws InterruptedException {
        HealthProbe probe = new HealthProbe(service, request.health().path());
        Duration limit = request.health().timeout();
        double limitSeconds = limit.toMillis() / 1e3;
        long begun = System.nanoTime();
        Duration left = limit;
        boolean ready = false;
        boolean alive = true;
        while (!ready && alive && left.compareTo(Duration.ZERO) > 0) {
            progress.step(
                    "waiting for " + request.health().path(),
                    0.3 + 0.3 * (1 - (double) left.toNanos() / limit.toNanos()));
            ready = probe.ready(left);
            if (!ready) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            // Asked even when something answers: it may be another program that took the dead one's port.
            alive = process.alive();
            left = limit.minusNanos(System.nanoTime() - begun);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        metrics.put("health.seconds", seconds);
        Gate gate = Gate.of("health.seconds", Comparison.MAX, limitSeconds);
        if (ready && alive) {
            gates.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            return true;
        }
        fail((alive
                        ? "the service was not ready after " + limitSeconds + " s"
                        : "the service ended before it was ready")
                + logTail());
        gates.add(failed(gate, seconds));
        return false;
    }

    private boolean answersWell(URI service) throws InterruptedException {
        if (requests.isEmpty()) {
            return true;
        }
        progress.step("sending smoke requests", 0.7);
        smoke = new SmokeRun(service).run(requests.get());
        List<SmokeResult> wrong = smoke.stream().filter(one -> !one.passed()).toList();
        double[] millis =
                smoke.stream().mapToDouble(SmokeResult::millis).sorted().toArray();
        metrics.put("smoke.requests", (double) smoke.size());
        metrics.put("smoke.failed", (double) wrong.size());
        metrics.put("smoke.latency.p50", percentile(millis, 0.5));
        metrics.put("smoke.latency.p95", percentile(millis, 0.95));
        metrics.put("smoke.latency.max", millis[millis.length - 1]);
        Gate gate = Gate.of("smoke.failed", Comparison.MAX, 0);
        if (wrong.isEmpty()) {
            gates.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            return true;
        }
        String first = "'" + wrong.get(0).name() + "': " + wrong.get(0).message();
        fail("%d of %d smoke requests failed, the first: %s".formatted(wrong.size(), smoke.size(), first));
        gates.add(failed(gate, wrong.size()));
        return false;
    }

    /** The nearest-rank percentile of sorted values. */
    private static double percentile(double[] sorted, double level) {
        return sorted[(int) Math.ceil(level * sorted.length) - 1];
    }

    private boolean gatesHold() {
        List<GateResult> asked = Gates.hold(request.gates(), Metrics.of(metrics), Optional.empty());
        gates.addAll(asked);
        if (Verdict.of(asked) != Verdict.FAILED) {
            return true;
        }
        fail(asked.stream()
                .filter(gate -> Verdict.of(List.of(gate)) == Verdict.FAILED)
                .map(GateResult::message)
                .findFirst()
                .orElseThrow());
        return false;
    }

    private GateResult failed(Gate gate, double actual) {
        return new GateResult(
                gate,
                Optional.empty(),
                OptionalDouble.of(actual),
                OptionalDouble.empty(),
                Outcome.FAILED,
                reason.orElseThrow());
    }

    /** Notes why the release is not to serve. */
    void fail(String why) {
        reason = Optional.of(why);
        progress.line(why);
    }

    private String logTail() {
        try {
            String tail = String.join(" | ", LogTail.of(log));
            return tail.isBlank() ? "" : "; its log ends: " + tail;
        } catch (IOException e) {
            return "";
        }
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    List<GateResult> gates() {
        return List.copyOf(gates);
    }

    List<SmokeResult> smoke() {
        return smoke;
    }

    Optional<String> reason() {
        return reason;
    }
}
