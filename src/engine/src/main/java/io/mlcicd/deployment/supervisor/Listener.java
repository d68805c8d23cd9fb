package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** One port that is listened on, and the thread that waits for connections to it. */
final class Listener {

    private static final int BACKLOG = 512;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final Consumer<Socket> connections;
    private final Thread acceptor;

    /** @throws IOException when the address cannot be listened on */
    Listener(Address address, Consumer<Socket> connections) throws IOException {
        this.connections = connections;
        socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        acceptor = Forwarder.daemon(this::accept, "accept");
        acceptor.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                connections.accept(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    System.err.println("a connection could not be accepted: " + e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Out of file descriptors, most likely; trying again at once would only burn the processor. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the port back. The system keeps it taken for as long as a thread still waits on it, so that thread is awaited. */
    void close() {
        try {
            socket.close();
            acceptor.join(PATIENCE.toMillis());
        } catch (IOException e) {
            System.err.println("a port could not be closed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
