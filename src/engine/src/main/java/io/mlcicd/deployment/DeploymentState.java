package io.mlcicd.deployment;

import java.util.List;
import java.util.Optional;

/**
 * How a deployment stands.
 *
 * @param name its name
 * @param running whether its supervisor runs
 * @param release the release with the traffic; empty when none has
 * @param alive whether that release's process runs
 * @param pid that process; 0 when there is none
 * @param since when that process was started, ISO 8601
 * @param url where clients reach it; empty when nothing runs
 * @param restarts how often it was started again after a crash
 * @param releases all releases that are kept, newest first
 */
public record DeploymentState(
        String name,
        boolean running,
        Optional<String> release,
        boolean alive,
        long pid,
        Optional<String> since,
        Optional<String> url,
        int restarts,
        List<String> releases) {}
