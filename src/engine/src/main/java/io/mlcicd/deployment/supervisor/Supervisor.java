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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final Path home;
    private final Forwarder forwarder = new Forwarder(this::active);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Service> active = Optional.empty();
    private Optional<Service> candidate = Optional.empty();
    private Optional<Service> predecessor = Optional.empty();
    private final List<Service> retiring = new ArrayList<>();
    private boolean unconfirmed;
    private Address address;
    private Address formerAddress;
    private long leaseEnds;
    private Duration lease;
    private int restarts;
    private Instant nextRestart = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;

    /** A supervisor with nothing to supervise yet, which listens already. */
    Supervisor(Path home, Address address, Duration lease) throws IOException {
        this.home = home;
        this.address = address;
        this.formerAddress = address;
        this.lease = lease;
        renew();
        forwarder.open(address);
    }

    private Optional<Service> active() {
        return active;
    }

    /** Starts a candidate on a free port and returns it. */
    synchronized Service start(Fields request) throws IOException {
        requireRunning();
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

    private void requireRunning() {
        if (ended.getCount() == 0) {
            throw new IllegalStateException("the supervisor is ending");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** The lease runs by the monotonic clock: setting the host's clock must not end it. */
    final synchronized void renew() {
        leaseEnds = System.nanoTime() + lease.toNanos();
    }

    /**
     * Gives the traffic to the candidate, on that address as well as on the present one; its predecessor goes on running
     * until {@link #confirm}.
     *
     * @throws IOException when the address cannot be listened on; nothing has changed then
     */
    synchronized void promote(Address wanted) throws IOException {
        Service next = candidate.orElseThrow(() -> new IllegalStateException("there is no candidate any more"));
        forwarder.open(wanted);
        formerAddress = address;
        address = wanted;
        predecessor = active;
        active = candidate;
        candidate = Optional.empty();
        unconfirmed = true;
        renew();
        write();
        System.err.println(Instant.now() + " release " + next.id() + " gets the traffic");
    }

    /** Makes the active release the only one; the predecessor may finish its connections for that long. */
    synchronized void confirm(Duration drain) throws IOException {
        if (!unconfirmed) {
            throw new IllegalStateException("there is nothing to confirm any more");
        }
        new History(home).add(active.orElseThrow().id());
        unconfirmed = false;
        restarts = 0;
        pause = SHORTEST_PAUSE;
        nextRestart = Instant.MIN;
        forwarder.keepOnly(Optional.of(address));
        predecessor.ifPresent(service -> {
            retiring.add(service);
            service.leave();
            new Thread(() -> retire(service, drain), "retire").start();
        });
        predecessor = Optional.empty();
        write();
    }

    private void retire(Service service, Duration drain) {
        Instant until = Instant.now().plus(drain);
        try {
            while (service.connections() > 0 && Instant.now().isBefore(until)) {
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service.stop();
        synchronized (this) {
            if (retiring.remove(service)) {
                write();
            }
        }
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
            returnToFormerAddress();
            predecessor = Optional.empty();
            unconfirmed = false;
            failed.ifPresent(Service::stop);
        }
        renew();
        write();
    }

    private void returnToFormerAddress() {
        address = formerAddress;
        try {
            forwarder.open(address);
            forwarder.keepOnly(Optional.of(address));
        } catch (IOException e) {
            System.err.println(Instant.now() + " port " + address.port() + " is lost: " + e.getMessage());
        }
    }

    /** Stops everything, and the supervisor itself. */
    synchronized void end() {
        if (ended.getCount() == 0) {
            return;
        }
        forwarder.keepOnly(Optional.empty());
        List<Service> all = new ArrayList<>(retiring);
        candidate.ifPresent(all::add);
        predecessor.ifPresent(all::add);
        active.ifPresent(all::add);
        all.forEach(Service::askToStop);
        all.forEach(Service::stop);
        retiring.clear();
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
        if (leased && System.nanoTime() - leaseEnds > 0) {
            System.err.println(Instant.now() + " the deployer is gone; undoing what it did not confirm");
            abandon();
            return;
        }
        active.filter(service -> !service.alive() && !unconfirmed).ifPresent(this::restart);
        active.ifPresent(Service::capLog);
        candidate.ifPresent(Service::capLog);
        LogFile.cap(home.resolve("logs").resolve("supervisor.log"));
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

    /** How things stand, as a file may tell it. */
    synchronized Fields status() {
        Fields fields = Fields.of(
                "supervisor", String.valueOf(ProcessHandle.current().pid()),
                "host", address.host(),
                "port", String.valueOf(address.port()),
                "restarts", String.valueOf(restarts),
                "unconfirmed", String.valueOf(unconfirmed),
                "ending", String.valueOf(ended.getCount() == 0));
        fields = describe(fields, "active", active);
        fields = describe(fields, "candidate", candidate);
        fields = describe(fields, "predecessor", predecessor);
        for (int i = 0; i < retiring.size(); i++) {
            fields = describe(fields, "retiring." + i, Optional.of(retiring.get(i)));
        }
        return fields;
    }

    /** How things stand, with what only those may know who hold the token. */
    synchronized Fields statusForDeployers() {
        Fields fields = status();
        return active.map(service -> fields.with("active", Map.of("fingerprint", service.fingerprint())))
                .orElse(fields);
    }

    private static Fields describe(Fields fields, String role, Optional<Service> service) {
        return service.map(one -> fields.with(role, one.describe().values())).orElse(fields);
    }

    private void write() {
        try {
            Path state = home.resolve(SupervisorMain.STATE_FILE);
            Path partial = home.resolve(SupervisorMain.STATE_FILE + ".part");
            Files.write(partial, status().text().getBytes(StandardCharsets.UTF_8));
            Files.move(partial, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.err.println(Instant.now() + " the state cannot be written: " + e.getMessage());
        }
    }
}
