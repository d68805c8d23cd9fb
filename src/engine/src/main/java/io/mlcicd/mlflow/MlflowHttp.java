package io.mlcicd.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Calls MLflow's REST API, version 2.0. A server that is busy or does not answer is asked again, ever later or when it says
 * so; the statuses are those at which MLflow's own client asks again ({@code mlflow/utils/request_utils.py} of 2.10).
 */
final class MlflowHttp {

    private static final String API = "/api/2.0/";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration TRANSFER = Duration.ofMinutes(30);
    private static final Set<Integer> ASK_AGAIN = Set.of(408, 429, 500, 502, 503, 504);
    private static final int TRIES = 5;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final MlflowServer server;
    private final HttpClient client;
    private final long firstWaitMillis;

    MlflowHttp(MlflowServer server) {
        this(server, Duration.ofMillis(500));
    }

    MlflowHttp(MlflowServer server, Duration firstWait) {
        this.server = server;
        this.firstWaitMillis = firstWait.toMillis();
        // Redirects are not followed, for Java would take the login along to wherever they lead.
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        if (server.insecure()) {
            builder.sslContext(ServerTrust.ofAnybody());
        } else {
            server.certificates().map(ServerTrust::of).ifPresent(builder::sslContext);
        }
        this.client = builder.build();
    }

    MlflowServer server() {
        return server;
    }

    /** Asks with parameters in the address. */
    MlflowAnswer get(String path, Map<String, String> parameters) throws InterruptedException {
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return json("GET", path + (query.isEmpty() ? "" : "?" + query), BodyPublishers.noBody());
    }

    MlflowAnswer post(String path, JsonNode body) throws InterruptedException {
        return json("POST", path, text(body));
    }

    /** Puts a file's content at a path below the API's, or below another server's. */
    MlflowAnswer put(String base, String path, Path file) throws IOException, InterruptedException {
        return send(request("PUT", base + API + path, BodyPublishers.ofFile(file), TRANSFER));
    }

    /** The text at an address below the server's; empty when there is none. */
    Optional<String> text(String path) throws InterruptedException {
        HttpResponse<String> response =
                patiently(request("GET", server.address() + path, BodyPublishers.noBody(), ANSWER));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        MlflowAnswer answer = new MlflowAnswer(server, path, response.statusCode(), response.body());
        if (!answer.good()) {
            throw answer.failure("read a file");
        }
        return Optional.of(response.body());
    }

    /** Asks at a path below the API's, or below another server's. */
    MlflowAnswer getAt(String base, String path) throws InterruptedException {
        return send(request("GET", base + API + path, BodyPublishers.noBody(), ANSWER));
    }

    /** Where a path of the API is on that server. */
    static String api(String base, String path) {
        return base + API + path;
    }

    /**
     * Writes what is at an address into a file.
     *
     * @param most bytes; more is a failure
     */
    void file(String address, Path file, long most) throws InterruptedException {
        HttpResponse<String> response = patiently(
                request("GET", address, BodyPublishers.noBody(), TRANSFER),
                head -> head.statusCode() == 200
                        ? new FileBody(file, most)
                        : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new MlflowAnswer(server, response.uri().getPath(), response.statusCode(), response.body())
                    .failure("send the file " + file.getFileName());
        }
    }

    private MlflowAnswer json(String method, String path, BodyPublisher body) throws InterruptedException {
        return send(request(method, server.address() + API + path, body, ANSWER));
    }

    private HttpRequest request(String method, String address, BodyPublisher body, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .timeout(patience)
                .header("Accept", "application/json")
                .header("User-Agent", "ml-cicd")
                .method(method, body);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        // A login is for the server that it was given for, and for no other that a run's artifacts may lie on.
        if (address.startsWith(server.address().toString())) {
            server.authorization().ifPresent(login -> request.header("Authorization", login));
        }
        return request.build();
    }

    private MlflowAnswer send(HttpRequest request) throws InterruptedException {
        HttpResponse<String> response = patiently(request);
        return new MlflowAnswer(server, request.uri().getPath(), response.statusCode(), response.body());
    }

    private HttpResponse<String> patiently(HttpRequest request) throws InterruptedException {
        return patiently(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> patiently(HttpRequest request, HttpResponse.BodyHandler<String> body)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> response = answered(request, body);
                if (attempt == TRIES || !ASK_AGAIN.contains(response.statusCode())) {
                    return response;
                }
                Thread.sleep(wait(response, attempt));
            } catch (HttpTimeoutException e) {
                throw new OutsideSystemException("the MLflow server %s did not answer in time".formatted(server), e);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                    throw new OutsideSystemException(
                            "the MLflow server %s cannot be reached (%s); check the address and the network"
                                    .formatted(server, why),
                            e);
                }
                Thread.sleep(firstWaitMillis << (attempt - 1));
            }
        }
    }

    /** Java's own limit of time ends with the answer's head; ours counts for its body, too. */
    private HttpResponse<String> answered(HttpRequest request, HttpResponse.BodyHandler<String> body)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> coming = client.sendAsync(request, body);
        try {
            return coming.get(request.timeout().orElse(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof OutsideSystemException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    private long wait(HttpResponse<?> response, int attempt) {
        long own = firstWaitMillis << (attempt - 1);
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Math.min(LONGEST_WAIT_MILLIS, Long.parseLong(seconds) * 1000))
                .orElse(own);
    }

    private static BodyPublisher text(JsonNode body) {
        try {
            return BodyPublishers.ofByteArray(Json.mapper()
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is JSON", e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
