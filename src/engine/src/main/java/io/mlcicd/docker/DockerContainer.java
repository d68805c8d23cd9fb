package io.mlcicd.docker;

import java.util.Map;
import java.util.Optional;

/**
 * A container at one moment.
 *
 * @param id its id, 64 digits
 * @param name its name without a slash before it
 * @param image id of the image it was made of
 * @param status {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code exited} or {@code dead}
 * @param exitCode how its program ended; 0 while it runs
 * @param outOfMemory whether the kernel ended it for want of memory
 * @param error why the daemon could not start it; empty when it could
 * @param startedAt ISO 8601 with nanoseconds
 * @param restarts how often the daemon has started it again
 * @param pid process id of its program on the daemon's machine; 0 when it does not run
 * @param labels its labels
 * @param ports the container's port, such as {@code 8080/tcp}, to the port on the daemon's machine
 */
public record DockerContainer(
        String id,
        String name,
        String image,
        String status,
        int exitCode,
        boolean outOfMemory,
        Optional<String> error,
        String startedAt,
        int restarts,
        long pid,
        Map<String, String> labels,
        Map<String, Integer> ports) {

    public DockerContainer {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }

    /** Whether its program runs. */
    public boolean running() {
        return status.equals("running");
    }

    /** How its program ended, in words: exit code, or that it had too little memory. */
    public String ending() {
        String why = outOfMemory ? ", for it had too little memory" : "";
        return error.map(text -> "could not be started: " + text).orElse("ended with exit code " + exitCode + why);
    }
}
