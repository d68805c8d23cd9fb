package io.mlcicd.deployment;

import io.mlcicd.deployment.RecordEntry.Event;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    public static Optional<DeploymentState> status(Path stateDir, String name, TargetSettings settings)
            throws InterruptedException {
        DeploymentHome home = new DeploymentHome(stateDir, name);
        if (!Files.isDirectory(home.folder())) {
            return Optional.empty();
        }
        Optional<ServingState> now = settings.open(home).status();
        DeploymentRecord record = DeploymentRecord.of(home);
        return Optional.of(new DeploymentState(
                name,
                settings.kind(),
                now.isPresent(),
                now.map(ServingState::release),
                now.filter(ServingState::alive).isPresent(),
                now.map(state -> state.pid().orElse(0)).orElse(0L),
                now.map(state -> state.since().toString()),
                now.map(ServingState::url),
                now.map(ServingState::restarts).orElse(0),
                now.flatMap(ServingState::kept),
                ReleaseFolders.kept(home),
                record.periods(),
                record.unfinished().flatMap(RecordEntry::release)));
    }

    /** The lines of a deployment's record, the oldest first. */
    public static List<RecordEntry> record(Path stateDir, String name) {
        return DeploymentRecord.of(new DeploymentHome(stateDir, name)).entries();
    }

    /**
     * Stops all that a deployment runs; does nothing when nothing does.
     *
     * @param purge whether releases, logs and the record are removed, too
     * @param by who does it
     * @param wait how long to wait for another command that is changing the deployment
     * @return whether something was stopped
     * @throws OutsideSystemException when the target does not end it
     */
    public static boolean undeploy(
            Path stateDir, String name, TargetSettings settings, boolean purge, String by, Duration wait)
            throws InterruptedException {
        DeploymentHome home = new DeploymentHome(stateDir, name);
        if (!Files.isDirectory(home.folder())) {
            return false;
        }
        try (DeploymentHome.Lock lock = home.lock(wait, Progress.NONE)) {
            Target target = settings.open(home);
            Optional<ServingState> before = target.status();
            boolean stopped = target.undeploy();
            if (purge) {
                purge(home);
            } else if (stopped) {
                DeploymentRecord.of(home).add(undeployed(settings, before.map(ServingState::release), by));
            }
            return stopped;
        } catch (IOException e) {
            throw new OutsideSystemException("cannot change " + home.folder() + ": " + e.getMessage(), e);
        }
    }

    private static RecordEntry undeployed(TargetSettings settings, Optional<String> previous, String by) {
        return new RecordEntry(
                Instant.now(),
                UUID.randomUUID().toString(),
                Event.UNDEPLOYED,
                settings.kind(),
                Optional.empty(),
                Optional.empty(),
                previous,
                Optional.empty(),
                Optional.empty(),
                by,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The folder is moved away first, so that a supervisor on its last line cannot write into what is being removed. */
    private static void purge(DeploymentHome home) throws IOException {
        Path away = home.folder().resolveSibling(".purged-" + UUID.randomUUID());
        Files.move(home.folder(), away);
        ReleaseFolders.remove(away);
    }
}
