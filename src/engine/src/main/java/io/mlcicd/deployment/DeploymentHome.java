package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of one deployment: releases, logs, and what its supervisor leaves there. */
record DeploymentHome(Path stateDir, String name) {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** The right to change a deployment; given back when it is closed, or when this process dies. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    Path folder() {
        return stateDir.resolve("deployments").resolve(name).toAbsolutePath().normalize();
    }

    Path releases() {
        return folder().resolve("releases");
    }

    Path log(String release) {
        return folder().resolve("logs").resolve(release + ".log");
    }

    Path supervisorLog() {
        return folder().resolve("logs").resolve("supervisor.log");
    }

    Path control() {
        return folder().resolve(SupervisorMain.CONTROL_FILE);
    }

    Path jar() {
        return folder().resolve("supervisor.jar");
    }

    /**
     * Takes the right to change the deployment.
     *
     * @throws InvalidInputException when somebody else is changing it right now
     */
    Lock lock() {
        Path file = folder().resolveSibling("." + name + ".lock");
        // Closing any channel to a file gives up this process's lock on it (POSIX), so a second one is never opened.
        if (!HELD.add(file)) {
            throw beingChanged();
        }
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw beingChanged();
            }
            Files.createDirectories(folder().resolve("logs"));
            return () -> close(file, channel);
        } catch (IOException e) {
            HELD.remove(file);
            throw new OutsideSystemException("cannot lock " + folder() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private InvalidInputException beingChanged() {
        return new InvalidInputException("the deployment '" + name
                + "' is being changed by another command right now; wait for it, then try again");
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
