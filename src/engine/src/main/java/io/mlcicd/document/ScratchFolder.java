package io.mlcicd.document;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for files that nobody needs later; closing removes it.
 *
 * @param path where it is, among the temporary files
 */
public record ScratchFolder(Path path) implements AutoCloseable {

    /**
     * Makes one.
     *
     * @param purpose a word by which somebody who finds it knows whose it is
     * @throws OutsideSystemException when the disk refuses
     */
    public static ScratchFolder create(String purpose) {
        try {
            return new ScratchFolder(Files.createTempDirectory("mlcicd-" + purpose + "-"));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Folders.remove(path);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
