package io.mlcicd.deployment;

import io.mlcicd.deployment.DeploymentDetails.Step;
import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One release on its way to the traffic. */
final class Rollout {

    private final DeploymentRequest request;
    private final DeploymentHome home;
    private final Release release;
    private final Duration lease;
    private final Steps steps;
    private final Instant started = Instant.now();
    private final long clock = System.nanoTime();
    private final PublicAddress address;

    Rollout(DeploymentRequest request, DeploymentHome home, Release release, Duration lease, Steps steps) {
        this.request = request;
        this.home = home;
        this.release = release;
        this.lease = lease;
        this.steps = steps;
        this.address = new PublicAddress(request.host(), request.port());
    }

    /** Only for the holder of the deployment's lock. */
    Result<DeploymentDetails> run() throws InterruptedException {
        Optional<SmokeFile> requests = request.smoke().map(SmokeFile::read);
        if (request.command().isEmpty()) {
            throw new InvalidInputException("the deployment has no command that starts the service (deploy.command)");
        }
        ServiceCommand command = new ServiceCommand(request, release);
        Fields order = command.order(home.log(release.id()), lease);
        SupervisorClient supervisor = SupervisorProgram.ensure(home, request.host(), request.port());
        Trial trial = new Trial(request, requests, home.log(release.id()), steps);
        // Whoever holds the deployment's lock is alone: what is unconfirmed now was left by a deployer that died.
        Fields before = supervisor.order("/discard", Fields.of());
        if (isSame(before, command)) {
            steps.line("release " + release.id() + " is already active");
            trial.passes(loopback(before.require("active.port")), () -> alive(supervisor, "active"));
            return result(trial, before.find("active.id"), false, false, before);
        }
        boolean switched = false;
        try (Lease renewed = new Lease(supervisor, lease)) {
            steps.step("starting release " + release.id(), 0.3);
            Fields candidate = start(supervisor, order);
            URI service = loopback(candidate.require("candidate.port"));
            switched = trial.passes(service, () -> alive(supervisor, "candidate")) && switchOver(supervisor, trial);
        } finally {
            if (!switched) {
                abandon(supervisor);
            }
        }
        Release.tidy(home);
        Fields after = switched ? supervisor.order("/status", Fields.of()) : before;
        steps.step(switched ? "serving" : "rolled back", 1);
        return result(trial, before.find("active.id"), switched, !switched, after);
    }

    private boolean isSame(Fields now, ServiceCommand command) {
        return now.find("active.fingerprint")
                        .filter(command.fingerprint()::equals)
                        .isPresent()
                && now.find("active.alive").filter("true"::equals).isPresent()
                && now.require("host").equals(request.host())
                && now.require("port").equals(String.valueOf(request.port()));
    }

    private static URI loopback(String port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static boolean alive(SupervisorClient supervisor, String role) throws InterruptedException {
        return supervisor
                .order("/status", Fields.of())
                .find(role + ".alive")
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    private Fields start(SupervisorClient supervisor, Fields order) throws InterruptedException {
        try {
            return supervisor.order("/start", order);
        } catch (OutsideSystemException e) {
            throw new InvalidInputException(
                    "the service cannot be started with '" + request.command().get(0) + "': " + e.getMessage(), e);
        }
    }

    private boolean switchOver(SupervisorClient supervisor, Trial trial) throws InterruptedException {
        steps.step("switching over to release " + release.id(), 0.8);
        supervisor.order("/promote", Fields.of("host", request.host(), "port", String.valueOf(request.port())));
        steps.step("asking through port " + request.port(), 0.9);
        if (!new HealthProbe(address.reachable(), request.health().path()).ready(HealthProbe.ONE_TRY)) {
            trial.fail("it does not answer through port " + request.port());
            return false;
        }
        supervisor.order(
                "/confirm", Fields.of("drain", String.valueOf(request.drain().toMillis())));
        return true;
    }

    /** What is undone must be undone even while this thread is being interrupted. */
    private void abandon(SupervisorClient supervisor) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean ends = Boolean.parseBoolean(
                    supervisor.order("/abandon", Fields.of()).require("ending"));
            if (ends) {
                supervisor.awaitEnd(home);
            }
        } catch (OutsideSystemException e) {
            // The lease runs out in a few seconds, and the supervisor does the same by itself.
            steps.line("the supervisor undoes the release when its lease ends: " + e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Result<DeploymentDetails> result(
            Trial trial, Optional<String> previous, boolean switched, boolean rolledBack, Fields now) {
        Optional<String> serving = now.find("active.id");
        boolean good = trial.reason().isEmpty();
        LineageRecord lineage = request.known().withModel(release.model());
        if (good) {
            lineage = lineage.withDeployment(new DeploymentRef(
                    request.name(), "process", release.id(), Optional.of(address.url()), Instant.now()));
        }
        OptionalLong pid = now.find("active.pid")
                .map(Long::parseLong)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        List<Step> done = steps.done();
        DeploymentDetails details = new DeploymentDetails(
                request.name(),
                "process",
                release.id(),
                previous,
                address.url(),
                serving,
                pid,
                switched,
                rolledBack,
                trial.reason(),
                trial.metrics().get("health.seconds"),
                trial.smoke(),
                "deployments/" + request.name() + "/logs/" + release.id() + ".log",
                done);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.DEPLOY,
                Tool.current(),
                Optional.of(request.model()),
                Verdict.of(trial.gates()).and(good ? Verdict.PASSED : Verdict.FAILED),
                started,
                (System.nanoTime() - clock) / 1e9,
                List.of(release.model()),
                trial.metrics(),
                trial.gates(),
                lineage,
                details);
    }
}
