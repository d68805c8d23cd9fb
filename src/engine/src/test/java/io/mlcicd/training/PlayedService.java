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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plays the service of a pipeline: answers by the shapes of its published API, and keeps what it was asked. */
final class PlayedService implements AutoCloseable {

    /** In the place of an answer: the request is taken, and the connection ends. */
    static final String CUT = "!cut";

    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    static {
        // The JDK's server waits 40 ms for each answer's second packet otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern REFUSAL = Pattern.compile("!([0-9]*) ?(.*)", Pattern.DOTALL);

    /** What is answered; several to one question are given one after the other, the last again and again. */
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    private final Map<String, Long> slow = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
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

    /**
     * Answers that question, which is an action of AWS or method and path of another service, where an ID that is made for
     * each run is ID. An answer that begins with {@code !} is a refusal, with its status if it is not 400; {@link #CUT} is
     * the end of the connection.
     */
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
        List<String> all = bodies(question);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    /** What it was asked with each time. */
    List<String> bodies(String question) {
        return bodies.getOrDefault(question, List.of());
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
            question =
                    question.replaceAll("ml-cicd-[0-9]+-[0-9a-f]{8}", "ID").replaceAll("%20[0-9a-f]{8}%22", "%20ID%22");
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null && authorization.startsWith("AWS4") && !signed(exchange, authorization, body)) {
                synchronized (this) {
                    wrong.add(question);
                }
            }
            bodies.computeIfAbsent(question, any -> new CopyOnWriteArrayList<>())
                    .add(body + (authorization == null ? "" : " " + authorization));
            int number =
                    asked.computeIfAbsent(question, any -> new AtomicInteger()).getAndIncrement();
            try {
                Thread.sleep(slow.getOrDefault(question, 0L));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<String> all = answers.getOrDefault(question, List.of());
            String answer = all.isEmpty() ? "{}" : all.get(Math.min(number, all.size() - 1));
            if (answer.equals(CUT)) {
                return;
            }
            Matcher refusal = REFUSAL.matcher(answer);
            boolean refused = refusal.matches();
            String status = all.isEmpty() ? "404" : refused ? refusal.group(1) : "200";
            byte[] bytes = (refused ? refusal.group(2) : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    status.isEmpty() ? 400 : Integer.parseInt(status), bytes.length == 0 ? -1 : bytes.length);
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
