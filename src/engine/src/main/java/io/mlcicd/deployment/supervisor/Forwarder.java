package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Listens on the public port and passes on what comes: each request to a release of its own choice, or, where connections
 * are not looked into, each connection to one release with which it stays.
 */
final class Forwarder {

    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> daemon(task, "pump"));
    private final Traffic traffic;
    private final Map<Address, Listener> listeners = new HashMap<>();
    private final Map<Address, Set<HttpConnection>> connections = new ConcurrentHashMap<>();

    Forwarder(Traffic traffic) {
        this.traffic = traffic;
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Listens there, too, from now on. Of two addresses with one port, say one host and all hosts, the system allows only
     * one; the former gives way then.
     *
     * @throws IOException when that is not possible; nothing has changed then
     */
    synchronized void open(Address address) throws IOException {
        if (listeners.containsKey(address)) {
            return;
        }
        Optional<Address> rival = listeners.keySet().stream()
                .filter(other -> other.port() == address.port())
                .findFirst();
        try {
            listen(address);
        } catch (IOException e) {
            if (rival.isEmpty()) {
                throw e;
            }
            close(rival.get(), listeners.remove(rival.get()));
            listenInsteadOf(rival.get(), address);
        }
    }

    private void listenInsteadOf(Address former, Address address) throws IOException {
        try {
            listen(address);
        } catch (IOException e) {
            listen(former);
            throw e;
        }
    }

    private void listen(Address address) throws IOException {
        listeners.put(address, new Listener(address, client -> serve(address, client)));
    }

    /** Listens nowhere else from now on. */
    synchronized void keepOnly(Optional<Address> address) {
        listeners.entrySet().removeIf(entry -> {
            boolean unwanted = !Optional.of(entry.getKey()).equals(address);
            if (unwanted) {
                close(entry.getKey(), entry.getValue());
            }
            return unwanted;
        });
    }

    /** Nobody may go on through a port that is given up, over a connection from before. */
    private void close(Address address, Listener listener) {
        listener.close();
        connections.getOrDefault(address, Set.of()).forEach(HttpConnection::leave);
    }

    private void serve(Address address, Socket client) {
        pumps.execute(() -> {
            if (!traffic.now().options().http()) {
                new Connection(client, traffic).serve(pumps, new byte[0]);
                return;
            }
            Set<HttpConnection> open = connections.computeIfAbsent(address, any -> ConcurrentHashMap.newKeySet());
            HttpConnection connection = new HttpConnection(client, traffic, pumps);
            open.add(connection);
            try {
                connection.serve();
            } finally {
                open.remove(connection);
            }
        });
    }
}
