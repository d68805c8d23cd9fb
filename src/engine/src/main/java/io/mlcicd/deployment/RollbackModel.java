package io.mlcicd.deployment;

import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings back the release before the present one, with the same care as a new one; see {@link DeployModel}. */
public final class RollbackModel implements Operation<DeploymentRequest, DeploymentDetails> {

    private final Duration lease;

    public RollbackModel() {
        this(DeployModel.LEASE);
    }

    RollbackModel(Duration lease) {
        this.lease = lease;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException when no earlier release is kept
     */
    @Override
    public Result<DeploymentDetails> run(DeploymentRequest request, Progress progress) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), request.name());
        try (DeploymentHome.Lock lock = home.lock()) {
            List<String> kept = Release.kept(home);
            Optional<String> present = Deployments.status(request.stateDir(), request.name())
                    .flatMap(DeploymentState::release)
                    .or(() -> kept.stream().findFirst());
            String earlier = kept.stream()
                    .filter(id -> !present.filter(id::equals).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "the deployment '" + request.name() + "' has no earlier release to go back to"));
            Path folder = home.releases().resolve(earlier);
            Release release = new Release(
                    earlier,
                    folder,
                    Digests.artifact("model", request.modelPath(), folder.resolve(request.modelPath())));
            return new Rollout(request, home, release, lease, new Steps(progress)).run();
        } catch (IOException e) {
            throw new OutsideSystemException("the earlier release cannot be read: " + e.getMessage(), e);
        }
    }
}
