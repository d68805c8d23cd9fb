package io.mlcicd.deployment;

import io.mlcicd.deployment.strategy.LiveMetrics;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Progress;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import io.mlcicd.serving.SmokeRequests;
import io.mlcicd.signature.VerifiedImage;
import io.mlcicd.statistic.NearestRank;
import java.net.URI;
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

    /** Asks the target how the release stands. */
    @FunctionalInterface
    interface State {
        Candidate.Health health() throws InterruptedException;
    }

    /** Tells the last lines of the release's log. */
    @FunctionalInterface
    interface Log {
        List<String> lastLines() throws InterruptedException;
    }

    /** How long one smoke request may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DeploymentRequest request;
    private final Optional<SmokeRequests> requests;
    private final Progress progress;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<GateResult> gates = new ArrayList<>();
    private List<ServeAnswer> smoke = List.of();
    private Optional<String> reason = Optional.empty();

    Trial(DeploymentRequest request, Optional<SmokeRequests> requests, Progress progress) {
        this.request = request;
        this.requests = requests;
        this.progress = progress;
    }

    /**
     * Whether the release may serve.
     *
     * @param service where it answers; empty when only the target can tell whether it is ready
     */
    boolean passes(Optional<URI> service, State state, Log log) throws InterruptedException {
        return healthy(service, state, log) && answersWell(service) && gatesHold();
    }

    private boolean healthy(Optional<URI> service, State state, Log log) throws InterruptedException {
        Optional<HealthProbe> probe =
                service.map(address -> new HealthProbe(address, request.health().path()));
        Duration limit = request.health().timeout();
        double limitSeconds = limit.toMillis() / 1e3;
        long begun = System.nanoTime();
        Duration left = limit;
        boolean ready = false;
        Candidate.Health health = state.health();
        while (!ready && health.alive() && left.compareTo(Duration.ZERO) > 0) {
            progress.step(
                    probe.map(known -> "waiting for " + request.health().path()).orElse("waiting until it is ready"),
                    0.3 + 0.3 * (1 - (double) left.toNanos() / limit.toNanos()));
            ready = health.ready().orElse(true)
                    && (probe.isEmpty() || probe.get().ready(left));
            if (!ready) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            // Asked even when something answers: it may be another program that took the dead one's port.
            health = state.health();
            left = limit.minusNanos(System.nanoTime() - begun);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        metrics.put("health.seconds", seconds);
        Gate gate = Gate.of("health.seconds", Comparison.MAX, limitSeconds);
        if (ready && health.alive()) {
            gates.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            return true;
        }
        String said = health.message().isBlank() ? "" : " (" + health.message() + ")";
        String tail = String.join(" | ", log.lastLines());
        fail((health.alive()
                        ? "the service was not ready after " + limitSeconds + " s" + said
                        : "the service ended before it was ready" + said)
                + (tail.isBlank() ? "" : "; its log ends: " + tail));
        gates.add(failed(gate, seconds));
        return false;
    }

    private boolean answersWell(Optional<URI> service) throws InterruptedException {
        if (requests.isEmpty()) {
            return true;
        }
        if (service.isEmpty()) {
            progress.line("the smoke requests are left out, for nothing can be asked before it is released");
            return true;
        }
        progress.step("sending smoke requests", 0.7);
        smoke = requests.get().ask(service.get(), PATIENCE);
        List<ServeAnswer> wrong = smoke.stream().filter(one -> !one.passed()).toList();
        double[] millis =
                smoke.stream().mapToDouble(ServeAnswer::millis).sorted().toArray();
        metrics.put("smoke.requests", (double) smoke.size());
        metrics.put("smoke.failed", (double) wrong.size());
        metrics.put("smoke.latency.p50", NearestRank.of(millis, 0.5));
        metrics.put("smoke.latency.p95", NearestRank.of(millis, 0.95));
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

    private boolean gatesHold() {
        List<Gate> before = request.gates().stream()
                .filter(gate -> !LiveMetrics.isLive(gate))
                .toList();
        List<GateResult> asked = Gates.hold(before, Metrics.of(metrics), Optional.empty());
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

    /** Whether the image is signed by somebody who is trusted. */
    boolean trusts(VerifiedImage image) {
        Gate gate = Gate.of("image.signed", Comparison.MIN, 1);
        metrics.put("image.signed", image.holds() ? 1.0 : 0.0);
        if (image.holds()) {
            gates.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            return true;
        }
        fail("the image is not to be trusted: " + String.join("; ", image.findings()));
        gates.add(failed(gate, 0));
        return false;
    }

    /** Notes why the release is not to serve. */
    void fail(String why) {
        reason = Optional.of(why);
        progress.line(why);
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    List<GateResult> gates() {
        return List.copyOf(gates);
    }

    List<ServeAnswer> smoke() {
        return smoke;
    }

    Optional<String> reason() {
        return reason;
    }
}
