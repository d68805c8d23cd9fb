package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A server of fixed paths, written after the protocols' published texts; each test class names the sections. */
final class ModelServer implements AutoCloseable, ServeCheck.ServedProgram {

    record Reply(int status, String body) {}

    private final HttpServer server;
    private final Map<String, UnaryOperator<String>> paths = new ConcurrentHashMap<>();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    Optional<String> ended = Optional.empty();

    ModelServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "model server");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a method and path, such as {@code GET /ping}, with that. */
    ModelServer on(String methodAndPath, int status, String body) {
        replies.put(methodAndPath, new Reply(status, body));
        return this;
    }

    /** Answers a method and path with what is made of the request's body. */
    ModelServer on(String methodAndPath, UnaryOperator<String> answer) {
        paths.put(methodAndPath, answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (!body.isEmpty()) {
            bodies.add(Json.mapper().readTree(body));
        }
        UnaryOperator<String> answer = paths.get(key);
        Reply reply = answer == null
                ? replies.getOrDefault(key, new Reply(404, "{\"error\":\"no such path\"}"))
                : new Reply(200, answer.apply(body));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public Optional<String> ended() {
        return ended;
    }

    @Override
    public List<String> log() {
        return List.of("first line", "last line");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
