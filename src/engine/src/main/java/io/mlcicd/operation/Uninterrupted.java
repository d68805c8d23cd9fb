package io.mlcicd.operation;

/** What must be undone is undone even while its thread is being interrupted; the interruption is kept for afterwards. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Something that may be interrupted. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws InterruptedException;
    }

    /** Runs the action as if nobody had interrupted this thread yet; one more interruption ends it. */
    public static void run(Action action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
