package io.mlcicd.document;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that a reader sees the old content or the new, never a part, whenever the writer is killed. */
public final class AtomicFiles {

    /** Writes content to a stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFiles() {}

    /** Replaces or creates the file with this text in UTF-8; folders above it are made. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Replaces or creates the file; folders above it are made. When writing fails, the file stays as it was.
     *
     * @throws OutsideSystemException when the disk refuses
     */
    public static void write(Path file, Content content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw refused(file, e);
        }
        writeInFolder(file, content);
    }

    /**
     * Replaces or creates the file in a folder that is there; no folder is made, for where it was removed in the meantime what
     * belongs into it is not wanted any more. When writing fails, the file stays as it was.
     *
     * @throws OutsideSystemException when the disk refuses, or there is no such folder
     */
    public static void writeInFolder(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            move(partial, target);
        } catch (IOException e) {
            delete(partial);
            throw refused(file, e);
        } catch (RuntimeException e) {
            delete(partial);
            throw e;
        }
    }

    private static OutsideSystemException refused(Path file, IOException e) {
        return new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // The failure that led here is the one worth reporting; a leftover hidden file harms nobody.
        }
    }
}
