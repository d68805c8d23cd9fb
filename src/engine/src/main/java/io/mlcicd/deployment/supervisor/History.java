package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The releases that were confirmed, the last one first. The supervisor keeps it, not the deployer, so that a deployer that
 * dies right after the confirmation cannot leave it out of date.
 *
 * @param home the deployment's folder
 */
public record History(Path home) {

    private static final String FILE = "history";

    /** The releases' ids, the one confirmed last first. */
    public List<String> releases() throws IOException {
        Path file = home.resolve(FILE);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Puts the release in front. */
    void add(String release) throws IOException {
        List<String> releases = new ArrayList<>(releases());
        releases.remove(release);
        releases.add(0, release);
        Path partial = home.resolve(FILE + ".part");
        Files.write(partial, releases);
        Files.move(partial, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
