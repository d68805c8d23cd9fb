package io.mlcicd.deployment;

import io.mlcicd.deployment.Approval.Answer;
import io.mlcicd.deployment.RecordEntry.Event;
import io.mlcicd.deployment.strategy.LiveMetrics;
import io.mlcicd.deployment.strategy.StrategyRun;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.Result;
import io.mlcicd.serving.SmokeRequests;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One release on its way to the traffic. Only for the holder of the deployment's lock. */
final class Rollout {

    private final DeploymentRequest request;
    private final DeploymentHome home;
    private final Target target;
    private final Release release;
    private final Optional<Answer> answer;
    private final Steps steps;
    private final DeploymentRecord record;

    Rollout(
            DeploymentRequest request,
            DeploymentHome home,
            Target target,
            Release release,
            Optional<Answer> answer,
            Steps steps) {
        this.request = request;
        this.home = home;
        this.target = target;
        this.release = release;
        this.answer = answer;
        this.steps = steps;
        this.record = DeploymentRecord.of(home);
    }

    Result<DeploymentDetails> run() throws InterruptedException {
        Optional<SmokeRequests> requests = request.smoke().map(SmokeRequests::read);
        List<Gate> live = request.gates().stream().filter(LiveMetrics::isLive).toList();
        StrategyRun.requireUsable(request.strategy(), live);
        Optional<String> recovered = new Recovery(target, record).run();
        recovered.ifPresent(steps::line);
        Optional<ServingState> before = target.status();
        Trial trial = new Trial(request, requests, steps);
        RolloutResult result = new RolloutResult(request, release, answer, recovered, before, steps);
        NewRelease wanted =
                release.toRun(request, answer.filter(Answer::granted).map(Answer::by));
        RecordEntry begun = begun(before);
        if (answer.filter(given -> !given.granted()).isPresent()) {
            trial.fail(answer.get().by() + " did not approve it");
            record.add(begun.as(Event.REFUSED, List.of(), trial.reason()));
            return result.of(trial, Optional.empty(), target.status(), false, false);
        }
        if (request.verify().isPresent() && !trial.trusts(request.verify().get().verify(release.image()))) {
            record.add(begun.as(Event.REFUSED, List.of(), trial.reason()));
            return result.of(trial, Optional.empty(), target.status(), false, false);
        }
        if (target.serves(wanted)) {
            steps.line("release " + release.id() + " is already active");
            trial.passes(
                    before.flatMap(ServingState::address),
                    () -> new Candidate.Health(
                            target.status().filter(ServingState::alive).isPresent(), Optional.empty(), ""),
                    List::of);
            return result.of(trial, Optional.empty(), target.status(), false, false);
        }
        record.add(begun);
        boolean confirmed = false;
        Optional<StrategyRun> strategy = Optional.empty();
        steps.step("starting release " + release.id(), 0.3);
        try (Candidate candidate = target.begin(wanted, steps)) {
            StrategyRun run = new StrategyRun(request.strategy(), live, candidate, before.isPresent(), steps);
            strategy = Optional.of(run);
            confirmed = trial.passes(candidate.address(), candidate::health, candidate::lastLines)
                    && passes(run.approach(), trial)
                    && switchOver(candidate, run, trial);
        } finally {
            if (!confirmed) {
                record.add(begun.as(
                        Event.ROLLED_BACK,
                        strategy.map(StrategyRun::reports).orElse(List.of()),
                        trial.reason().or(() -> Optional.of("it was stopped"))));
            }
        }
        if (confirmed) {
            record.add(
                    begun.as(Event.CONFIRMED, strategy.map(StrategyRun::reports).orElse(List.of()), Optional.empty()));
        }
        ReleaseFolders.tidy(home);
        Optional<ServingState> after = target.status();
        steps.step(confirmed ? "serving" : "rolled back", 1);
        return result.of(trial, strategy, after, confirmed, !confirmed);
    }

    private RecordEntry begun(Optional<ServingState> before) {
        return new RecordEntry(
                Instant.now(),
                UUID.randomUUID().toString(),
                Event.BEGUN,
                target.kind(),
                request.environment(),
                Optional.of(release.id()),
                before.map(ServingState::release),
                Optional.of(release.model()),
                release.image().map(ImageContent::reference),
                request.by(),
                answer.filter(Answer::granted).map(Answer::by),
                request.origin().map(Origin::environment),
                Optional.of(request.strategy().kind().key()),
                List.of(),
                Optional.empty());
    }

    private static boolean passes(Optional<String> failure, Trial trial) {
        failure.ifPresent(trial::fail);
        return failure.isEmpty();
    }

    private boolean switchOver(Candidate candidate, StrategyRun run, Trial trial) throws InterruptedException {
        steps.step("switching over to release " + release.id(), 0.9);
        candidate.route(1);
        Optional<URI> entrance = candidate.entrance();
        if (entrance.isPresent()) {
            steps.step("asking through " + shown(entrance.get()), 0.92);
            HealthProbe probe = new HealthProbe(entrance.get(), request.health().path());
            if (!probe.ready(HealthProbe.ONE_TRY)) {
                trial.fail("it does not answer through " + shown(entrance.get()));
                return false;
            }
        }
        if (!passes(run.watch(), trial)) {
            return false;
        }
        steps.step("confirming release " + release.id(), 0.98);
        candidate.confirm(request.strategy().keepOld());
        return true;
    }

    private static String shown(URI entrance) {
        return entrance.getPort() >= 0 ? "port " + entrance.getPort() : entrance.toString();
    }
}
