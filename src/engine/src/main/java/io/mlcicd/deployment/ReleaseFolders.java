package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.History;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders of a deployment's releases. */
final class ReleaseFolders {

    private static final int KEPT = 3;

    private ReleaseFolders() {}

    /** The ids of the releases that served and are kept, the last one first. */
    static List<String> kept(DeploymentHome home) {
        try {
            List<String> local = new History(home.folder()).releases();
            List<String> served = local.isEmpty() ? DeploymentRecord.of(home).servedLast() : local;
            return served.stream()
                    .filter(id -> Files.isDirectory(home.releases().resolve(id)))
                    .toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read the history of " + home.folder() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Removes what nobody goes back to: releases before the last three, releases that never served, and what a killed
     * deployer left half copied. Only for the holder of the deployment's lock.
     */
    static void tidy(DeploymentHome home) {
        Set<Path> kept = kept(home).stream()
                .limit(KEPT)
                .map(id -> home.releases().resolve(id))
                .collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(home.releases())) {
            folders.filter(folder -> !kept.contains(folder)).forEach(folder -> {
                remove(folder);
                Release.forget(folder);
            });
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + home.releases() + ": " + e.getMessage(), e);
        }
    }

    /** Removes a folder and all below it, or a file. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
