package io.mlcicd.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plays the service of a pipeline: answers by the shapes of its published API, and keeps what it was asked. */
final class PlayedService implements AutoCloseable {

    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    static {
        // The JDK's server waits 40 ms for each answer's second packet otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What is answered; several to one question are given one after the other, the last again and again. */
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    private final Map<String, Long> slow = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final HttpServer server;

    PlayedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "played service");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers that question, which is an action of AWS or method and path of another service. */
    PlayedService on(String question, String... all) {
        answers.put(question, List.of(all));
        return this;
    }

    /** From now on answers to that question take so long. */
    PlayedService slow(String question, long millis) {
        slow.put(question, millis);
        return this;
    }

    int times(String question) {
        return asked.getOrDefault(question, new AtomicInteger()).get();
    }

    /** What the question was last asked with. */
    String body(String question) {
        return bodies.getOrDefault(question, "");
    }

    /** Requests of AWS whose signature is not what it must be. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String question = target == null
                    ? exchange.getRequestMethod() + " " + exchange.getRequestURI()
                    : target.substring(target.indexOf('.') + 1);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null && authorization.startsWith("AWS4") && !signed(exchange, authorization, body)) {
                synchronized (this) {
                    wrong.add(question);
                }
            }
            bodies.put(question, body + (authorization == null ? "" : " " + authorization));
            int number =
                    asked.computeIfAbsent(question, any -> new AtomicInteger()).getAndIncrement();
            try {
                Thread.sleep(slow.getOrDefault(question, 0L));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<String> all = answers.getOrDefault(question, List.of());
            String answer = all.isEmpty() ? "{}" : all.get(Math.min(number, all.size() - 1));
            boolean refused = all.isEmpty() || answer.startsWith("!");
            byte[] bytes = (refused && !all.isEmpty() ? answer.substring(1) : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    refused ? all.isEmpty() ? 404 : 400 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Computes the signature anew ("Create a signed AWS API request", AWS IAM user guide). */
    private static boolean signed(HttpExchange exchange, String authorization, String body) {
        String scope = authorization.replaceAll(".*Credential=[^/]+/([^,]+),.*", "$1");
        String names = authorization.replaceAll(".*SignedHeaders=([^,]+),.*", "$1");
        StringBuilder headers = new StringBuilder();
        Map<String, String> sent = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> sent.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        for (String name : names.split(";", -1)) {
            headers.append(name).append(':').append(sent.get(name)).append('\n');
        }
        String request = exchange.getRequestMethod() + "\n"
                + exchange.getRequestURI().getRawPath() + "\n\n" + headers + "\n" + names + "\n" + sha256(body);
        String toSign = "AWS4-HMAC-SHA256\n" + sent.get("x-amz-date") + "\n" + scope + "\n" + sha256(request);
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : (scope + "/").split("/", 4)) {
            key = hmac(key, part.replace("/", ""));
        }
        return authorization.endsWith("Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
