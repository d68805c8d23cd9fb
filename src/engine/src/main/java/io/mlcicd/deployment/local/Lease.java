package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.operation.OutsideSystemException;
import java.time.Duration;

/** Tells the supervisor, again and again, that the deployer is still there. */
final class Lease implements AutoCloseable {

    private final Thread renewer;

    Lease(SupervisorClient supervisor, Duration length) {
        renewer = new Thread(() -> renew(supervisor, length.dividedBy(4)), "lease");
        renewer.setDaemon(true);
        renewer.start();
    }

    private static void renew(SupervisorClient supervisor, Duration every) {
        try {
            while (true) {
                Thread.sleep(every.toMillis());
                supervisor.order("/renew", Fields.of());
            }
        } catch (InterruptedException | OutsideSystemException e) {
            // Closed, or the supervisor is gone, which the deployer notices itself with its next order.
        }
    }

    @Override
    public void close() {
        renewer.interrupt();
    }
}
