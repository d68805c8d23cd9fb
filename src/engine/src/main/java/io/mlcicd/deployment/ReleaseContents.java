package io.mlcicd.deployment;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a release is to hold, looked at but not copied yet.
 *
 * @param id the first twelve digits of the content's digest
 * @param files where each file is now, by its path in the release; none for an image
 */
record ReleaseContents(
        String id, TreeMap<String, Path> files, Artifact model, String modelPath, Optional<ImageContent> image) {

    private static final String PARTIAL = ".release";

    /**
     * What a request asks to release.
     *
     * @throws InvalidInputException when a file is missing or outside the project
     */
    static ReleaseContents of(DeploymentRequest request) {
        try {
            return request.image().isPresent()
                    ? ofImage(request, request.image().get())
                    : ofFiles(request);
        } catch (IOException e) {
            throw new OutsideSystemException("the release cannot be read: " + e.getMessage(), e);
        }
    }

    /** The contents of a release that is kept, to be moved on as they are. */
    static ReleaseContents of(Release kept) {
        TreeMap<String, Path> files = new TreeMap<>();
        try {
            if (kept.image().isEmpty()) {
                put(files, kept.folder(), Optional.empty(), Digests.filesBelow(kept.folder()));
            }
            String id = kept.image().isPresent() ? kept.id() : id(files);
            if (!id.equals(kept.id())) {
                throw new InvalidInputException("release %s was changed where it is kept (%s): its content is %s now"
                        .formatted(kept.id(), kept.folder(), id));
            }
            return new ReleaseContents(id, files, kept.model(), kept.modelPath(), kept.image());
        } catch (IOException e) {
            throw new OutsideSystemException("release " + kept.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ReleaseContents ofImage(DeploymentRequest request, ImageContent image) throws IOException {
        Path base = request.baseDirectory().toAbsolutePath().normalize();
        existing(base, request.modelPath(), "the model");
        String digest = image.digest().isPresent()
                ? image.digest().get()
                : Digests.of(image.archive()
                                .orElseThrow(() -> new InvalidInputException("the image '" + image.reference()
                                        + "' has no digest; name it as repository@sha256:..., or package the model"
                                        + " first (deploy.image)")))
                        .value();
        Artifact model = Digests.artifact("model", request.modelPath(), base.resolve(request.modelPath()));
        return new ReleaseContents(
                new Digest(digest).abbreviated(), new TreeMap<>(), model, request.modelPath(), Optional.of(image));
    }

    private static ReleaseContents ofFiles(DeploymentRequest request) throws IOException {
        Path base = request.baseDirectory().toAbsolutePath().normalize();
        Optional<Path> state = Optional.of(request.stateDir().toAbsolutePath().normalize());
        TreeMap<String, Path> files = new TreeMap<>();
        put(files, base, state, existing(base, request.modelPath(), "the model"));
        for (String pattern : request.files()) {
            List<Path> matching = matching(base, pattern);
            if (matching.isEmpty()) {
                throw new InvalidInputException("no file of " + base + " matches '" + pattern + "'");
            }
            put(files, base, state, matching);
        }
        Artifact model = Digests.artifact("model", request.modelPath(), base.resolve(request.modelPath()));
        return new ReleaseContents(id(files), files, model, request.modelPath(), Optional.empty());
    }

    private static String id(TreeMap<String, Path> files) throws IOException {
        StringBuilder listing = new StringBuilder();
        for (var file : files.entrySet()) {
            listing.append(Digests.of(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        return Digests.of(listing.toString().getBytes(StandardCharsets.UTF_8)).abbreviated();
    }

    private static void put(TreeMap<String, Path> files, Path base, Optional<Path> state, List<Path> added) {
        for (Path file : added) {
            // A release that holds the earlier releases would grow with each.
            if (state.filter(file::startsWith).isEmpty()) {
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

    /** Makes the release, or finds it when the same content was released before. Only for the holder of the lock. */
    Release keep(DeploymentHome home) throws InterruptedException {
        Path folder = home.releases().resolve(id);
        Release release = new Release(id, folder, model, modelPath, image);
        try {
            if (!Files.exists(folder)) {
                copy(folder);
            }
            release.note();
            return release;
        } catch (IOException e) {
            throw new OutsideSystemException("the release cannot be copied: " + e.getMessage(), e);
        }
    }

    private void copy(Path folder) throws IOException, InterruptedException {
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
            ReleaseFolders.remove(partial);
        }
    }
}
