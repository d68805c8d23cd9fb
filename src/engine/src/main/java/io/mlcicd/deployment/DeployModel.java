package io.mlcicd.deployment;

import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.time.Duration;

/**
 * Releases a model as a service on this host. The new release is started beside the old one, must become ready and answer
 * the smoke requests, gets the traffic, is asked once more through the public port, and only then is the old one stopped.
 * When any of this fails, the old one keeps the traffic, and the result says why.
 *
 * <p>Metrics: {@code health.seconds}, and with a smoke file {@code smoke.requests}, {@code smoke.failed} and {@code
 * smoke.latency.p50}, {@code .p95} and {@code .max} in milliseconds.
 */
public final class DeployModel implements Operation<DeploymentRequest, DeploymentDetails> {

    /** How long a supervisor waits for a deployer that was killed before it undoes what was not confirmed. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private final Duration lease;

    public DeployModel() {
        this(LEASE);
    }

    DeployModel(Duration lease) {
        this.lease = lease;
    }

    /**
     * @throws io.mlcicd.operation.InvalidInputException when a file is missing, the port belongs to another program, or
     *     another deployment of this name is under way
     */
    @Override
    public Result<DeploymentDetails> run(DeploymentRequest request, Progress progress) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(request.stateDir(), request.name());
        try (DeploymentHome.Lock lock = home.lock()) {
            Steps steps = new Steps(progress);
            steps.step("preparing the release", 0.1);
            Release release = Release.prepare(request, home);
            return new Rollout(request, home, release, lease, steps).run();
        }
    }
}
