package io.jenkins.plugins.mlcicd.background;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.Terminator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Work that nobody waits for. When Jenkins stops, what runs is waited for and nothing more is begun, so that nothing is written
 * into a home that was left already.
 */
@Extension
public final class Background implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(Background.class.getName());

    private static final long PATIENCE_SECONDS = 10;

    /** One permit for each work that runs; whoever ends all of it takes them all, and keeps them. */
    private final Semaphore running = new Semaphore(Integer.MAX_VALUE);

    private static Background get() {
        return ExtensionList.lookupSingleton(Background.class);
    }

    /** Does something soon, on another thread. */
    public static void soon(Runnable work) {
        Background background = get();
        Timer.get().execute(() -> background.begin(work));
    }

    /** Does something now, on this thread, unless Jenkins is about to be gone. */
    public static void now(Runnable work) {
        get().begin(work);
    }

    private void begin(Runnable work) {
        if (!running.tryAcquire()) {
            return;
        }
        try {
            work.run();
        } finally {
            running.release();
        }
    }

    /** Waits for what runs. */
    @Terminator
    public static void end() throws InterruptedException {
        // There is none where Jenkins did not get that far.
        for (Background background : ExtensionList.lookup(Background.class)) {
            if (!background.running.tryAcquire(Integer.MAX_VALUE, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.WARNING, "what ran in the background has not ended in {0} seconds", PATIENCE_SECONDS);
            }
        }
    }
}
