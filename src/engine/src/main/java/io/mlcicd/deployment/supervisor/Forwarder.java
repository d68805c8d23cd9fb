package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Listens on the public port and passes every connection on to whichever release is active when it comes in. Connections
 * that are open stay with the release they were opened to, so a switch drops none.
 */
final class Forwarder implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final int CONNECT_MILLIS = 5000;
    private static final int BUFFER = 1 << 14;

    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "pump");
        thread.setDaemon(true);
        return thread;
    });
    private final Supplier<Optional<Service>> active;
    private ServerSocket listener;

    Forwarder(Supplier<Optional<Service>> active) {
        this.active = active;
    }

    /** Listens there from now on, and no longer where it did. */
    synchronized void listen(String host, int port) throws IOException {
        ServerSocket next = new ServerSocket();
        next.setReuseAddress(true);
        try {
            next.bind(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        ServerSocket former = listener;
        listener = next;
        Thread thread = new Thread(() -> accept(next), "accept");
        thread.setDaemon(true);
        thread.start();
        if (former != null) {
            former.close();
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                pumps.execute(() -> serve(client));
            } catch (IOException e) {
                if (!from.isClosed()) {
                    System.err.println("a connection could not be accepted: " + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket client) {
        Optional<Service> service = active.get();
        if (service.isEmpty()) {
            close(client);
            return;
        }
        Service release = service.get();
        release.opened();
        Socket inner = new Socket();
        AtomicInteger open = new AtomicInteger(2);
        Runnable finish = () -> {
            if (open.decrementAndGet() == 0) {
                close(client);
                close(inner);
                release.closed();
            }
        };
        try {
            inner.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), release.port()), CONNECT_MILLIS);
            inner.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            close(client);
            close(inner);
            release.closed();
            return;
        }
        pumps.execute(() -> {
            pump(client, inner);
            finish.run();
        });
        pump(inner, client);
        finish.run();
    }

    /** Copies until one side ends, then tells the other side that nothing more comes. */
    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone; the other must not wait for it.
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            System.err.println("the public port could not be closed: " + e.getMessage());
        }
    }
}
