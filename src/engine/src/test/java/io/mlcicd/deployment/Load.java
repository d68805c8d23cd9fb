package io.mlcicd.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A constant stream of requests from clients that keep their connections and send nothing twice. */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(4);

    private final List<Thread> clients = new ArrayList<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> answered = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Load(int port) {
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> ask(URI.create("http://127.0.0.1:" + port + "/predict")));
            client.start();
            clients.add(client);
        }
    }

    private void ask(URI address) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("{\"x\": 1}"))
                .build();
        while (!stopped) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    String model = answer.body().split("\"", -1)[3].split(" ", -1)[0];
                    answered.computeIfAbsent(model, any -> new AtomicLong()).incrementAndGet();
                } else {
                    lost.add(answer.statusCode() + " " + answer.body());
                }
                Thread.sleep(PAUSE.toMillis());
            } catch (IOException e) {
                lost.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    long answeredBy(String model) {
        return answered.getOrDefault(model, new AtomicLong()).get();
    }

    long sent() {
        return lost.size()
                + answered.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** What did not come back as 200. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
