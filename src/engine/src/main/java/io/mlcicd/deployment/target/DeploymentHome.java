package io.mlcicd.deployment.target;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one deployment: releases, logs, its record, and what its target keeps there.
 *
 * @param stateDir where deployments are kept
 * @param name the deployment's name
 */
public record DeploymentHome(Path stateDir, String name) {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final long LOOK_AGAIN_MILLIS = 100;

    /** The right to change a deployment; given back when it is closed, or when this process dies. */
    public interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    public Path folder() {
        return stateDir.resolve("deployments").resolve(name).toAbsolutePath().normalize();
    }

    /** One folder for each release. */
    public Path releases() {
        return folder().resolve("releases");
    }

    public Path logs() {
        return folder().resolve("logs");
    }

    /** What a release prints. */
    public Path log(String release) {
        return logs().resolve(release + ".log");
    }

    /**
     * Takes the right to change the deployment; a second command waits for the first.
     *
     * @param patience how long it waits
     * @throws InvalidInputException when somebody else is still changing it then
     */
    public Lock lock(Duration patience, Progress progress) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        Optional<Lock> lock = tryLock();
        if (lock.isEmpty() && !patience.isZero()) {
            progress.step(
                    "waiting for another command that is changing the deployment '" + name + "', " + words(patience)
                            + " at most",
                    0);
        }
        while (lock.isEmpty()) {
            if (System.nanoTime() - until >= 0) {
                throw new InvalidInputException(("the deployment '%s' is still being changed by another command%s; wait"
                                + " for it, then try again, or wait longer (deploy.wait)")
                        .formatted(name, !patience.isZero() ? " after " + words(patience) : ""));
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            lock = tryLock();
        }
        return lock.get();
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private Optional<Lock> tryLock() {
        Path file = folder().resolveSibling("." + name + ".lock");
        // Closing any channel to a file gives up this process's lock on it (POSIX), so a second one is never opened.
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            Files.createDirectories(logs());
            held = true;
            return Optional.of(() -> close(file, channel));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot lock " + folder() + ": " + e.getMessage(), e);
        } finally {
            if (!held) {
                HELD.remove(file);
            }
        }
    }

    private static void close(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot unlock the deployment: " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }
}
