package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at deployments, and ends them. */
public final class Deployments {

    private static final Duration END = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private Deployments() {}

    /**
     * How a deployment stands.
     *
     * @param stateDir where deployments are kept
     * @return empty when there never was one of that name
     */
    public static Optional<DeploymentState> status(Path stateDir, String name) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(stateDir, name);
        if (!Files.isDirectory(home.folder())) {
            return Optional.empty();
        }
        List<String> releases = Release.kept(home);
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        if (supervisor.isEmpty()) {
            return Optional.of(new DeploymentState(
                    name, false, Optional.empty(), false, 0, Optional.empty(), Optional.empty(), 0, releases));
        }
        Fields now = supervisor.get().order("/status", Fields.of());
        return Optional.of(new DeploymentState(
                name,
                true,
                now.find("active.id"),
                now.find("active.alive").map(Boolean::parseBoolean).orElse(false),
                now.find("active.pid").map(Long::parseLong).orElse(0L),
                now.find("active.since"),
                Optional.of("http://" + now.require("host") + ":" + now.require("port")),
                Integer.parseInt(now.require("restarts")),
                releases));
    }

    /**
     * Stops a deployment's service and supervisor; does nothing when none runs.
     *
     * @param purge whether releases and logs are removed, too
     * @return whether something was stopped
     * @throws OutsideSystemException when the supervisor does not end
     */
    public static boolean undeploy(Path stateDir, String name, boolean purge) throws InterruptedException {
        DeploymentHome home = new DeploymentHome(stateDir, name);
        if (!Files.isDirectory(home.folder())) {
            return false;
        }
        boolean stopped;
        try (DeploymentHome.Lock lock = home.lock()) {
            Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
            stopped = supervisor.isPresent();
            if (stopped) {
                supervisor.get().order("/end", Fields.of());
                awaitEnd(home);
            }
        }
        if (purge) {
            purge(home);
        }
        return stopped;
    }

    /** The folder is moved away first, so that a supervisor on its last line cannot write into what is being removed. */
    private static void purge(DeploymentHome home) {
        Path away = home.folder().resolveSibling(".purged-" + UUID.randomUUID());
        try {
            Files.move(home.folder(), away);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + home.folder() + ": " + e.getMessage(), e);
        }
        Release.remove(away);
    }

    private static void awaitEnd(DeploymentHome home) throws InterruptedException {
        long until = System.nanoTime() + END.toNanos();
        while (SupervisorClient.find(home).isPresent()) {
            if (System.nanoTime() > until) {
                throw new OutsideSystemException("the supervisor does not end; see " + home.supervisorLog());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }
}
