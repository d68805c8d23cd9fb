package io.mlcicd.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Calls a provider's API; a service that is busy (429, 503 or a throttling error) is asked again, ever later. */
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

    /**
     * Sends a request and returns the answer, whatever its status.
     *
     * @throws OutsideSystemException when there is no answer
     */
    public Answer send(String method, URI uri, Headers headers, String body) throws InterruptedException {
        Answer answer = once(method, uri, headers, body);
        for (int i = 1; i < TRIES && answer.busy(); i++) {
            Thread.sleep(250L << i);
            answer = once(method, uri, headers, body);
        }
        return answer;
    }

    private Answer once(String method, URI uri, Headers headers, String body) throws InterruptedException {
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
        } catch (HttpTimeoutException e) {
            throw new OutsideSystemException(uri.getHost() + " did not answer in time; try again later", e);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new OutsideSystemException(
                    uri.getHost() + ":" + (uri.getPort() < 0 ? "443" : uri.getPort()) + " cannot be reached (" + why
                            + "); check the region and the network",
                    e);
        }
    }
}
