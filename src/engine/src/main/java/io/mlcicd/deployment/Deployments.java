package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.Leftovers;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at deployments, and ends them. */
public final class Deployments {

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
                Optional.of(new PublicAddress(now.require("host"), Integer.parseInt(now.require("port"))).url()),
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
        try (DeploymentHome.Lock lock = home.lock()) {
            Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
            boolean stopped;
            if (supervisor.isPresent()) {
                supervisor.get().order("/end", Fields.of());
                supervisor.get().awaitEnd(home);
                stopped = true;
            } else {
                stopped = Leftovers.stop(home.folder());
            }
            if (purge) {
                purge(home);
            }
            return stopped;
        } catch (IOException e) {
            throw new OutsideSystemException("cannot change " + home.folder() + ": " + e.getMessage(), e);
        }
    }

    /** The folder is moved away first, so that a supervisor on its last line cannot write into what is being removed. */
    private static void purge(DeploymentHome home) throws IOException {
        Path away = home.folder().resolveSibling(".purged-" + UUID.randomUUID());
        Files.move(home.folder(), away);
        Release.remove(away);
    }
}
