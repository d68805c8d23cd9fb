package io.mlcicd.packaging.check;

import io.mlcicd.docker.DockerCommand;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.serving.ServeCheck;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.serving.ServingContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The check that an image answers: by a Docker daemon where there is one, else, for an image that brings no system or
 * no interpreter of its own, by running its files and command on this host.
 */
public final class ServedImage {

    private static final int LOOK_MILLIS = 500;

    private final ServingContract contract;
    private final ServeCheck check;
    private final DockerCommand docker;
    private final Progress progress;

    private ServedImage(ServingContract contract, ServeCheck check, DockerCommand docker, Progress progress) {
        this.contract = contract;
        this.check = check;
        this.docker = docker;
        this.progress = progress;
    }

    /**
     * Reads what is to be asked, so that a bad file is told before anything is built.
     *
     * @param model the model's file or folder
     * @throws InvalidInputException when a file is wrong, or there is nothing to ask
     */
    public static ServedImage prepare(ServingContract contract, Path model, DockerCommand docker, Progress progress) {
        return new ServedImage(contract, ServeCheck.prepare(contract, model, progress), docker, progress);
    }

    /**
     * Starts an image, asks it, and removes all that was started.
     *
     * @param tarball the image as an OCI image layout that {@code docker load} reads
     * @param image its name
     * @param loaded whether the daemon has it already
     * @param onNothing whether it was built on no base image at all
     * @throws InvalidInputException when it cannot be run here, or its port is taken
     */
    public ServeReport run(Path tarball, String image, boolean loaded, boolean onNothing) throws InterruptedException {
        progress.step("starting " + image, Double.NaN);
        Optional<String> noDaemon = docker.unavailable();
        Optional<String> absent = onNothing ? absentProgram(tarball) : Optional.empty();
        if (noDaemon.isEmpty() && absent.isEmpty()) {
            return new ContainerTrial(docker, contract, check, progress).run(tarball, image, loaded);
        }
        if (!onNothing) {
            throw new InvalidInputException(("package.serveCheck: what was packaged cannot be started: %s; without a"
                            + " daemon only images with the base 'scratch' can, for their command runs on this host")
                    .formatted(noDaemon.get()));
        }
        progress.line(absent.map(program -> "the image stands on nothing and has no " + program + " (package.base)")
                        .orElseGet(() -> "no Docker daemon (" + noDaemon.orElseThrow() + ")")
                + ": the image's files and its command are tried on this host, its base image is not");
        try {
            return new ProcessTrial(contract, check).run(tarball);
        } catch (IOException e) {
            throw unreadable(tarball, e);
        }
    }

    /** What the image runs and does not bring, so that a container of it could start nothing. */
    private static Optional<String> absentProgram(Path tarball) {
        try {
            ImageFiles image = ImageFiles.open(tarball);
            return image.brings(tarball)
                    ? Optional.empty()
                    : Optional.of(image.command().get(0));
        } catch (IOException e) {
            throw unreadable(tarball, e);
        }
    }

    private static OutsideSystemException unreadable(Path tarball, IOException e) {
        return new OutsideSystemException("cannot unpack " + tarball + " to start it: " + e.getMessage(), e);
    }

    /** A port of this host that somebody listens on would answer in the place of what is to be tried. */
    static void requireFree(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MILLIS);
        } catch (IOException e) {
            return;
        }
        throw new InvalidInputException(
                ("package.serve.port: another program listens on port %d of this host, where the"
                                + " image's program must listen to be tried; stop it, or take another port")
                        .formatted(port));
    }
}
