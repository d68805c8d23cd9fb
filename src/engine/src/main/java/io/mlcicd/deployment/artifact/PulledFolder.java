package io.mlcicd.deployment.artifact;

import io.mlcicd.document.Folders;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that an application reads: a symbolic link to one of the versions kept beside it, in a folder of the same
 * name with a dot before. The link is replaced at once, so that an application sees one version or the other; one that has
 * resolved the link stays with its version, which is kept while it is the last but one or not older than an hour.
 */
final class PulledFolder {

    private static final String PARTIAL = ".partial-";
    private static final Duration IN_USE = Duration.ofHours(1);
    private static final int KEPT = 2;

    private final Path link;
    private final Path versions;

    PulledFolder(Path folder) {
        link = folder.toAbsolutePath().normalize();
        versions = link.resolveSibling("." + link.getFileName());
    }

    /**
     * Makes sure that it may be replaced.
     *
     * @throws InvalidInputException when something else is there
     */
    void requireFree() {
        boolean ours = Files.isSymbolicLink(link) && current().isPresent();
        if (!ours && Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder()) {
            throw new InvalidInputException(
                    "%s is there already and was not made by pull; name another folder, or remove it first (--to)"
                            .formatted(link));
        }
    }

    private boolean isEmptyFolder() {
        if (!Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(link)) {
            return inside.findAny().isEmpty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + link + ": " + e.getMessage(), e);
        }
    }

    /** The version that it holds now. */
    Optional<Path> current() {
        try {
            return Files.isSymbolicLink(link)
                    ? Optional.of(link.resolveSibling(Files.readSymbolicLink(link))
                                    .normalize())
                            .filter(target -> versions.equals(target.getParent()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + link + ": " + e.getMessage(), e);
        }
    }

    /** What the folder is to hold. */
    interface Contents {

        /** By which it is known. */
        Digest digest();

        /** Whether a folder holds all of it, unchanged, and no more. */
        boolean isIn(Path folder) throws IOException;

        /** Writes it into an empty folder; every file is found to be what it should be. */
        void writeTo(Path folder, Progress progress) throws IOException, InterruptedException;
    }

    /**
     * Lets the folder hold a version.
     *
     * @return whether it did not before
     */
    boolean put(Contents contents, Progress progress) throws InterruptedException {
        try {
            Files.createDirectories(versions);
            Optional<Path> before = current();
            Optional<Path> there = whole(contents);
            Path wanted = there.isPresent() ? there.get() : fetched(contents, progress);
            boolean changed = !before.equals(Optional.of(wanted));
            if (changed) {
                Path next = versions.resolve(PARTIAL + UUID.randomUUID());
                Files.createSymbolicLink(next, versions.getFileName().resolve(wanted.getFileName()));
                if (!before.isPresent() && isEmptyFolder()) {
                    Files.deleteIfExists(link);
                }
                Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            tidy(wanted, before);
            return changed;
        } catch (UnsupportedOperationException e) {
            throw new OutsideSystemException(
                    "the disk of %s has no symbolic links, which pull needs; name a folder on another".formatted(link),
                    e);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write %s: %s".formatted(link, e.getMessage()), e);
        }
    }

    /** A folder that holds that very version, unchanged. */
    private Optional<Path> whole(Contents contents) throws IOException {
        for (Path kept : kept()) {
            if (kept.getFileName().toString().startsWith(contents.digest().abbreviated()) && contents.isIn(kept)) {
                return Optional.of(kept);
            }
        }
        return Optional.empty();
    }

    private Path fetched(Contents contents, Progress progress) throws IOException, InterruptedException {
        Path partial = versions.resolve(PARTIAL + UUID.randomUUID());
        try {
            Files.createDirectory(partial);
            contents.writeTo(partial, progress);
            String name = contents.digest().abbreviated();
            Path whole = versions.resolve(name);
            try {
                Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                // Another pull was first, or what is there was changed: an application may be reading either.
                whole = versions.resolve(
                        name + "-" + UUID.randomUUID().toString().substring(0, 8));
                Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            }
            return whole;
        } finally {
            Folders.remove(partial);
        }
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(versions)) {
            return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.getFileName().toString().startsWith(PARTIAL))
                    .toList();
        }
    }

    /** Removes what no application can be reading any more, and what a killed one left. */
    private void tidy(Path now, Optional<Path> before) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.list(versions)) {
            all = inside.toList();
        }
        Instant old = Instant.now().minus(IN_USE);
        List<Path> last = all.stream()
                .filter(path -> !path.getFileName().toString().startsWith(PARTIAL))
                .sorted(Comparator.comparing(PulledFolder::changed).reversed())
                .limit(KEPT)
                .toList();
        for (Path path : all) {
            boolean needed = path.equals(now) || before.filter(path::equals).isPresent() || last.contains(path);
            if (!needed && changed(path).isBefore(old)) {
                Folders.remove(path);
            }
        }
    }

    private static Instant changed(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }
}
