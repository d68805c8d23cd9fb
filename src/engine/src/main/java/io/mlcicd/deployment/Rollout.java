package io.mlcicd.deployment;

import io.mlcicd.deployment.DeploymentDetails.SmokeResult;
import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One release on its way to the traffic. */
final class Rollout {

    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final int LOG_LINES = 5;

    private final DeploymentRequest request;
    private final DeploymentHome home;
    private final Release release;
    private final Duration lease;
    private final Progress progress;
    private final Instant started = Instant.now();
    private final long clock = System.nanoTime();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<GateResult> gates = new ArrayList<>();
    private List<SmokeResult> smoke = List.of();
    private Optional<String> reason = Optional.empty();

    Rollout(DeploymentRequest request, DeploymentHome home, Release release, Duration lease, Progress progress) {
        this.request = request;
        this.home = home;
        this.release = release;
        this.lease = lease;
        this.progress = progress;
    }

    Result<DeploymentDetails> run() throws InterruptedException {
        Optional<SmokeFile> requests = request.smoke().map(SmokeFile::read);
        if (request.command().isEmpty()) {
            throw new InvalidInputException("the deployment has no command that starts the service (deploy.command)");
        }
        SupervisorClient supervisor = SupervisorProgram.ensure(home, request.host(), request.port(), lease);
        // Whoever holds the deployment's lock is alone: what is unconfirmed now was left by a deployer that died.
        Optional<String> previous = supervisor.order("/discard", Fields.of()).find("active.id");
        boolean switched = false;
        try (Lease renewed = new Lease(supervisor, lease)) {
            progress.step("starting release " + release.id(), 0.3);
            Fields candidate = start(supervisor);
            URI inner = URI.create("http://127.0.0.1:" + candidate.require("candidate.port"));
            if (healthy(supervisor, inner) && answersWell(inner, requests) && gatesHold()) {
                progress.step("switching over to release " + release.id(), 0.8);
                supervisor.order("/promote", Fields.of());
                if (new HealthProbe(publicAddress(), request.health().path()).ready()) {
                    supervisor.order(
                            "/confirm",
                            Fields.of("drain", String.valueOf(request.drain().toMillis())));
                    switched = true;
                    release.markReleased(home);
                } else {
                    fail("it does not answer through port " + request.port());
                }
            }
        } finally {
            if (!switched) {
                abandon(supervisor);
            }
        }
        progress.step(switched ? "serving" : "rolled back", 1);
        return result(previous, switched);
    }

    private Fields start(SupervisorClient supervisor) throws InterruptedException {
        String model = release.folder().resolve(request.modelPath()).toString();
        List<String> command = request.command().stream()
                .map(argument -> argument.replace("${model}", model)
                        .replace("${release}", release.folder().toString()))
                .toList();
        Fields order = Fields.of(
                        "id", release.id(),
                        "folder", release.folder().toString(),
                        "log", home.log(release.id()).toString(),
                        "lease", String.valueOf(lease.toMillis()))
                .with("command", command)
                .with("env", request.env());
        try {
            return supervisor.order("/start", order);
        } catch (OutsideSystemException e) {
            throw new InvalidInputException(
                    "the service cannot be started with '" + request.command().get(0) + "': " + e.getMessage(), e);
        }
    }

    private boolean healthy(SupervisorClient supervisor, URI service) throws InterruptedException {
        HealthProbe probe = new HealthProbe(service, request.health().path());
        double limit = request.health().timeout().toMillis() / 1e3;
        long begun = System.nanoTime();
        boolean ready = false;
        boolean ended = false;
        double seconds = 0;
        while (!ready && !ended && seconds < limit) {
            ready = probe.ready();
            if (!ready) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
                ended = !supervisor
                        .order("/status", Fields.of())
                        .find("candidate.alive")
                        .map(Boolean::parseBoolean)
                        .orElse(false);
            }
            seconds = (System.nanoTime() - begun) / 1e9;
            progress.step("waiting for " + request.health().path(), 0.3 + 0.3 * Math.min(1, seconds / limit));
        }
        metrics.put("health.seconds", seconds);
        Gate gate = Gate.of("health.seconds", Comparison.MAX, limit);
        if (ready) {
            gates.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            return true;
        }
        fail((ended ? "the service ended before it was ready" : "the service was not ready after " + limit + " s")
                + logTail());
        gates.add(new GateResult(
                gate,
                Optional.empty(),
                OptionalDouble.of(seconds),
                OptionalDouble.empty(),
                Outcome.FAILED,
                reason.orElseThrow()));
        return false;
    }

    private boolean answersWell(URI service, Optional<SmokeFile> requests) throws InterruptedException {
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
        gates.add(new GateResult(
                gate,
                Optional.empty(),
                OptionalDouble.of(wrong.size()),
                OptionalDouble.empty(),
                Outcome.FAILED,
                reason.orElseThrow()));
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
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .map(GateResult::message)
                .findFirst()
                .orElseThrow());
        return false;
    }

    private void fail(String why) {
        reason = Optional.of(why);
        progress.line(why);
    }

    /** What is undone must be undone even while this thread is being interrupted. */
    private void abandon(SupervisorClient supervisor) {
        boolean interrupted = Thread.interrupted();
        try {
            supervisor.order("/abandon", Fields.of());
        } catch (OutsideSystemException e) {
            // The lease runs out in a few seconds, and the supervisor does the same by itself.
            progress.line("the supervisor undoes the release when its lease ends: " + e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String logTail() {
        Path log = home.log(release.id());
        try {
            List<String> lines = List.of(new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\R"));
            String tail = String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
            return tail.isBlank() ? "" : "; its log ends: " + tail;
        } catch (IOException e) {
            return "";
        }
    }

    private URI publicAddress() {
        String host = request.host().equals("0.0.0.0") ? "127.0.0.1" : request.host();
        return URI.create("http://" + host + ":" + request.port());
    }

    private Result<DeploymentDetails> result(Optional<String> previous, boolean switched) {
        String url = "http://" + request.host() + ":" + request.port();
        LineageRecord lineage = request.known().withModel(release.model());
        if (switched) {
            lineage = lineage.withDeployment(
                    new DeploymentRef(request.name(), "process", release.id(), Optional.of(url), Instant.now()));
        }
        DeploymentDetails details = new DeploymentDetails(
                request.name(),
                "process",
                release.id(),
                previous,
                url,
                switched ? Optional.of(release.id()) : previous,
                switched,
                !switched,
                reason,
                metrics.get("health.seconds"),
                smoke,
                "deployments/" + request.name() + "/logs/" + release.id() + ".log");
        Verdict verdict = Verdict.of(gates).and(switched ? Verdict.PASSED : Verdict.FAILED);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.DEPLOY,
                Tool.current(),
                Optional.of(request.model()),
                verdict,
                started,
                (System.nanoTime() - clock) / 1e9,
                List.of(release.model()),
                metrics,
                List.copyOf(gates),
                lineage,
                details);
    }
}
