package io.mlcicd.deployment;

import java.util.List;
import java.util.Optional;

/**
 * How a deployment stands.
 *
 * @param name its name
 * @param target the kind of target
 * @param running whether anything serves
 * @param release the release with the traffic; empty when none has
 * @param alive whether that release runs
 * @param pid its process on this host; 0 when there is none
 * @param since when that release was started, ISO 8601
 * @param url where clients reach it; empty when nothing serves
 * @param restarts how often it was started again after a crash
 * @param kept the release before it, when that is kept running for an instant rollback
 * @param releases all releases that are kept, newest first
 * @param served what served when and by whose decision, the oldest first
 * @param unfinished the release of a command that is at work right now or was killed; the next deployment tells which
 */
public record DeploymentState(
        String name,
        String target,
        boolean running,
        Optional<String> release,
        boolean alive,
        long pid,
        Optional<String> since,
        Optional<String> url,
        int restarts,
        Optional<String> kept,
        List<String> releases,
        List<ServedPeriod> served,
        Optional<String> unfinished) {

    public DeploymentState {
        releases = List.copyOf(releases);
        served = List.copyOf(served);
    }
}
