package io.mlcicd.deployment.supervisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes a deployer's orders over loopback HTTP from whoever knows the token. */
final class Control {

    /** The header that carries the token. */
    static final String TOKEN = "X-Token";

    private static final long LAST_ANSWER_SECONDS = 2;

    private final Supervisor supervisor;
    private final byte[] token;
    private final HttpServer server;
    private final Phaser answering = new Phaser(1);

    Control(Supervisor supervisor, String token) throws IOException {
        this.supervisor = supervisor;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "control");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Waits until every order that came in has got its answer, or a little while. */
    void awaitAnswers() throws InterruptedException {
        try {
            answering.awaitAdvanceInterruptibly(answering.arrive(), LAST_ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            System.err.println("a deployer did not take its answer");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        answering.register();
        try {
            answer(exchange);
        } finally {
            answering.arriveAndDeregister();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        String answer;
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst(TOKEN);
            if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token)) {
                status = 403;
                answer = "error=wrong token";
            } else {
                try {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    answer = obey(exchange.getRequestURI().getPath(), Fields.parse(body))
                            .text();
                } catch (IOException | RuntimeException e) {
                    status = 409;
                    answer = Fields.of("error", String.valueOf(e.getMessage())).text();
                }
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Fields obey(String order, Fields request) throws IOException {
        switch (order) {
            case "/status" -> {}
            case "/start" -> supervisor.start(request);
            case "/renew" -> supervisor.renew();
            case "/promote" -> supervisor.promote(Address.from(request));
            case "/divide" ->
                supervisor.divide(
                        Double.parseDouble(request.require("share")), Boolean.parseBoolean(request.require("shadow")));
            case "/figures" -> {
                return supervisor.figures();
            }
            case "/answers" -> {
                return supervisor.answers(request);
            }
            case "/confirm" -> supervisor.confirm(millis(request, "drain"), millis(request, "keep"));
            case "/rollback" -> supervisor.rollBack();
            case "/discard" -> supervisor.discard();
            case "/abandon" -> supervisor.abandon();
            case "/end" -> supervisor.end();
            default -> throw new IllegalArgumentException("there is no order " + order);
        }
        return supervisor.statusForDeployers();
    }

    private static Duration millis(Fields request, String name) {
        return Duration.ofMillis(Long.parseLong(request.require(name)));
    }
}
