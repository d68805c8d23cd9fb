package io.mlcicd.packaging;

import io.mlcicd.document.Folders;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A folder for what is half done; closing it removes all that is still in there. */
record WorkFolder(Path path) implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    /** A hidden folder next to the file that is to be made, so that putting it in place is one atomic move. */
    static WorkFolder nextTo(Optional<Path> output) {
        try {
            if (output.isEmpty()) {
                return new WorkFolder(Files.createTempDirectory("mlcicd-image-"));
            }
            Path file = output.get().toAbsolutePath();
            Files.createDirectories(file.getParent());
            return new WorkFolder(Files.createTempDirectory(file.getParent(), "." + file.getFileName() + "."));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a folder to build the image in: " + e.getMessage(), e);
        }
    }

    /** Takes a finished file out of the folder, replacing what was in its place. */
    static void putInPlace(Path finished, Path output) {
        try {
            Files.move(finished, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write " + output + ": " + e.getMessage(), e);
        }
    }

    /** A thread that was stopped may still make a file while its folder is being removed; hence the attempts. */
    @Override
    public void close() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            try {
                Folders.remove(path);
            } catch (IOException e) {
                // The next attempt sees what is left; what the last leaves is a hidden folder, harmless to the result.
            }
        }
    }
}
