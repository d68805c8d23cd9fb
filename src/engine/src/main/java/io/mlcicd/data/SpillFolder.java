package io.mlcicd.data;

import io.mlcicd.document.Folders;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            Folders.remove(path);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove the temporary folder " + path + ": " + e.getMessage(), e);
        }
    }

    private void removeQuietly() {
        try {
            Folders.remove(path);
        } catch (IOException e) {
            // Nobody is left to be told.
        }
    }
}
