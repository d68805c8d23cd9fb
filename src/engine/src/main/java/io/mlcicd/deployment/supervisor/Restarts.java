package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Starts a crashed service again, with ever longer pauses as long as it keeps crashing. */
final class Restarts {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private int count;
    private Instant next = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;

    void forget() {
        count = 0;
        pause = SHORTEST_PAUSE;
        next = Instant.MIN;
    }

    int count() {
        return count;
    }

    /**
     * Called again and again while that service is dead.
     *
     * @return whether it was started
     */
    boolean look(Service service) {
        Instant now = Instant.now();
        if (next.equals(Instant.MIN)) {
            boolean ranWell = Duration.between(service.since(), now).compareTo(LONGEST_PAUSE) > 0;
            pause = ranWell ? SHORTEST_PAUSE : pause;
            next = now.plus(pause);
            System.err.println(now + " release " + service.id() + " ended with code " + service.exitCode()
                    + "; starting it again in " + pause.toMillis() + " ms");
            return false;
        }
        if (now.isBefore(next)) {
            return false;
        }
        next = Instant.MIN;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        count++;
        try {
            service.launch();
            return true;
        } catch (IOException e) {
            System.err.println(now + " it cannot be started again: " + e.getMessage());
            return false;
        }
    }
}
