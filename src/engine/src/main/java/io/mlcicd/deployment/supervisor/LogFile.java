package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a log that other processes append to from filling the disk: what is too long becomes the former log, which is
 * replaced, and the file starts anew. Writers keep the file open for appending, so it is emptied, not moved.
 */
final class LogFile {

    static final long MOST_BYTES = 8L << 20;

    private LogFile() {}

    static void cap(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > MOST_BYTES) {
                Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        } catch (IOException e) {
            System.err.println("the log " + log.getFileName() + " cannot be shortened: " + e.getMessage());
        }
    }
}
