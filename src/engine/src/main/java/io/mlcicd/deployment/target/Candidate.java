package io.mlcicd.deployment.target;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A release that runs beside the one that serves, on its way to the traffic. Closing it without {@link #confirm} having
 * returned is {@link #abandon}; should even that be impossible, because this process dies, the target undoes it by itself
 * or in {@link Target#recover}.
 */
public interface Candidate extends AutoCloseable {

    /** Where this release alone can be asked from here; empty when it cannot be reached but through the target. */
    Optional<URI> address();

    /** Where clients reach the deployment, as seen from here; empty when it cannot be reached from here. */
    Optional<URI> entrance();

    /** How it stands now. */
    Health health() throws InterruptedException;

    /** The last lines that it wrote to its log, the newest last; none where they cannot be seen. */
    List<String> lastLines() throws InterruptedException;

    /**
     * Sends that share of the requests to this release from now on, and the rest to the old one; begins new figures. With
     * nothing to share with, as for a first release, every share above 0 is the whole.
     *
     * @param share 0 to 1; what lies between needs {@link Ability#SHARES}
     */
    void route(double share) throws InterruptedException;

    /**
     * Copies requests that the old release answers to this one from now on, or stops that; its answers go to nobody. Begins
     * new figures. Needs {@link Ability#SHADOW}.
     */
    void shadow(boolean on) throws InterruptedException;

    /** What was seen since {@link #route} or {@link #shadow} was called last; empty without {@link Ability#FIGURES}. */
    Optional<Observation> observed() throws InterruptedException;

    /**
     * What both releases answered since this was called last, and since the trial began at the first call; a stage of it
     * does not begin anew. Nothing without {@link Ability#ANSWERS}.
     */
    default SeenAnswers answered() throws InterruptedException {
        return SeenAnswers.NONE;
    }

    /**
     * Makes this release the one that serves, having all traffic: nothing undoes it any more but a rollback.
     *
     * @param keepOld how long the old one goes on running without traffic, for {@link Target#rollback}; zero for not at all
     */
    void confirm(Duration keepOld) throws InterruptedException;

    /** Gives all traffic back to the old release and ends this one. Does its work even in an interrupted thread. */
    void abandon();

    @Override
    void close();

    /**
     * How a candidate stands.
     *
     * @param alive whether it runs, or is still on its way there; once it is not, it will never be ready
     * @param ready what the target itself says of its readiness; empty where only asking the release can tell
     * @param message what the target says about it, for people; may be empty
     */
    record Health(boolean alive, Optional<Boolean> ready, String message) {}

    /** What starts a candidate. */
    @FunctionalInterface
    interface Start {
        /** Starts it, without waiting until it is ready. */
        void run() throws InterruptedException;
    }

    /** The candidate once it is started; what was begun of one that cannot be is undone. */
    static <C extends Candidate> C started(C candidate, Start start) throws InterruptedException {
        try {
            start.run();
            return candidate;
        } catch (InterruptedException | RuntimeException e) {
            try {
                candidate.abandon();
            } catch (RuntimeException undoing) {
                e.addSuppressed(undoing);
            }
            throw e;
        }
    }
}
