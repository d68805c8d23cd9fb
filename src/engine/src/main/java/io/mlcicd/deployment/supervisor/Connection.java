package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection to one release; it stays with that release until either side ends it. */
final class Connection {

    private static final int CONNECT_MILLIS = 5000;
    private static final int BUFFER = 1 << 14;

    private final Socket client;
    private final Traffic traffic;
    private final Socket inner = new Socket();
    private final AtomicInteger open = new AtomicInteger(2);
    private Service release;
    private volatile boolean asked;

    Connection(Socket client, Traffic traffic) {
        this.client = client;
        this.traffic = traffic;
    }

    /** Passes bytes in both directions until the connection ends, first those that were read of it already. */
    void serve(Executor pumps, byte[] read) {
        Optional<Lane> lane = traffic.connection().lane();
        if (lane.isEmpty()) {
            close(client);
            return;
        }
        release = lane.get().service();
        try {
            inner.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), release.port()), CONNECT_MILLIS);
            inner.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            inner.getOutputStream().write(read);
        } catch (IOException e) {
            close(client);
            close(inner);
            release.closed();
            return;
        }
        pumps.execute(() -> pump(this::requests, inner));
        pump(this::answers, client);
    }

    @FunctionalInterface
    private interface Direction {
        void copy() throws IOException;
    }

    /** Copies until one side ends, then tells the other side that nothing more comes. */
    private void pump(Direction direction, Socket to) {
        try {
            direction.copy();
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone; the other must not wait for it.
            close(client);
            close(inner);
        } finally {
            if (open.decrementAndGet() == 0) {
                close(client);
                close(inner);
                release.closed();
            }
        }
    }

    private void requests() throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = inner.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            asked = true;
            out.write(buffer, 0, n);
        }
    }

    private void answers() throws IOException {
        InputStream in = inner.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int head = asked ? FinalAnswer.statusLine(buffer, n) : 0;
            if (head > 0) {
                asked = false;
            }
            if (head > 0 && release.leaving()) {
                out.write(buffer, 0, head);
                out.write(FinalAnswer.header());
                out.write(buffer, head, n - head);
            } else {
                out.write(buffer, 0, n);
            }
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
        }
    }
}
