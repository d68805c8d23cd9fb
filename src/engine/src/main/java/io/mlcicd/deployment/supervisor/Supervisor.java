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
 * What runs, what gets the traffic, and what is undone when nobody confirms it. A release is first a candidate, which may
 * get a share of the requests or copies of them, then active but unconfirmed with its predecessor still running beside it,
 * then confirmed. A candidate or an unconfirmed release lives on a lease that its deployer renews; a lease that runs out
 * means that the deployer is gone. The predecessor of a confirmed release may be kept warm for a while.
 */
final class Supervisor {

    private static final long TICK_MILLIS = 100;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    private final Path home;
    private final Traffic traffic;
    private final Forwarder forwarder;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Restarts restarts = new Restarts();
    private Optional<Service> active = Optional.empty();
    private Optional<Service> candidate = Optional.empty();
    private Optional<Service> predecessor = Optional.empty();
    private Optional<Service> warm = Optional.empty();
    private long warmUntil;
    private final List<Service> retiring = new ArrayList<>();
    private boolean unconfirmed;
    private double share;
    private TrafficOptions options;
    private TrafficOptions wanted;
    private Address address;
    private Address formerAddress;
    private long leaseEnds;
    private Duration lease;
    private Duration drain = Duration.ZERO;

    /** A supervisor with nothing to supervise yet, which listens already. */
    Supervisor(Path home, Address address, Duration lease) throws IOException {
        this.home = home;
        this.address = address;
        this.formerAddress = address;
        this.lease = lease;
        this.options = TrafficOptions.from(Fields.of());
        this.wanted = options;
        this.traffic = new Traffic(options);
        this.forwarder = new Forwarder(traffic);
        renew();
        forwarder.open(address);
    }

