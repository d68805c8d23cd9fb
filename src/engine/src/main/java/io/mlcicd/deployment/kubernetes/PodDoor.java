package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.mlcicd.deployment.kubernetes.KubernetesSettings.Reach;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A port of this machine that leads to a ready pod of a run. It is there before any pod is; until then, connections to it
 * are closed at once.
 */
final class PodDoor implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;

    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final Map<String, String> labels;
    private final Optional<ServerSocket> door;
    private Optional<LocalPortForward> forward = Optional.empty();
    private String forwarded = "";

    PodDoor(KubernetesSettings settings, Cluster cluster, Map<String, String> labels) {
        this.settings = settings;
        this.cluster = cluster;
        this.labels = labels;
        this.door = settings.reach() == Reach.NONE ? Optional.empty() : Optional.of(open());
        door.ifPresent(socket -> begin("ml-cicd door to pods", () -> let(socket)));
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new OutsideSystemException("no port of this machine can be opened: " + e.getMessage(), e);
        }
    }

    /** Empty where pods are not to be asked. */
    Optional<URI> address() {
        return door.map(socket -> URI.create("http://127.0.0.1:" + socket.getLocalPort()));
    }

    private void let(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                begin("ml-cicd connection to a pod", () -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket pod = new Socket()) {
            Optional<InetSocketAddress> there = there();
            if (there.isEmpty()) {
                return;
            }
            pod.connect(there.get(), CONNECT_MILLIS);
            Thread back = begin("ml-cicd answers of a pod", () -> pass(pod, client));
            pass(client, pod);
            back.join();
        } catch (IOException | OutsideSystemException | InvalidInputException e) {
            // Whoever asked sees a closed connection and asks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone; the other is closed by the thread that opened both.
        }
    }

    private synchronized Optional<InetSocketAddress> there() throws InterruptedException {
        List<ObjectNode> ready = PodReport.pods(cluster, labels).stream()
                .filter(PodReport::ready)
                .toList();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        if (settings.reach() == Reach.CLUSTER) {
            String address = ready.get(0).path("status").path("podIP").asText();
            return Optional.of(new InetSocketAddress(address, settings.port()));
        }
        boolean leads = ready.stream().anyMatch(pod -> Manifests.name(pod).equals(forwarded));
        if (!leads || forward.filter(LocalPortForward::isAlive).isEmpty()) {
            shut();
            forwarded = Manifests.name(ready.get(0));
            forward = Optional.of(cluster.forward(forwarded, settings.port()));
        }
        return Optional.of(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), forward.get().getLocalPort()));
    }

    private static Thread begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void shut() {
        try {
            if (forward.isPresent()) {
                forward.get().close();
            }
        } catch (IOException e) {
            forwarded = "";
        }
        forward = Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (door.isPresent()) {
                door.get().close();
            }
        } catch (IOException e) {
            forwarded = "";
        }
        synchronized (this) {
            shut();
        }
    }
}
