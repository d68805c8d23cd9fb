package io.mlcicd.deployment.target;

import io.mlcicd.operation.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One deployment at the place where it serves. Its methods are called by the holder of the deployment's lock alone
 * ({@link #plan} and {@link #status} by anybody), one after the other.
 *
 * <p>Every method throws {@link io.mlcicd.operation.InvalidInputException} when the settings cannot be used there, and
 * {@link io.mlcicd.operation.OutsideSystemException} when the place does not answer or refuses; a method that was
 * interrupted has undone what it began, or leaves it to {@link #recover}.
 */
public interface Target {

    /** The word for it in {@code deploy.target}, such as {@code process}. */
    String kind();

    /** What it can do beyond giving all traffic to one release. */
    Set<Ability> abilities();

    /** What {@link #begin} and then {@link Candidate#confirm} would change, in order; touches nothing. */
    List<PlannedChange> plan(NewRelease release) throws InterruptedException;

    /** What serves now; empty when nothing does. Never waits for a rollout to end. */
    Optional<ServingState> status() throws InterruptedException;

    /**
     * Finishes or undoes what a deployer left that was killed: what was {@linkplain Candidate#confirm confirmed} is
     * finished, all else undone. Called before every change.
     *
     * @return what was found and what was done about it, in a sentence; empty when nothing was found
     */
    Optional<String> recover() throws InterruptedException;

    /** Whether this very content serves now, run in this very way, so that there is nothing to release. */
    boolean serves(NewRelease release) throws InterruptedException;

    /**
     * Starts the release beside what serves, without any traffic. Does not wait until it is ready.
     *
     * @throws io.mlcicd.operation.InvalidInputException when it cannot be started at all; nothing is left then
     */
    Candidate begin(NewRelease release, Progress progress) throws InterruptedException;

    /**
     * Gives the traffic back to the release before the present one, at once, where that one was kept running.
     *
     * @return what serves then; empty, and nothing has changed, when none was kept running
     */
    Optional<ServingState> rollback() throws InterruptedException;

    /**
     * Ends all that the deployment runs; may be repeated.
     *
     * @return whether anything was running
     */
    boolean undeploy() throws InterruptedException;
}
