package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Uninterrupted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to change a deployment, held by one command at a time, wherever it runs: a Lease (coordination.k8s.io/v1) that
 * its holder renews. One that is not renewed any more is taken over after its time, measured by the own clock alone.
 */
final class ClusterLock implements AutoCloseable {

    private static final int SECONDS = 15;
    private static final long RENEW_MILLIS = 4_000;
    private static final long LOOK_MILLIS = 1_000;
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern HOLDER = Pattern.compile("(\\S+) (\\d{1,10}) (\\S+)");
    private static final String UNKNOWN_HOST = "unknown-host";

    private final Cluster cluster;
    private final Naming naming;
    private final String holder;
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Thread renewer;

    private ClusterLock(Cluster cluster, Naming naming, String holder) {
        this.cluster = cluster;
        this.naming = naming;
        this.holder = holder;
        this.renewer = new Thread(this::renewUntilInterrupted, "ml-cicd lease " + naming.lease());
        renewer.setDaemon(true);
    }

    /**
     * Takes it; waits for a holder that may be dead.
     *
     * @throws InvalidInputException when somebody else holds it and is alive
     */
    static ClusterLock take(Cluster cluster, Naming naming) throws InterruptedException {
        String holder = host() + " " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        ObjectNode mine = lease(naming, holder);
        if (!cluster.create(ObjectKind.LEASE, mine)) {
            takeOver(cluster, naming, holder);
        }
        ClusterLock lock = new ClusterLock(cluster, naming, holder);
        lock.renewer.start();
        return lock;
    }

    private static void takeOver(Cluster cluster, Naming naming, String holder) throws InterruptedException {
        String version = "";
        long until = 0;
        while (true) {
            Optional<ObjectNode> found = cluster.own(ObjectKind.LEASE, naming.lease());
            if (found.isEmpty()) {
                if (cluster.create(ObjectKind.LEASE, lease(naming, holder))) {
                    return;
                }
                continue;
            }
            JsonNode spec = found.get().path("spec");
            String other = spec.path("holderIdentity").asText();
            String seen = version(found.get());
            if (version.isEmpty()) {
                version = seen;
                until = System.nanoTime() + spec.path("leaseDurationSeconds").asLong(SECONDS) * 1_000_000_000L;
            }
            if (other.isEmpty() || deadHere(other) || (version.equals(seen) && System.nanoTime() - until >= 0)) {
                ObjectNode mine = lease(naming, holder);
                ((ObjectNode) mine.path("metadata")).put("resourceVersion", seen);
                if (cluster.replace(ObjectKind.LEASE, mine)) {
                    return;
                }
            } else if (!version.equals(seen)) {
                throw new InvalidInputException(
                        ("the deployment '%s' is being changed by another command (%s); wait for it,"
                                        + " then try again")
                                .formatted(naming.deployment(), told(other)));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Throws when the right was lost, as after a long time without the cluster. */
    void require() {
        if (lost.get()) {
            throw new OutsideSystemException(
                    "the lock of the deployment '" + naming.deployment() + "' (Lease " + naming.lease()
                            + ") could not be renewed and may be another command's now; look at the cluster, then try again");
        }
    }

    private void renewUntilInterrupted() {
        long good = System.nanoTime();
        while (!lost.get()) {
            try {
                Thread.sleep(RENEW_MILLIS);
                Optional<ObjectNode> found = cluster.own(ObjectKind.LEASE, naming.lease());
                if (found.isEmpty()
                        || !holder.equals(
                                found.get().path("spec").path("holderIdentity").asText())) {
                    lost.set(true);
                    return;
                }
                ObjectNode mine = lease(naming, holder);
                ((ObjectNode) mine.path("metadata")).put("resourceVersion", version(found.get()));
                if (cluster.replace(ObjectKind.LEASE, mine)) {
                    good = System.nanoTime();
                }
            } catch (InterruptedException e) {
                return;
            } catch (OutsideSystemException | InvalidInputException e) {
                if (System.nanoTime() - good > SECONDS * 1_000_000_000L) {
                    lost.set(true);
                }
            }
        }
    }

    /** Gives it back; the Lease goes. */
    @Override
    public void close() {
        renewer.interrupt();
        try {
            Uninterrupted.run(this::giveBack);
        } catch (OutsideSystemException e) {
            // It ends by itself when its time is over.
            lost.set(true);
        }
    }

    private void giveBack() throws InterruptedException {
        renewer.join(LOOK_MILLIS);
        Optional<ObjectNode> found = cluster.own(ObjectKind.LEASE, naming.lease());
        if (found.isPresent()
                && holder.equals(found.get().path("spec").path("holderIdentity").asText())) {
            cluster.delete(ObjectKind.LEASE, naming.lease());
        }
    }

    private static ObjectNode lease(Naming naming, String holder) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", holder);
        spec.put("leaseDurationSeconds", SECONDS);
        spec.put("renewTime", MICRO_TIME.format(Instant.now()));
        return Manifests.object(
                ObjectKind.LEASE,
                Manifests.metadata(naming.lease(), naming.labels(), Map.of(Naming.DEPLOYMENT, naming.deployment())),
                Map.of("spec", spec));
    }

    private static boolean deadHere(String holder) {
        Matcher parts = HOLDER.matcher(holder);
        return parts.matches()
                && !parts.group(1).equals(UNKNOWN_HOST)
                && parts.group(1).equals(host())
                && ProcessHandle.of(Long.parseLong(parts.group(2)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    private static String told(String holder) {
        Matcher parts = HOLDER.matcher(holder);
        return parts.matches() ? "process " + parts.group(2) + " on " + parts.group(1) : holder;
    }

    private static String version(JsonNode lease) {
        return lease.path("metadata").path("resourceVersion").asText();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN_HOST;
        }
    }
}
