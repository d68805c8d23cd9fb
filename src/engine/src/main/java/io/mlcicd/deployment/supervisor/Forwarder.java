package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Listens on the public port and passes every connection on to whichever release is active when it comes in. Connections
 * that are open stay with the release they were opened to, so a switch drops none.
 */
final class Forwarder {

    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> daemon(task, "pump"));
    private final Supplier<Optional<Service>> active;
    private final Map<Address, Listener> listeners = new HashMap<>();

    Forwarder(Supplier<Optional<Service>> active) {
        this.active = active;
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
            listeners.remove(rival.get()).close();
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
        listeners.put(address, new Listener(address, this::serve));
    }

    /** Listens nowhere else from now on. */
    synchronized void keepOnly(Optional<Address> address) {
        listeners.entrySet().removeIf(entry -> {
            boolean unwanted = !Optional.of(entry.getKey()).equals(address);
            if (unwanted) {
                entry.getValue().close();
            }
            return unwanted;
        });
    }

    private void serve(Socket client) {
        pumps.execute(() -> forward(client));
    }

    private void forward(Socket client) {
        // Counted first, looked at again after: a release that leaves in between must not be stopped under it.
        Optional<Service> service = active.get();
        service.ifPresent(Service::opened);
        while (!active.get().equals(service)) {
            service.ifPresent(Service::closed);
            service = active.get();
            service.ifPresent(Service::opened);
        }
        service.ifPresentOrElse(
                release -> new Connection(client, release).serve(pumps), () -> Connection.close(client));
    }
}