    /** Starts a candidate on a free port and returns it. */
    synchronized Service start(Fields request) throws IOException {
        requireRunning();
        if (candidate.isPresent() || predecessor.isPresent()) {
            throw new IllegalStateException("another release is being deployed");
        }
        lease = Duration.ofMillis(Long.parseLong(request.require("lease")));
        wanted = TrafficOptions.from(request);
        renew();
        Service service = Service.start(request, freePort());
        candidate = Optional.of(service);
        share = 0;
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

    /** Gives the candidate that share of the requests, 0 up to below 1, and copies of the others if asked. */
    synchronized void divide(double part, boolean shadow) {
        Service next = requireCandidate();
        if (!wanted.http()) {
            throw new IllegalStateException("connections cannot be divided request by request (traffic: tcp)");
        }
        options = wanted;
        share = part;
        traffic.divide(active, Optional.of(next), part, shadow, options);
        renew();
        System.err.println(Instant.now() + " release " + next.id() + " gets " + (shadow ? "copies" : part));
    }

    private Service requireCandidate() {
        return candidate.orElseThrow(() -> new IllegalStateException("there is no candidate any more"));
    }

    /**
     * Gives the traffic to the candidate, on that address as well as on the present one; its predecessor goes on running
     * until {@link #confirm}.
     *
     * @throws IOException when the address cannot be listened on; nothing has changed then
     */
    synchronized void promote(Address here) throws IOException {
        Service next = requireCandidate();
        forwarder.open(here);
        formerAddress = address;
        address = here;
        predecessor = active;
        active = candidate;
        candidate = Optional.empty();
        unconfirmed = true;
        options = wanted;
        share = 1;
        traffic.divide(predecessor, active, 1, false, options);
        renew();
        write();
        System.err.println(Instant.now() + " release " + next.id() + " gets the traffic");
    }

    /** Makes the active release the only one; the predecessor may finish what it was asked, or is kept warm. */
    synchronized void confirm(Duration longestDrain, Duration keep) throws IOException {
        if (!unconfirmed) {
            throw new IllegalStateException("there is nothing to confirm any more");
        }
        new History(home).add(active.orElseThrow().id());
        unconfirmed = false;
        share = 0;
        drain = longestDrain;
        restarts.forget();
        traffic.divide(active, Optional.empty(), 0, false, options);
        forwarder.keepOnly(Optional.of(address));
        warm.ifPresent(service -> retire(service, drain));
        warm = keep.isZero() ? Optional.empty() : predecessor;
        warmUntil = System.nanoTime() + keep.toNanos();
        if (warm.isEmpty()) {
            predecessor.ifPresent(service -> retire(service, drain));
        }
        predecessor = Optional.empty();
        write();
    }

    /** Gives the traffic back to the release that is kept warm. */
    synchronized void rollBack() throws IOException {
        if (unconfirmed || candidate.isPresent() || warm.filter(Service::alive).isEmpty()) {
            throw new IllegalStateException("no release is kept warm");
        }
        Service former = warm.get();
        new History(home).add(former.id());
        Optional<Service> left = active;
        active = warm;
        warm = Optional.empty();
        restarts.forget();
        traffic.divide(active, Optional.empty(), 0, false, options);
        left.ifPresent(service -> retire(service, drain));
        write();
        System.err.println(Instant.now() + " release " + former.id() + " has the traffic again");
    }

    /** Lets a release finish what it was asked, for that long, and stops it then. */
    private void retire(Service service, Duration longest) {
        retiring.add(service);
        service.leave();
        new Thread(() -> drain(service, longest), "retire").start();
    }

    private void drain(Service service, Duration longest) {
        Instant until = Instant.now().plus(longest);
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

    /** Gives the traffic back to the predecessor and stops what is not confirmed, whose last answers are awaited briefly. */
    synchronized void discard() {
        Optional<Service> failed = unconfirmed ? active : candidate;
        candidate = Optional.empty();
        if (unconfirmed) {
            active = predecessor;
            returnToFormerAddress();
            predecessor = Optional.empty();
            unconfirmed = false;
        }
        share = 0;
        traffic.divide(active, Optional.empty(), 0, false, options);
        failed.ifPresent(service -> {
            boolean asked = service.connections() > 0 && service.alive();
            if (asked) {
                retire(service, LAST_ANSWERS);
            } else {
                service.stop();
            }
        });
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
        warm.ifPresent(all::add);
        active.ifPresent(all::add);
        all.forEach(Service::askToStop);
        all.forEach(Service::stop);
        retiring.clear();
        candidate = Optional.empty();
        predecessor = Optional.empty();
        warm = Optional.empty();
        active = Optional.empty();
        traffic.divide(Optional.empty(), Optional.empty(), 0, false, options);
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
        active.filter(service -> !service.alive() && !unconfirmed)
                .filter(restarts::look)
                .ifPresent(started -> write());
        boolean cold = warm.isPresent() && System.nanoTime() - warmUntil > 0;
        if (cold || warm.filter(service -> !service.alive()).isPresent()) {
            retire(warm.orElseThrow(), drain);
            warm = Optional.empty();
            write();
        }
        active.ifPresent(Service::capLog);
        candidate.ifPresent(Service::capLog);
        LogFile.cap(home.resolve("logs").resolve("supervisor.log"));
    }

    Fields figures() {
        return traffic.figures();
    }

    Fields answers(Fields known) {
        return traffic.answers(known);
    }

    /** How things stand, as a file may tell it. */
    synchronized Fields status() {
        Fields fields = Fields.of(
                "supervisor", String.valueOf(ProcessHandle.current().pid()),
                "host", address.host(),
                "port", String.valueOf(address.port()),
                "restarts", String.valueOf(restarts.count()),
                "unconfirmed", String.valueOf(unconfirmed),
                "share", String.valueOf(share),
                "ending", String.valueOf(ended.getCount() == 0));
        fields = describe(fields, "active", active);
        fields = describe(fields, "candidate", candidate);
        fields = describe(fields, "predecessor", predecessor);
        fields = describe(fields, "warm", warm);
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
