package io.mlcicd.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.Row;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends cases to a service, several at once, and writes those that were answered, in their order, as JSON lines. For one
 * thread; what it holds does not grow with the number of cases but for 8 bytes each.
 */
final class CaseRun implements AutoCloseable {

    /** When so many requests have failed and none was answered, the others would not be either. */
    static final int MOST_VAIN = 50;

    private static final int WAITING_PER_WORKER = 16;

    private final String name;
    private final ServiceClient client;
    private final RequestBody body;
    private final AnswerReader reader;
    private final List<Column> columns;
    private final Writer out;
    private final int window;
    private final ExecutorService workers;
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final long started = System.nanoTime();
    private double[] millis = new double[1024];
    private int answered;
    private int failed;
    private Optional<String> firstFailure = Optional.empty();
    private double seconds;

    CaseRun(
            EndpointSpec endpoint,
            ServiceClient client,
            RequestBody body,
            AnswerReader reader,
            List<Column> columns,
            Writer out) {
        this.name = endpoint.shown();
        this.client = client;
        this.body = body;
        this.reader = reader;
        this.columns = columns;
        this.out = out;
        this.window = endpoint.concurrency() * WAITING_PER_WORKER;
        this.workers = Executors.newFixedThreadPool(endpoint.concurrency(), task -> {
            Thread thread = new Thread(task, "requests to a judged service");
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Sent(Row row, long number, Future<Outcome> outcome) {}

    /** Column to value of the answer, or the failure. */
    private record Outcome(Map<String, JsonNode> values, double millis, String failure) {}

    /** Sends a case as soon as a worker is free; waits only when many are under way. */
    void send(Row row) throws InterruptedException, IOException {
        while (!waiting.isEmpty()
                && (waiting.size() >= window || waiting.peek().outcome().isDone())) {
            settle(waiting.poll());
        }
        String posted = body.of(row);
        waiting.add(new Sent(row, waiting.size() + done() + 1, workers.submit(() -> ask(posted))));
    }

    /** Waits for the last answers. */
    void finish() throws InterruptedException, IOException {
        while (!waiting.isEmpty()) {
            settle(waiting.poll());
        }
        seconds = (System.nanoTime() - started) / 1e9;
    }

    private Outcome ask(String posted) throws InterruptedException {
        ServiceClient.Reply reply = client.post(posted);
        if (!reply.failure().isEmpty()) {
            return new Outcome(Map.of(), 0, reply.failure());
        }
        try {
            return new Outcome(reader.read(reply.body()), reply.millis(), "");
        } catch (AnswerReader.Unusable e) {
            return new Outcome(Map.of(), 0, e.getMessage());
        }
    }

    private void settle(Sent sent) throws InterruptedException, IOException {
        Outcome outcome;
        try {
            outcome = sent.outcome().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        if (!outcome.failure().isEmpty()) {
            failed++;
            firstFailure =
                    Optional.of(firstFailure.orElse("row %d: it %s".formatted(sent.number(), outcome.failure())));
            if (answered == 0 && failed >= MOST_VAIN) {
                throw new OutsideSystemException("%s: none of the first %d requests was answered; the first failure: %s"
                        .formatted(name, failed, firstFailure.get()));
            }
            return;
        }
        if (answered == millis.length) {
            millis = Arrays.copyOf(millis, 2 * answered);
        }
        millis[answered++] = outcome.millis();
        ObjectNode line = RequestBody.object(sent.row(), columns);
        line.setAll(outcome.values());
        out.write(line.toString());
        out.write('\n');
    }

    /** How many cases have come to an end. */
    int done() {
        return answered + failed;
    }

    int failed() {
        return failed;
    }

    Optional<String> firstFailure() {
        return firstFailure;
    }

    /** How long the answers took, rising. */
    double[] latencies() {
        double[] sorted = Arrays.copyOf(millis, answered);
        Arrays.sort(sorted);
        return sorted;
    }

    /** How long all of it took. */
    double seconds() {
        return seconds;
    }

    /** Ends the requests that are under way. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
