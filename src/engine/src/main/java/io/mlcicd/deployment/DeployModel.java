package io.mlcicd.deployment;

import io.mlcicd.deployment.Approval.Answer;
import io.mlcicd.deployment.Approval.Question;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.ReleaseOrigin;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.util.List;
import java.util.Optional;

/**
 * Releases a model as a service. The new release is started beside the old one, must become ready and answer the smoke
 * requests, gets the traffic as the strategy says while gates are held against what it does there, is asked once more
 * through the public address, and only then is the old one stopped or kept for a while. When any of this fails, the old
 * one has the traffic, and the result says why.
 *
 * <p>Metrics: {@code health.seconds}, and with a smoke file {@code smoke.requests}, {@code smoke.failed} and {@code
 * smoke.latency.p50}, {@code .p95} and {@code .max} in milliseconds; with a strategy that observes, the live metrics of
 * {@link io.mlcicd.deployment.strategy.LiveMetrics}.
 */
public final class DeployModel implements Operation<DeploymentRequest, DeploymentDetails> {

    private final Approval approval;

    /** Releases that need an approval are refused. */
    public DeployModel() {
        this(Approval.NOBODY);
    }

    /**
     * Releases with an approval where one is needed.
     *
     * @param approval asks whoever must approve a release, if anybody must
     */
    public DeployModel(Approval approval) {
        this.approval = approval;
    }

    /**
     * What a release would change; touches nothing.
     *
     * @throws InvalidInputException as {@link #run}
     */
    public List<PlannedChange> plan(DeploymentRequest request) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), request.name());
        Target target = request.target().open(home);
        request.strategy().requirePossible(target);
        ReleaseContents contents = contents(request);
        return target.plan(planned(request, contents, home));
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException when a file is missing, the port belongs to another program, another command is still
     *     changing the deployment, or the environment to move on from does not serve
     */
    @Override
    public Result<DeploymentDetails> run(DeploymentRequest request, Progress progress) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), request.name());
        Target target = request.target().open(home);
        request.strategy().requirePossible(target);
        Steps steps = new Steps(progress);
        ReleaseContents looked = contents(request);
        // A person may take a day to answer, so nobody else is kept from the deployment meanwhile.
        Optional<Answer> answer =
                request.approvalNeeded() ? Optional.of(ask(request, home, target, looked, steps)) : Optional.empty();
        try (DeploymentHome.Lock lock = home.lock(request.patience(), steps)) {
            steps.step("preparing the release", 0.1);
            Release release = contents(request).keep(home);
            if (answer.isPresent() && !release.id().equals(looked.id())) {
                throw new InvalidInputException("release %s was approved, but the project's files make release %s now"
                        .formatted(looked.id(), release.id()));
            }
            ReleaseOrigin.keep(home, release.id(), request.known());
            return new Rollout(request, home, target, release, answer, steps).run();
        }
    }

    private Answer ask(
            DeploymentRequest request, DeploymentHome home, Target target, ReleaseContents looked, Steps steps)
            throws InterruptedException {
        steps.step("waiting for an approval of release " + looked.id(), 0.05);
        return approval.ask(new Question(
                request.name(),
                request.environment(),
                looked.id(),
                looked.model(),
                target.status().map(ServingState::release),
                target.plan(planned(request, looked, home))));
    }

    private static NewRelease planned(DeploymentRequest request, ReleaseContents contents, DeploymentHome home) {
        return new Release(
                        contents.id(),
                        home.releases().resolve(contents.id()),
                        contents.model(),
                        contents.modelPath(),
                        contents.image())
                .toRun(request, Optional.empty());
    }

    private static ReleaseContents contents(DeploymentRequest request) throws InterruptedException {
        return request.origin().isEmpty()
                ? ReleaseContents.of(request)
                : ReleaseContents.of(served(request, request.origin().get()));
    }

    /** What the other environment serves now, having been released there without a complaint. */
    private static Release served(DeploymentRequest request, Origin origin) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), origin.deployment());
        Optional<ServingState> serving = origin.target().open(home).status();
        List<ServedPeriod> periods = DeploymentRecord.of(home).periods();
        Optional<ServedPeriod> last = periods.isEmpty()
                ? Optional.empty()
                : Optional.of(periods.get(periods.size() - 1))
                        .filter(period -> period.until().isEmpty());
        boolean good = serving.filter(ServingState::alive).isPresent()
                && last.filter(period -> period.release().equals(serving.get().release()))
                        .isPresent();
        if (!good) {
            throw new InvalidInputException(
                    "nothing can be moved on from '%s': %s; release the model there first (mlcicd deploy --environment %s)"
                            .formatted(
                                    origin.environment(),
                                    serving.map(state -> state.alive()
                                                    ? "its record does not say that release " + state.release()
                                                            + " was confirmed"
                                                    : "release " + state.release() + " does not run")
                                            .orElse("it serves no release"),
                                    origin.environment()));
        }
        return Release.kept(home, serving.get().release(), request.modelPath());
    }
}
