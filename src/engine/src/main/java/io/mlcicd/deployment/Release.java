package io.mlcicd.deployment;

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

    /**
     * Makes the release, or finds it when the same content was released before.
     *
     * @throws InvalidInputException when a file is missing or outside the project
     */
    static Release prepare(DeploymentRequest request, DeploymentHome home) {
        Path base = request.baseDirectory().toAbsolutePath().normalize();
        TreeMap<String, Path> files = new TreeMap<>();
        add(files, base, request.modelPath(), "the model");
        for (String pattern : request.files()) {
            int before = files.size();
            addMatching(files, base, pattern);
            if (files.size() == before) {
                throw new InvalidInputException("no file of " + base + " matches '" + pattern + "'");
            }
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

    private static void add(TreeMap<String, Path> files, Path base, String relative, String what) {
        Path path = base.resolve(relative).normalize();
        if (!path.startsWith(base)) {
            throw new InvalidInputException(what + " '" + relative + "' is outside the project's folder " + base);
        }
        if (!Files.exists(path)) {
            throw new InvalidInputException(what + " '" + relative + "' does not exist in " + base);
        }
        try {
            for (Path file : Digests.filesBelow(path)) {
                files.put(base.relativize(file).toString().replace('\\', '/'), file);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static void addMatching(TreeMap<String, Path> files, Path base, String pattern) {
        if (Files.exists(base.resolve(pattern))) {
            add(files, base, pattern, "the file");
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> walk = Files.walk(base)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> !base.relativize(file).startsWith(".mlcicd"))
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .forEach(file -> files.put(base.relativize(file).toString().replace('\\', '/'), file));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + base + ": " + e.getMessage(), e);
        }
    }

    /** Whoever holds the deployment's lock is alone, so a partial copy was left by a deployer that died. */
    private static void copy(TreeMap<String, Path> files, Path folder) throws IOException {
        Path partial = folder.resolveSibling(".partial");
        remove(partial);
        Files.createDirectories(partial);
        for (var file : files.entrySet()) {
            Path target = partial.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target);
            target.toFile().setExecutable(Files.isExecutable(file.getValue()), false);
        }
        Files.move(partial, folder);
    }

    /** The ids of the releases that are kept, the one released last first. */
    static List<String> kept(DeploymentHome home) {
        if (!Files.isDirectory(home.releases())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(home.releases())) {
            return folders.filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + home.releases() + ": " + e.getMessage(), e);
        }
    }

    /** Notes that the release was just released, and removes those beyond the last three. */
    void markReleased(DeploymentHome home) {
        if (!folder.toFile().setLastModified(System.currentTimeMillis())) {
            throw new OutsideSystemException("cannot touch " + folder);
        }
        List<String> kept = kept(home);
        kept.subList(Math.min(KEPT, kept.size()), kept.size())
                .forEach(id -> remove(home.releases().resolve(id)));
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
