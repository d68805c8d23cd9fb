package io.mlcicd.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream of requests whose truth a client writes down a moment after each answer: whether the number asked about is
 * even, or the number itself.
 */
final class LabelledLoad implements AutoCloseable {

    private static final int CLIENTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(4);

    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Path file;
    private final boolean numbers;
    private volatile boolean stopped;

    LabelledLoad(int port, Path file, boolean numbers) throws IOException {
        this.file = file;
        this.numbers = numbers;
        write("id,truth\n");
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> ask(URI.create("http://127.0.0.1:" + port + "/judge")));
            client.start();
            clients.add(client);
        }
    }

    private void ask(URI address) {
        HttpClient http = HttpClient.newHttpClient();
        while (!stopped) {
            long n = number.incrementAndGet();
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(20))
                    .header("X-Request-Id", "h-" + n)
                    .POST(BodyPublishers.ofString("{\"id\": \"r-%d\", \"x\": %d}".formatted(n, n)))
                    .build();
            try {
                boolean answered = http.send(request, BodyHandlers.ofString()).statusCode() == 200;
                lost.addAndGet(answered ? 0 : 1);
                String truth = numbers ? n + ".0" : n % 2 == 0 ? "even" : "odd";
                write("r-%d,%s\nh-%d,%s\n".formatted(n, truth, n, truth));
                Thread.sleep(PAUSE.toMillis());
            } catch (IOException e) {
                lost.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void write(String rows) {
        try {
            Files.writeString(file, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long lost() {
        return lost.get();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
