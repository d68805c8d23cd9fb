package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What runs, what gets the traffic, and what is undone when nobody confirms it. A release is first a candidate, then
 * active but unconfirmed with its predecessor still running beside it, then confirmed. A candidate or an unconfirmed
 * release lives on a lease that its deployer renews; a lease that runs out means that the deployer is gone.
 */
final class Supervisor {

    private static final long TICK_MILLIS = 100;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Path state;
    private final Forwarder forwarder;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Service> active = Optional.empty();
    private Optional<Service> candidate = Optional.empty();
    private Optional<Service> predecessor = Optional.empty();
    private boolean unconfirmed;
    private Instant leaseEnds;
    private Duration lease;
    private int restarts;
    private Instant nextRestart = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;
    private String host;
    private int port;

    Supervisor(Path state, Duration lease) {
        this.state = state;
        this.forwarder = new Forwarder(() -> active);
        this.lease = lease;
        this.leaseEnds = Instant.now().plus(lease);
    }

    synchronized void listen(String newHost, int newPort) throws IOException {
        if (!newHost.equals(host) || newPort != port) {
            forwarder.listen(newHost, newPort);
            host = newHost;
            port = newPort;
        }
    }

    /** Starts a candidate on a free port and returns it. */
    synchronized Service start(Fields request) throws IOException {
        if (candidate.isPresent() || predecessor.isPresent()) {
            throw new IllegalStateException("another release is being deployed");
        }
        lease = Duration.ofMillis(Long.parseLong(request.require("lease")));
        renew();
        Service service = Service.start(request, freePort());
        candidate = Optional.of(service);
        write();
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    synchronized void renew() {
        leaseEnds = Instant.now().plus(lease);
    }

    /** Gives the traffic to the candidate; its predecessor goes on running until {@link #confirm}. */
    synchronized void promote() {
        Service next = candidate.orElseThrow(() -> new IllegalStateException("there is no candidate any more"));
        predecessor = active;
        active = candidate;
        candidate = Optional.empty();
        unconfirmed = true;
        restarts = 0;
        pause = SHORTEST_PAUSE;
        renew();
        write();
        System.err.println(Instant.now() + " release " + next.id() + " gets the traffic");
    }

    /** Makes the active release the only one; the predecessor may finish its connections for that long. */
    void confirm(Duration drain) {
        Optional<Service> old;
        synchronized (this) {
            if (!unconfirmed) {
                throw new IllegalStateException("there is nothing to confirm any more");
            }
            unconfirmed = false;
            old = predecessor;
            predecessor = Optional.empty();
            write();
        }
        old.ifPresent(service -> {
            Thread thread = new Thread(() -> retire(service, drain), "retire");
            thread.start();
        });
    }

    private static void retire(Service service, Duration drain) {
        Instant until = Instant.now().plus(drain);
        try {
            while (service.connections() > 0 && Instant.now().isBefore(until)) {
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service.stop();
    }

    /** Undoes what is not confirmed, and ends when nothing is left to supervise. */
    synchronized void abandon() {
        discard();
        if (active.isEmpty()) {
            end();
        }
    }

    /** Stops what is not confirmed and gives the traffic back to the predecessor. */
    synchronized void discard() {
        candidate.ifPresent(Service::stop);
        candidate = Optional.empty();
        if (unconfirmed) {
            Optional<Service> failed = active;
            active = predecessor;
            predecessor = Optional.empty();
            unconfirmed = false;
            failed.ifPresent(Service::stop);
        }
        renew();
        write();
    }

    /** Stops everything, and the supervisor itself. */
    synchronized void end() {
        forwarder.close();
        candidate.ifPresent(Service::stop);
        predecessor.ifPresent(Service::stop);
        active.ifPresent(Service::stop);
        candidate = Optional.empty();
        predecessor = Optional.empty();
        active = Optional.empty();
        write();
        ended.countDown();
    }

    /** Watches leases and processes until the supervisor ends. */
    void watch() throws InterruptedException {
        while (!ended.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            check();
        }
    }

    private synchronized void check() {
        boolean leased = candidate.isPresent() || unconfirmed || active.isEmpty();
        if (leased && Instant.now().isAfter(leaseEnds)) {
            System.err.println(Instant.now() + " the deployer is gone; undoing what it did not confirm");
            abandon();
            return;
        }
        active.filter(service -> !service.alive() && !unconfirmed).ifPresent(this::restart);
    }

    /** Starts a crashed service again, with ever longer pauses as long as it keeps crashing. */
    private void restart(Service service) {
        Instant now = Instant.now();
        if (nextRestart.equals(Instant.MIN)) {
            boolean ranWell = Duration.between(service.since(), now).compareTo(LONGEST_PAUSE) > 0;
            pause = ranWell ? SHORTEST_PAUSE : pause;
            nextRestart = now.plus(pause);
            System.err.println(now + " release " + service.id() + " ended with code " + service.exitCode()
                    + "; starting it again in " + pause.toMillis() + " ms");
            return;
        }
        if (now.isBefore(nextRestart)) {
            return;
        }
        nextRestart = Instant.MIN;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        restarts++;
        try {
            service.launch();
            write();
        } catch (IOException e) {
            System.err.println(now + " it cannot be started again: " + e.getMessage());
        }
    }

    /** How things stand. */
    synchronized Fields status() {
        Fields fields = Fields.of(
                "supervisor", String.valueOf(ProcessHandle.current().pid()),
                "host", String.valueOf(host),
                "port", String.valueOf(port),
                "restarts", String.valueOf(restarts),
                "unconfirmed", String.valueOf(unconfirmed));
        fields = describe(fields, "active", active);
        fields = describe(fields, "candidate", candidate);
        return describe(fields, "predecessor", predecessor);
    }

    private static Fields describe(Fields fields, String name, Optional<Service> service) {
        return service.map(one -> fields.with(
                        name,
                        Fields.of(
                                        "id", one.id(),
                                        "pid", String.valueOf(one.pid()),
                                        "port", String.valueOf(one.port()),
                                        "alive", String.valueOf(one.alive()),
                                        "since", one.since().toString())
                                .values()))
                .orElse(fields);
    }

    private void write() {
        try {
            Path partial = state.resolveSibling(state.getFileName() + ".part");
            Files.write(partial, status().text().getBytes(StandardCharsets.UTF_8));
            Files.move(partial, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.err.println(Instant.now() + " the state cannot be written: " + e.getMessage());
        }
    }
}
