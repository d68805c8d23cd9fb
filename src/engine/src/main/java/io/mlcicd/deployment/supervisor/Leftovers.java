package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Services that a killed supervisor could not stop; whoever comes next does. */
public final class Leftovers {

    /** A process of that number which began at another time is somebody else's by now. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private Leftovers() {}

    /**
     * Stops the services that the state file names, and removes the file.
     *
     * @param home the deployment's folder; its supervisor must not be running
     * @return whether any was still running
     */
    public static boolean stop(Path home) throws IOException {
        Path state = home.resolve(SupervisorMain.STATE_FILE);
        if (!Files.exists(state)) {
            return false;
        }
        Fields former = Fields.parse(Files.readString(state));
        List<ProcessHandle> tree = new ArrayList<>();
        former.values().forEach((name, value) -> {
            if (name.endsWith(".pid")) {
                String role = name.substring(0, name.length() - ".pid".length());
                Instant noted = Instant.parse(former.require(role + ".since"));
                ProcessHandle.of(Long.parseLong(value))
                        .filter(process -> startedAt(process, noted))
                        .ifPresent(process -> {
                            process.descendants().forEach(tree::add);
                            tree.add(process);
                        });
            }
        });
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(process -> process.onExit().join());
        Files.deleteIfExists(state);
        return !tree.isEmpty();
    }

    private static boolean startedAt(ProcessHandle process, Instant noted) {
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, noted).abs().compareTo(TOLERANCE) < 0)
                .isPresent();
    }
}
