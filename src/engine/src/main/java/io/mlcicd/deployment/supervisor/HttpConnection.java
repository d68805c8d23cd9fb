package io.mlcicd.deployment.supervisor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A client's connection, each of whose requests goes to a release of its own choice. */
final class HttpConnection {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket client;
    private final Traffic traffic;
    private final Executor pumps;
    private final Map<Service, Backend> backends = new ConcurrentHashMap<>();
    private volatile boolean leaving;
    private volatile boolean busy;

    HttpConnection(Socket client, Traffic traffic, Executor pumps) {
        this.client = client;
        this.traffic = traffic;
        this.pumps = pumps;
    }

    /** Answers requests until the connection ends. */
    void serve() {
        try {
            client.setTcpNoDelay(true);
            Wire in = new Wire(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            boolean goesOn = true;
            while (goesOn && in.awaitMore()) {
                busy = true;
                goesOn = one(in, out);
                busy = false;
            }
        } catch (Wire.OtherProtocol e) {
            new Connection(client, traffic).serve(pumps, e.bytes());
            return;
        } catch (IOException e) {
            // The client is gone, or sent what is no request; either way nothing is left to be said.
        } finally {
            backends.values().forEach(Backend::close);
        }
        Connection.close(client);
    }

    /** Ends the connection: now if no request is under way, else after its answer, which says so. */
    void leave() {
        leaving = true;
        if (!busy) {
            Connection.close(client);
        }
    }

    boolean leaving() {
        return leaving;
    }

    /** Answers one request; whether another may follow. */
    private boolean one(Wire in, OutputStream out) throws IOException {
        Optional<Head> head = in.request();
        if (head.isEmpty()) {
            return false;
        }
        Request request;
        try {
            if (head.get().tokens("expect").contains("100-continue")) {
                out.write(CONTINUE);
                out.flush();
            }
            request = Request.read(head.get(), in);
        } catch (IOException e) {
            Refusal.BAD_REQUEST.write(out, e.getMessage());
            return false;
        }
        return new Exchange(this, request, in, out, traffic, pumps).run();
    }

    /** The connection to that release, kept from a request before or new. */
    Backend backend(Service release) throws IOException {
        Backend kept = backends.remove(release);
        if (kept != null) {
            if (kept.fits(release)) {
                return kept;
            }
            kept.close();
        }
        backends.entrySet().removeIf(entry -> {
            boolean stale = !entry.getValue().fits(entry.getKey());
            if (stale) {
                entry.getValue().close();
            }
            return stale;
        });
        return new Backend(release);
    }

    /** Keeps a connection to a release for the next request. */
    void keep(Service release, Backend backend) {
        backend.touch();
        backends.put(release, backend);
    }

    Socket client() {
        return client;
    }
}
