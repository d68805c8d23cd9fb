package io.mlcicd.evaluation;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON to a service; safe for several threads. What it says of failures has neither headers nor bodies. */
final class ServiceClient {

    private final HttpClient http;
    private final HttpRequest.Builder request;
    private final Duration timeout;

    /**
     * A client of that service.
     *
     * @throws InvalidInputException when the address or a header cannot be used
     */
    ServiceClient(EndpointSpec endpoint) {
        URI address = address(endpoint);
        timeout = endpoint.timeout();
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
        if (isThisMachine(address.getHost())) {
            client.proxy(HttpClient.Builder.NO_PROXY);
        }
        http = client.build();
        request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json");
        for (Map.Entry<String, String> header : endpoint.headers().entrySet()) {
            try {
                request.setHeader(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // Its message has the value, which may be a secret.
                throw new InvalidInputException(
                        "the header '%s' cannot be sent: its name is reserved, or it has characters that headers may not have"
                                .formatted(header.getKey()));
            }
        }
    }

    private static URI address(EndpointSpec endpoint) {
        try {
            URI address = new URI(endpoint.url());
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below without the exception's message, which has the whole address.
        }
        throw new InvalidInputException(
                "the endpoint's url %s is no address that can be posted to; write one such as http://localhost:8080/predict"
                        .formatted(endpoint.shown()));
    }

    /** A proxy would look for this machine's names on its own. */
    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]+){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    }

    /** What came of a request. */
    static final class Reply {

        private final String failure;
        private final byte[] body;
        private final double millis;

        private Reply(String failure, byte[] body, double millis) {
            this.failure = failure;
            this.body = body;
            this.millis = millis;
        }

        private static Reply failed(String failure) {
            return new Reply(failure, new byte[0], 0);
        }

        /** What went wrong, in words that follow the service's name; empty for an answer of 2xx. */
        String failure() {
            return failure;
        }

        byte[] body() {
            return body;
        }

        /** How long the answer took, to its last byte. */
        double millis() {
            return millis;
        }
    }

    /** Posts a body and waits for the whole answer; an interruption ends the request. */
    Reply post(String body) throws InterruptedException {
        HttpRequest asked = request.copy().POST(BodyPublishers.ofString(body)).build();
        long started = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(asked, BodyHandlers.ofByteArray());
        try {
            // The client's own timeout ends with the answer's headers; a body may hang as well.
            HttpResponse<byte[]> answer = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            double millis = (System.nanoTime() - started) / 1e6;
            return answer.statusCode() / 100 == 2
                    ? new Reply("", answer.body(), millis)
                    : Reply.failed("answered with status " + answer.statusCode());
        } catch (TimeoutException e) {
            return Reply.failed(noAnswer());
        } catch (ExecutionException e) {
            return Reply.failed(reason(e.getCause()));
        } finally {
            coming.cancel(true);
        }
    }

    private String reason(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return "cannot be reached";
        }
        if (failure instanceof HttpTimeoutException) {
            return noAnswer();
        }
        String said = failure instanceof IOException && failure.getMessage() != null ? ": " + failure.getMessage() : "";
        return "broke the connection off" + said;
    }

    private String noAnswer() {
        return "gave no answer within %s s".formatted(String.format(Locale.ROOT, "%.3g", timeout.toMillis() / 1e3));
    }
}
