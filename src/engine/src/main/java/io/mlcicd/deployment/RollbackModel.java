package io.mlcicd.deployment;

import io.mlcicd.deployment.RecordEntry.Event;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings back the release before the present one: at once where it is kept running, else with the same trial as a new one
 * (see {@link DeployModel}), but all at once and without an approval, for a rollback is made in a hurry.
 */
public final class RollbackModel implements Operation<DeploymentRequest, DeploymentDetails> {

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException when no earlier release is kept
     */
    @Override
    public Result<DeploymentDetails> run(DeploymentRequest request, Progress progress) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), request.name());
        Target target = request.target().open(home);
        Steps steps = new Steps(progress);
        try (DeploymentHome.Lock lock = home.lock(request.patience(), progress)) {
            DeploymentRecord record = DeploymentRecord.of(home);
            Optional<String> recovered = new Recovery(target, record).run();
            recovered.ifPresent(steps::line);
            Optional<ServingState> before = target.status();
            Optional<ServingState> returned = target.rollback();
            if (returned.isPresent()) {
                return atOnce(request, home, record, before, returned.get(), recovered, steps);
            }
            List<String> kept = ReleaseFolders.kept(home);
            Optional<String> present =
                    before.map(ServingState::release).or(() -> kept.stream().findFirst());
            String earlier = kept.stream()
                    .filter(id -> !present.filter(id::equals).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "the deployment '" + request.name() + "' has no earlier release to go back to"));
            Release release = Release.kept(home, earlier, request.modelPath());
            return new Rollout(inAHurry(request), home, target, release, Optional.empty(), steps).run();
        }
    }

    private static Result<DeploymentDetails> atOnce(
            DeploymentRequest request,
            DeploymentHome home,
            DeploymentRecord record,
            Optional<ServingState> before,
            ServingState now,
            Optional<String> recovered,
            Steps steps) {
        Release release = Release.kept(home, now.release(), request.modelPath());
        steps.step("release " + now.release() + " has the traffic again", 1);
        record.add(new RecordEntry(
                Instant.now(),
                UUID.randomUUID().toString(),
                Event.RETURNED,
                request.target().kind(),
                request.environment(),
                Optional.of(now.release()),
                before.map(ServingState::release),
                Optional.of(release.model()),
                release.image().map(ImageContent::reference),
                request.by(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("it was kept running")));
        Trial untried = new Trial(request, Optional.empty(), steps);
        return new RolloutResult(inAHurry(request), release, Optional.empty(), recovered, before, steps)
                .of(untried, Optional.empty(), Optional.of(now), true, false);
    }

    private static DeploymentRequest inAHurry(DeploymentRequest request) {
        return new DeploymentRequest(
                request.model(),
                request.name(),
                request.baseDirectory(),
                request.modelPath(),
                request.files(),
                request.image(),
                request.command(),
                request.health(),
                request.smoke(),
                request.env(),
                request.target(),
                Strategy.ALL_AT_ONCE,
                request.environment(),
                Optional.empty(),
                Optional.empty(),
                false,
                request.by(),
                request.patience(),
                request.stateDir(),
                request.known(),
                request.gates());
    }
}
