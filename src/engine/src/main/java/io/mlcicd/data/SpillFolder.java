package io.mlcicd.data;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder under the system's folder for temporary files, for its owner's eyes alone, that is gone once it is closed or
 * this process is told to end.
 */
public final class SpillFolder implements AutoCloseable {

    private final Path path;
    private final Thread atExit;

    private SpillFolder(Path path) {
        this.path = path;
        this.atExit = new Thread(this::removeQuietly, "remove " + path);
    }

    /**
     * Makes one.
     *
     * @throws IOException when the system does not let it
     */
    public static SpillFolder create() throws IOException {
        SpillFolder folder = new SpillFolder(Files.createTempDirectory("mlcicd-data-"));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    /** A folder inside of another. */
    static SpillFolder below(Path folder) throws IOException {
        Files.createDirectories(folder);
        SpillFolder inner = new SpillFolder(Files.createTempDirectory(folder, "text-"));
        Runtime.getRuntime().addShutdownHook(inner.atExit);
        return inner;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it; removing twice does no harm.
        }
        try {
            remove();
        } catch (IOException | UncheckedIOException e) {
            throw new OutsideSystemException("cannot remove the temporary folder " + path + ": " + e.getMessage(), e);
        }
    }

    private void remove() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException | UncheckedIOException e) {
            // Nobody is left to be told.
        }
    }
}
