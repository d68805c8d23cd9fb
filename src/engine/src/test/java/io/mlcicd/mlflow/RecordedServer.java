package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers as a real MLflow server answered when the record was made, and refuses requests that differ from those it was sent
 * then; or stands before a real server and makes that record. Times, our own version and files are no part of a comparison.
 */
public final class RecordedServer implements AutoCloseable {

    /** A real server's address; with it requests go there and are recorded. */
    private final Optional<String> real;

    private final Path record;
    private final List<JsonNode> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private int next;

    private RecordedServer(Optional<String> real, Path record) throws IOException {
        this.real = real;
        this.record = record;
        if (real.isEmpty()) {
            for (String line : Files.readAllLines(record)) {
                entries.add(Json.mapper().readTree(line));
            }
        }
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public static RecordedServer replaying(Path record) throws IOException {
        return new RecordedServer(Optional.empty(), record);
    }

    public static RecordedServer recording(String real, Path record) throws IOException {
        return new RecordedServer(Optional.of(real), record);
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked otherwise than when the record was made. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ObjectNode asked = Json.mapper()
                .createObjectNode()
                .put("method", exchange.getRequestMethod())
                .put("path", exchange.getRequestURI().toString())
                .put("request", body);
        JsonNode entry = real.isPresent() ? forward(asked) : recorded(asked);
        byte[] answer = entry.path("body").asText().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(entry.path("status").asInt(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private JsonNode forward(ObjectNode asked) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(real.orElseThrow() + asked.path("path").asText()))
                .method(
                        asked.path("method").asText(),
                        HttpRequest.BodyPublishers.ofString(
                                asked.path("request").asText()));
        if (asked.path("method").asText().equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            ObjectNode entry = asked.put("status", response.statusCode()).put("body", response.body());
            entries.add(entry);
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode recorded(ObjectNode asked) {
        JsonNode expected =
                next < entries.size() ? entries.get(next) : Json.mapper().createObjectNode();
        next++;
        if (!comparable(asked).equals(comparable(expected))) {
            problems.add("request " + next + " was " + comparable(asked) + " and should be " + comparable(expected));
            return Json.mapper()
                    .createObjectNode()
                    .put("status", 400)
                    .put("body", "{\"error_code\": \"TEST\", \"message\": \"another request was recorded\"}");
        }
        return expected;
    }

    private static final Pattern TIMES = Pattern.compile("(\"(?:timestamp|start_time|end_time)\":)\\d+");
    private static final Pattern VERSION = Pattern.compile("(\"mlcicd.version\",\"value\":)\"[^\"]*\"");

    private static String comparable(JsonNode entry) {
        String method = entry.path("method").asText();
        String request = TIMES.matcher(entry.path("request").asText()).replaceAll("$10");
        return method + " " + entry.path("path").asText() + " "
                + (method.equals("PUT") ? "" : VERSION.matcher(request).replaceAll("$1\"\""));
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        if (real.isPresent()) {
            StringBuilder lines = new StringBuilder();
            for (JsonNode entry : entries) {
                lines.append(entry.toString()).append('\n');
            }
            Files.createDirectories(record.getParent());
            Files.writeString(record, lines);
        }
    }
}
