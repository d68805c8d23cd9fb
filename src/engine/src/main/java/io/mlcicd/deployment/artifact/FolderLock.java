package io.mlcicd.deployment.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps publishers to one folder apart, in this process and in others; held for moments only. */
final class FolderLock {

    private static final String FILE = ".mlcicd.lock";

    /** A process has the lock on a file as a whole, so its own threads are kept apart by another. */
    private static final ReentrantLock HERE = new ReentrantLock();

    private FolderLock() {}

    static void holding(Path folder, Runnable work) throws IOException, InterruptedException {
        HERE.lockInterruptibly();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                work.run();
            }
        } finally {
            HERE.unlock();
        }
    }
}
