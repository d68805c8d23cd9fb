package io.mlcicd.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What can be asked of the registry that an image's name points at. Every failure is one sentence; interruption ends
 * every call at once.
 */
public final class Registry {

    private static final int TRANSFERS_AT_ONCE = 4;
    private static final long LAST_SECONDS = 5;

    private final ImageReference image;
    private final RegistryAccess access;

    /** The registry in that name. */
    public Registry(ImageReference image, RegistryAccess access) {
        this.image = image;
        this.access = access;
    }

    /**
     * Something to put there by its content.
     *
     * @param digest of the content
     * @param content writes it, as often as it is asked to
     */
    public record Upload(Digest digest, Content content) {}

    /** Writes a blob. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A manifest to put there.
     *
     * @param manifest the manifest
     * @param qualifier the tag or digest it goes under
     */
    public record Tagged(RegistryManifest manifest, String qualifier) {}

    /**
     * The manifest under a tag or digest, with the digest of the bytes that the registry sent.
     *
     * @param doing what for, such as "get the base image python:3.12"; for messages
     * @return empty when there is none
     */
    public Optional<FoundManifest> manifest(String qualifier, String doing) throws InterruptedException {
        return connected(doing, false, connection -> connection.manifest(qualifier))
                .map(found -> new FoundManifest(found.manifest(), found.digest()));
    }

    /** A manifest and the digest of the bytes that the registry sent for it. */
    public record FoundManifest(RegistryManifest manifest, Digest digest) {}

    /** A small blob, whose content is what its digest says. */
    public byte[] blob(Digest digest, String doing) throws InterruptedException {
        return connected(doing, false, connection -> connection.blob(digest));
    }

    /**
     * Something to get from there by its content.
     *
     * @param digest of the content
     * @param file where to
     */
    public record Download(Digest digest, Path file) {}

    /**
     * Writes blobs of any size to files, whose content is what the digests say.
     *
     * @param done told of each that is there
     */
    public void download(List<Download> blobs, String doing, Consumer<Digest> done) throws InterruptedException {
        connected(doing, false, connection -> {
            atOnce(blobs, blob -> {
                connection.download(blob.digest(), blob.file());
                done.accept(blob.digest());
            });
            return blobs.size();
        });
    }

    /** One of several things that are sent or got at once. */
    @FunctionalInterface
    private interface Transfer<T> {
        void run(T blob) throws IOException, RegistryException;
    }

    private static <T> void atOnce(List<T> blobs, Transfer<T> transfer)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(TRANSFERS_AT_ONCE, Registry::thread);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (T blob : blobs) {
                running.add(threads.submit(() -> {
                    transfer.run(blob);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Puts blobs and then, in their order, manifests there; blobs that are there already are not sent.
     *
     * @param done told of each blob that is there
     * @return the blobs that had to be sent
     */
    public Set<Digest> push(List<Upload> blobs, List<Tagged> manifests, String doing, Consumer<Digest> done)
            throws InterruptedException {
        requireAddress(doing);
        Set<Digest> sent = ConcurrentHashMap.newKeySet();
        connected(doing, true, connection -> {
            atOnce(blobs, blob -> {
                if (connection.push(blob.digest(), blob.content()::writeTo)) {
                    sent.add(blob.digest());
                }
                done.accept(blob.digest());
            });
            for (Tagged tagged : manifests) {
                connection.push(tagged.manifest(), tagged.qualifier());
            }
            return manifests.size();
        });
        return Set.copyOf(sent);
    }

    private void requireAddress(String doing) {
        try {
            RegistryAccess.requireAddress(image);
        } catch (UnknownHostException e) {
            throw failure(doing).because(e);
        }
    }

    private RegistryFailure failure(String doing) {
        return new RegistryFailure(doing, image.getRegistry(), access.givenFor(image));
    }

    /** Something that is asked over a connection. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(RegistryConnection connection)
                throws IOException, RegistryException, InterruptedException, ExecutionException;
    }

    /** Asks in a thread of its own, for a call to a silent server does not notice that its thread is interrupted. */
    private <T> T connected(String doing, boolean push, Question<T> question) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor(Registry::thread);
        Future<T> answer = thread.submit(() -> {
            try (RegistryConnection connection = RegistryConnection.open(image, access, push)) {
                return question.ask(connection);
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof ExecutionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof OutsideSystemException known) {
                throw known;
            }
            throw failure(doing).because(cause);
        } catch (InterruptedException e) {
            thread.shutdownNow();
            // Until it has ended it reads what the caller is about to remove.
            thread.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
            throw e;
        } finally {
            thread.shutdownNow();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "registry");
        thread.setDaemon(true);
        return thread;
    }
}
