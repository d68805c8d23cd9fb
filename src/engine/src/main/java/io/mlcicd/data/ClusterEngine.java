package io.mlcicd.data;

import io.mlcicd.operation.Progress;
import java.util.Collection;

/** Starts a data engine on a cluster; found as a service, for it comes in a jar of its own. */
public interface ClusterEngine {

    /** What it is called in {@code engine: spark}. */
    String name();

    /** Whether it is installed here. */
    boolean isThere(ClusterSettings settings);

    /**
     * Starts the engine and waits until it answers.
     *
     * @param sources all data sets that will be opened
     * @param progress hears how far the engine is with what it is asked
     * @throws io.mlcicd.operation.InvalidInputException when it is not installed, or too old; the message says what to do
     * @throws io.mlcicd.operation.OutsideSystemException when it does not start
     * @throws InterruptedException when the calling thread was interrupted; nothing of the engine is left running
     */
    DataEngine open(ClusterSettings settings, Collection<? extends DataSource> sources, Progress progress)
            throws InterruptedException;
}
