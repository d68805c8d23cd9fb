package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs jib in threads of its own, which end with the run, however it ends. */
final class JibRun {

    /** Threads that are in the middle of a blocking call get this long to notice that they were interrupted. */
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** An image is put together the same way until this changes; it is part of the image, our version is not. */
    private static final String LAYOUT_VERSION = "2";

    private JibRun() {}

    /**
     * Builds the image to where the containerizer wants it.
     *
     * @param explain makes the exception to throw out of what went wrong
     * @return digest of the image's manifest
     */
    static Digest run(JibContainerBuilder image, Containerizer target, Function<Throwable, RuntimeException> explain)
            throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(JibRun::thread);
        try {
            target.setExecutorService(threads).setToolName("ml-cicd").setToolVersion(LAYOUT_VERSION);
            return new Digest(image.containerize(target).getDigest().toString());
        } catch (RegistryException | IOException | CacheDirectoryCreationException e) {
            throw explain.apply(e);
        } catch (ExecutionException e) {
            throw explain.apply(e.getCause());
        } finally {
            stop(threads);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "image build");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Ends the threads and waits for that, even when interrupted once more: until they have ended, they write to what
     * the caller is about to remove. A call to a silent server may outlast the wait; it ends by its own time limit.
     */
    private static void stop(ExecutorService threads) {
        threads.shutdownNow();
        long deadline = System.nanoTime() + LAST_NANOS;
        boolean ended = false;
        boolean interrupted = false;
        while (!ended && System.nanoTime() < deadline) {
            try {
                ended = threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
