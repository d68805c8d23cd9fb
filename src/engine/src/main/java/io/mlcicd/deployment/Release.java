package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.History;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of the model and its files that nobody changes any more, laid out as in the project.
 *
 * @param id the first twelve digits of the content's digest
 * @param folder where the copy is
 * @param model the model, by content
 */
record Release(String id, Path folder, Artifact model) {

    private static final int KEPT = 3;
    private static final String PARTIAL = ".release";

    /**
     * Makes the release, or finds it when the same content was released before.
     *
     * @throws InvalidInputException when a file is missing or outside the project
     */
    static Release prepare(DeploymentRequest request, DeploymentHome home) throws InterruptedException {
        Path base = request.baseDirectory().toAbsolutePath().normalize();
        Path state = request.stateDir().toAbsolutePath().normalize();
        TreeMap<String, Path> files = new TreeMap<>();
        put(files, base, state, existing(base, request.modelPath(), "the model"));
        for (String pattern : request.files()) {
            List<Path> matching = matching(base, pattern);
            if (matching.isEmpty()) {
                throw new InvalidInputException("no file of " + base + " matches '" + pattern + "'");
            }
            put(files, base, state, matching);
        }
        try {
            StringBuilder listing = new StringBuilder();
            for (var file : files.entrySet()) {
                listing.append(Digests.of(file.getValue()))
                        .append("  ")
                        .append(file.getKey())
                        .append('\n');
            }
            String id = Digests.of(listing.toString().getBytes(StandardCharsets.UTF_8))
                    .abbreviated();
            Path folder = home.releases().resolve(id);
            if (!Files.exists(folder)) {
                copy(files, folder);
            }
            Artifact model = Digests.artifact("model", request.modelPath(), base.resolve(request.modelPath()));
            return new Release(id, folder, model);
        } catch (IOException e) {
            throw new OutsideSystemException("the release cannot be copied: " + e.getMessage(), e);
        }
    }

    private static void put(TreeMap<String, Path> files, Path base, Path state, List<Path> added) {
        for (Path file : added) {
            // A release that holds the earlier releases would grow with each.
            if (!file.startsWith(state)) {
                files.put(base.relativize(file).toString().replace('\\', '/'), file);
            }
        }
    }

    private static List<Path> existing(Path base, String relative, String what) {
        Path path = base.resolve(relative).normalize();
        if (!path.startsWith(base)) {
            throw new InvalidInputException(what + " '" + relative + "' is outside the project's folder " + base);
        }
        if (!Files.exists(path)) {
            throw new InvalidInputException(what + " '" + relative + "' does not exist in " + base);
        }
        try {
            return Digests.filesBelow(path);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> matching(Path base, String pattern) {
        if (Files.exists(base.resolve(pattern))) {
            return existing(base, pattern, "the file");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> walk = Files.walk(base)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + base + ": " + e.getMessage(), e);
        }
    }

    private static void copy(TreeMap<String, Path> files, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        Path partial = Files.createTempDirectory(folder.getParent(), PARTIAL);
        try {
            for (var file : files.entrySet()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Path target = partial.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.copy(file.getValue(), target);
                target.toFile().setExecutable(Files.isExecutable(file.getValue()), false);
            }
            Files.move(partial, folder);
        } finally {
            remove(partial);
        }
    }

    /** The ids of the releases that served and are kept, the last one first. */
    static List<String> kept(DeploymentHome home) {
        try {
            return new History(home.folder())
                    .releases().stream()
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
        List<String> kept = kept(home).stream().limit(KEPT).toList();
        try (Stream<Path> folders = Files.list(home.releases())) {
            folders.filter(folder -> !kept.contains(folder.getFileName().toString()))
                    .forEach(Release::remove);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + home.releases() + ": " + e.getMessage(), e);
        }
    }

    /** Removes a folder and all below it. */
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
