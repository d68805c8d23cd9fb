package io.mlcicd.packaging.check;

import io.mlcicd.docker.ContainerNetwork;
import io.mlcicd.docker.DockerCommand;
import io.mlcicd.docker.DockerContainer;
import io.mlcicd.docker.DockerRun;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.serving.ServeCheck;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.serving.ServingContract;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tries an image in a container, which is gone afterwards; one that a killed process left goes with the next trial. */
record ContainerTrial(DockerCommand docker, ServingContract contract, ServeCheck check, Progress progress) {

    private static final String HOST = "io.mlcicd.serve-check.host";
    private static final String PROCESS = "io.mlcicd.serve-check.process";
    private static final int LOG_LINES = 10;
    private static final String LOOPBACK = "127.0.0.1";

    /** The container as a program that serves. */
    private record Served(DockerCommand docker, String id) implements ServeCheck.ServedProgram {

        @Override
        public Optional<String> ended() throws InterruptedException {
            DockerContainer container = docker.container(id);
            return container.running() ? Optional.empty() : Optional.of(container.ending());
        }

        @Override
        public List<String> log() throws InterruptedException {
            return docker.logs(id, LOG_LINES);
        }
    }

    ServeReport run(Path tarball, String image, boolean loaded) throws InterruptedException {
        removeAbandoned();
        if (loaded) {
            return run(image);
        }
        Optional<String> before =
                docker.hasImage(image) ? Optional.of(docker.image(image).id()) : Optional.empty();
        String name = docker.load(tarball, line -> {});
        try {
            return run(name);
        } finally {
            forget(name, before);
        }
    }

    /** The name must mean in the daemon what it meant before; nobody asked for a copy of the image there. */
    private void forget(String name, Optional<String> before) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            boolean same = before.isPresent() && docker.image(name).id().equals(before.get());
            if (!same) {
                docker.removeImage(name);
                if (before.isPresent()) {
                    docker.tag(before.get(), name);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ServeReport run(String image) throws InterruptedException {
        String publishing = docker.publishingHost();
        boolean local = publishing.equals(LOOPBACK);
        boolean bridge = docker.hasBridge();
        if (!bridge && local) {
            ServedImage.requireFree(contract.port());
        }
        ContainerNetwork network = bridge
                ? new ContainerNetwork.Published(local ? LOOPBACK : "0.0.0.0", 0, contract.port())
                : new ContainerNetwork.Host();
        String id = docker.start(new DockerRun(
                image,
                "mlcicd-serve-check-" + UUID.randomUUID(),
                Map.of(HOST, thisHost(), PROCESS, thisProcess()),
                Map.of(),
                List.of(),
                List.of(),
                network,
                List.of()));
        try {
            int port = bridge ? published(id) : contract.port();
            String host = publishing.contains(":") ? "[" + publishing + "]" : publishing;
            return check.run(URI.create("http://" + host + ":" + port), new Served(docker, id));
        } finally {
            docker.remove(id);
        }
    }

    private int published(String id) throws InterruptedException {
        DockerContainer container = docker.container(id);
        Integer port = container.ports().get(contract.port() + "/tcp");
        // A container that has ended already has no ports; the check finds that out by itself.
        return port == null ? contract.port() : port;
    }

    private void removeAbandoned() throws InterruptedException {
        for (String id : docker.containers(HOST, thisHost())) {
            try {
                if (!alive(docker.container(id).labels().getOrDefault(PROCESS, ""))) {
                    docker.remove(id);
                    progress.line("removed a container that a killed serve check had left");
                }
            } catch (InvalidInputException e) {
                // Its own process was quicker to remove it.
            }
        }
    }

    /** Process id and start; an id alone may have gone to another process. */
    private static String thisProcess() {
        return ProcessHandle.current().pid() + "-" + started(ProcessHandle.current());
    }

    private static boolean alive(String process) {
        String[] parts = process.split("-", 2);
        return parts.length == 2
                && parts[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(handle -> started(handle).equals(parts[1]))
                        .isPresent();
    }

    private static String started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(at -> String.valueOf(at.toEpochMilli()))
                .orElse("");
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
