package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends copies of answered requests to a release on trial and compares its answers with those that clients got. It never
 * holds a client up: copies beyond what it can send are left out and counted.
 */
final class Shadowing {

    private static final int THREADS = 16;
    private static final int QUEUE = 200;

    private final Lane lane;
    private final TrafficOptions options;
    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong different = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> Forwarder.daemon(task, "shadow"));

    Shadowing(Lane lane, TrafficOptions options) {
        this.lane = lane;
        this.options = options;
        senders.allowCoreThreadTimeOut(true);
    }

    /**
     * Sends a copy of a request that was answered so.
     *
     * @param id the request's id, as the client's answer told it where the request did not
     */
    void copy(Request request, Optional<Capture.Answer> answered, Optional<String> id) {
        try {
            senders.execute(() -> send(request, answered, id));
        } catch (RejectedExecutionException e) {
            leftOut.incrementAndGet();
        }
    }

    private void send(Request request, Optional<Capture.Answer> answered, Optional<String> id) {
        long started = System.nanoTime();
        try (Backend backend = new Backend(lane.service())) {
            backend.patience(options.patience());
            request.write(backend);
            Head head = backend.in().answer();
            while (head.status() / 100 == 1) {
                head = backend.in().answer();
            }
            Capture capture = new Capture(true);
            Body.of(request.head(), head).copy(backend.in(), (bytes, offset, length) -> {}, capture::take);
            int status = head.status();
            lane.figures().answered(status, System.nanoTime() - started);
            Optional<Capture.Answer> own = capture.answer(head, status, options.prediction());
            own.ifPresent(answer -> answer.note(lane.figures().predictions()));
            if (options.requestId().isPresent() && status / 100 == 2) {
                lane.answers().add(id, own.flatMap(Capture.Answer::predicted));
            }
            if (own.isPresent() && answered.isPresent()) {
                compared.incrementAndGet();
                if (!own.get().same(answered.get())) {
                    different.incrementAndGet();
                }
            }
        } catch (IOException e) {
            if (!senders.isShutdown()) {
                lane.figures().unanswered(System.nanoTime() - started);
            }
        }
    }

    Map<String, String> describe() {
        return Map.of(
                "compared", String.valueOf(compared.get()),
                "different", String.valueOf(different.get()),
                "leftOut", String.valueOf(leftOut.get()));
    }

    void end() {
        senders.shutdownNow();
    }
}
