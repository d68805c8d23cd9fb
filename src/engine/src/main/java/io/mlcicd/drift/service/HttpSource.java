package io.mlcicd.drift.service;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets texts over HTTP: no more than so many bytes, no longer than so long, and no secret in what it says of failures. */
final class HttpSource {

    /** No service tells that much of itself. */
    static final int MOST_BYTES = 32 << 20;

    private final HttpClient http;
    private final Credentials credentials;
    private final Duration timeout;

    /** @param server an address of the server that is asked */
    HttpSource(URI server, Credentials credentials, Duration timeout) {
        this.credentials = credentials;
        this.timeout = timeout;
        // A redirect is not followed, for the credentials are meant for this server alone.
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        if (isThisMachine(server.getHost())) {
            client.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.http = client.build();
    }

    /** A proxy would look for this machine's names on its own. */
    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]+){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    }

    /** An answer, of whatever status. */
    record Answer(int status, String body) {}

    /** The address for messages and documents: without a query or a user's name, which may hold secrets. */
    static String shown(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }

    /** @throws InvalidInputException when the address cannot be asked */
    static URI address(String url) {
        try {
            URI address = new URI(url);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getUserInfo() != null) {
                throw new InvalidInputException(
                        "the address %s has a user in it; give user and password apart from it".formatted(shown(url)));
            }
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below without the exception's message, which has the whole address.
        }
        throw new InvalidInputException(
                "%s is no address that can be read; write one such as http://localhost:8080/metrics"
                        .formatted(shown(url)));
    }

    /**
     * Gets what is there.
     *
     * @throws OutsideSystemException when no whole answer comes in time, or one too large
     */
    Answer get(URI address, String accept) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).setHeader("Accept", accept);
        try {
            credentials.header().ifPresent(value -> request.setHeader("Authorization", value));
        } catch (IllegalArgumentException e) {
            // Its message has the value.
            throw new InvalidInputException("the credentials for %s have characters that HTTP headers may not have"
                    .formatted(shown(address.toString())));
        }
        String where = shown(address.toString());
        CompletableFuture<HttpResponse<byte[]>> coming =
                http.sendAsync(request.GET().build(), info -> new LimitedBody());
        try {
            // The client's own timeout ends with the answer's headers; a body may hang as well.
            HttpResponse<byte[]> answer = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new OutsideSystemException(where + noAnswer());
        } catch (ExecutionException e) {
            throw new OutsideSystemException(where + reason(e.getCause()), e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    private String reason(Throwable failure) {
        if (failure instanceof TooLarge) {
            return " answers with more than %d MiB, which no metrics are; look at the address"
                    .formatted(MOST_BYTES >> 20);
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return " cannot be reached; does the service run, and is the address right?";
        }
        if (failure instanceof HttpTimeoutException) {
            return noAnswer();
        }
        String said = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return " broke the connection off" + said;
    }

    private String noAnswer() {
        return String.format(
                Locale.ROOT,
                " gave no whole answer within %.3g s; raise the timeout if it is slow",
                timeout.toMillis() / 1e3);
    }

    /** Why an answer is none; empty for a status of success. */
    static String refusal(int status, String shown) {
        if (status / 100 == 2) {
            return "";
        }
        return "%s answered with status %d; %s"
                .formatted(
                        shown,
                        status,
                        switch (status) {
                            case 401, 403 -> "give credentials that it accepts";
                            case 404 -> "the address is wrong, or the service publishes no metrics there";
                            case 301, 302, 303, 307, 308 -> "give the address that it redirects to";
                            default -> "look at the service's own log";
                        });
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** A body that is given up when it goes on for too long. */
    private static final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                if (!whole.isDone() && bytes.size() + part.length > MOST_BYTES) {
                    subscription.cancel();
                    whole.completeExceptionally(new TooLarge());
                } else if (!whole.isDone()) {
                    bytes.write(part, 0, part.length);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
