package io.mlcicd.deployment.supervisor;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;

/** A connection to a release, over which one request after the other goes. */
final class Backend implements Closeable {

    private static final int CONNECT_MILLIS = 5000;

    /** Shorter than common servers keep idle connections, which would otherwise end under a request that is on its way. */
    private static final Duration LONGEST_IDLE = Duration.ofMillis(900);

    private final Service release;
    private final Instant launched;
    private final Socket socket = new Socket();
    private final Wire in;
    private final OutputStream out;
    private long usedLast = System.nanoTime();

    /** @throws IOException when the release does not take the connection; it has got nothing then */
    Backend(Service release) throws IOException {
        this.release = release;
        this.launched = release.since();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), release.port()), CONNECT_MILLIS);
            in = new Wire(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether it leads to that release's present process and is fresh enough for another request. */
    boolean fits(Service wanted) {
        return release == wanted
                && launched.equals(wanted.since())
                && System.nanoTime() - usedLast < LONGEST_IDLE.toNanos();
    }

    void touch() {
        usedLast = System.nanoTime();
    }

    /** How long it may stay silent; zero for ever. */
    void patience(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
    }

    Wire in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        Connection.close(socket);
    }
}
