package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of one deployment: releases, logs, and what its supervisor leaves there. */
record DeploymentHome(Path stateDir, String name) {

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
        try {
            Files.createDirectories(folder().resolve("logs"));
            FileChannel channel =
                    FileChannel.open(folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new InvalidInputException("the deployment '" + name
                        + "' is being changed by another command right now; wait for it, then try again");
            }
            return () -> close(channel);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot lock " + folder() + ": " + e.getMessage(), e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot unlock the deployment: " + e.getMessage(), e);
        }
    }
}
