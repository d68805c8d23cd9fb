package io.mlcicd.mlflow;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes what comes into a file, and gives up when it is more than was announced. */
final class FileBody implements HttpResponse.BodySubscriber<String> {

    private final Path file;
    private final FileChannel channel;
    private final CompletableFuture<String> whole = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private long left;

    /** A file that is replaced. */
    FileBody(Path file, long most) {
        this.file = file;
        this.left = most;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private OutsideSystemException unwritable(IOException e) {
        return new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
    }

    /** An empty text, for what came is in the file. */
    @Override
    public CompletionStage<String> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone()) {
                return;
            }
            left -= buffer.remaining();
            if (left < 0) {
                giveUp(new OutsideSystemException(
                        "the MLflow server sends more of %s than it announced, or than the disk holds"
                                .formatted(file.getFileName())));
                return;
            }
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                giveUp(unwritable(e));
            }
        }
    }

    private void giveUp(OutsideSystemException why) {
        subscription.cancel();
        onError(why);
    }

    @Override
    public void onError(Throwable failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            channel.close();
            whole.complete("");
        } catch (IOException e) {
            whole.completeExceptionally(unwritable(e));
        }
    }
}
