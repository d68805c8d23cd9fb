package io.mlcicd.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Calls a provider's API; a service that is busy (429, 503 or a throttling error) is asked again, ever later. A busy or
 * lost answer does not tell whether the request was carried out, so what must not be done twice is asked for with
 * {@link #once} or, where the service itself knows a request again, with {@link #again}.
 */
public final class CloudHttp {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int TRIES = 5;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** Makes the headers of one try, for a signature holds its time. */
    public interface Headers {
        Map<String, String> make() throws InterruptedException;
    }

    /**
     * One answer.
     *
     * @param status the HTTP status
     * @param body its text
     */
    public record Answer(int status, String body) {

        /** Whether it is 2xx. */
        public boolean good() {
            return status / 100 == 2;
        }

        /** The text as JSON; an empty object when it is none. */
        public JsonNode json() {
            try {
                return body.isBlank()
                        ? Json.mapper().createObjectNode()
                        : Json.mapper().readTree(body);
            } catch (JsonProcessingException e) {
                return Json.mapper().createObjectNode();
            }
        }

        private boolean busy() {
            return status == 429 || status == 503 || (status == 400 && body.contains("ThrottlingException"));
        }
    }

    /** Finds the answer that an earlier try would have had, if it was carried out after all. */
    public interface Earlier {
        Optional<Answer> look() throws InterruptedException;
    }

    /**
     * Sends a request and returns the answer, whatever its status. One that only reads is sent again when its answer is
     * lost.
     *
     * @throws OutsideSystemException when there is no answer
     */
    public Answer send(String method, URI uri, Headers headers, String body) throws InterruptedException {
        return tried(method, uri, headers, body, method.equals("GET"), Optional::empty);
    }

    /**
     * Sends a request that the service knows again, or that may be carried out twice, so that a lost answer is asked for
     * anew.
     *
     * @throws LostAnswerException when no try was answered
     */
    public Answer again(String method, URI uri, Headers headers, String body) throws InterruptedException {
        return tried(method, uri, headers, body, true, Optional::empty);
    }

    /**
     * Sends a request that must not be carried out twice.
     *
     * @param earlier asked before each further try, and before giving up
     * @throws LostAnswerException when no try was answered
     */
    public Answer once(String method, URI uri, Headers headers, String body, Earlier earlier)
            throws InterruptedException {
        return tried(method, uri, headers, body, true, earlier);
    }

    private Answer tried(String method, URI uri, Headers headers, String body, boolean lostToo, Earlier earlier)
            throws InterruptedException {
        for (int i = 1; ; i++) {
            Optional<Answer> answer = Optional.empty();
            Optional<LostAnswerException> lost = Optional.empty();
            try {
                answer = Optional.of(one(method, uri, headers, body));
                if (!answer.get().busy()) {
                    return answer.get();
                }
            } catch (LostAnswerException e) {
                lost = Optional.of(e);
            }
            boolean last = i == TRIES || (lost.isPresent() && !lostToo);
            if (!last) {
                Thread.sleep(250L << i);
            }
            Optional<Answer> before = earlier.look();
            if (before.isPresent()) {
                return before.get();
            }
            if (last) {
                return answer.orElseThrow(lost::orElseThrow);
            }
        }
    }

    private Answer one(String method, URI uri, Headers headers, String body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.make().forEach(request::header);
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreachable(uri, e);
        } catch (HttpTimeoutException e) {
            throw new LostAnswerException(uri.getHost() + " did not answer in time; try again later", e);
        } catch (SSLHandshakeException e) {
            throw unreachable(uri, e);
        } catch (IOException e) {
            throw new LostAnswerException(
                    place(uri) + " did not answer (" + why(e) + "); check the network, or try again later", e);
        }
    }

    private static OutsideSystemException unreachable(URI uri, IOException e) {
        return new OutsideSystemException(
                place(uri) + " cannot be reached (" + why(e) + "); check the region and the network", e);
    }

    private static String place(URI uri) {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? "443" : uri.getPort());
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
