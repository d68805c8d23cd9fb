package io.mlcicd.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calls the Vertex AI REST API ({@code aiplatform.googleapis.com}, v1); long-running operations by AIP-151, errors by
 * AIP-193 of Google's API improvement proposals.
 */
public final class VertexApi {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final String project;
    private final String region;
    private final Optional<URI> endpointUrl;
    private final String section;
    private final Supplier<String> token;
    private final Duration look;
    private final CloudHttp http = new CloudHttp();

    /**
     * The service of a region.
     *
     * @param endpointUrl takes the place of the service's address
     * @param section of {@code mlcicd.yml} that says so, for messages
     * @param look how long to wait before asking again how far an operation is
     */
    public VertexApi(
            String project,
            String region,
            Optional<URI> endpointUrl,
            String section,
            Supplier<String> token,
            Duration look) {
        this.project = project;
        this.region = region;
        this.endpointUrl = endpointUrl;
        this.section = section;
        this.token = token;
        this.look = look;
    }

    /** The parent of all that is made: {@code projects/<project>/locations/<region>}. */
    public String location() {
        return "projects/" + project + "/locations/" + region;
    }

    /** Reads a resource by its name. */
    public JsonNode get(String path) throws InterruptedException {
        return call("GET", path, "");
    }

    /** Reads a resource; empty when there is none. */
    public Optional<JsonNode> found(String path) throws InterruptedException {
        CloudHttp.Answer answer = send("GET", path, "");
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(answered("GET", path, answer));
    }

    /** Makes a resource, or calls a method of one. */
    public JsonNode post(String path, Object body) throws InterruptedException {
        return call("POST", path, Json.mapper().valueToTree(body).toString());
    }

    /**
     * Makes a resource under an ID that is chosen here and nobody else uses, so that a try whose answer is lost does not
     * make a second one.
     *
     * @param collection such as {@code pipelineJobs}
     * @param parameter of the query that takes the ID
     * @throws LostAnswerException when no try was answered, and nothing tells whether it is there
     */
    public JsonNode make(String collection, String parameter, String id, Object body) throws InterruptedException {
        String path = location() + "/" + collection;
        String name = path + "/" + id;
        String text = Json.mapper().valueToTree(body).toString();
        CloudHttp.Answer answer = http.once(
                "POST", uri(path + "?" + parameter + "=" + encode(id)), headers(text), text, () -> made(name));
        return answer.status() == CONFLICT ? get(name) : answered("POST", path, answer);
    }

    private Optional<CloudHttp.Answer> made(String name) throws InterruptedException {
        return Optional.of(send("GET", name, "")).filter(CloudHttp.Answer::good);
    }

    /** Changes a resource. */
    public JsonNode patch(String path, Object body) throws InterruptedException {
        return call("PATCH", path, Json.mapper().valueToTree(body).toString());
    }

    /** Removes a resource. */
    public JsonNode delete(String path) throws InterruptedException {
        return call("DELETE", path, "");
    }

    /** Waits for an operation and returns its response. */
    public JsonNode done(JsonNode operation) throws InterruptedException {
        JsonNode now = operation;
        while (!now.path("done").asBoolean()) {
            Thread.sleep(look.toMillis());
            now = get(operation.path("name").asText());
        }
        if (now.has("error")) {
            throw new OutsideSystemException("Vertex AI did not carry out an operation (" + told(now.path("error"))
                    + "); correct the section " + section + " or look at the project in its console");
        }
        return now.path("response");
    }

    /** Code and message of an error, in brief. */
    public static String told(JsonNode error) {
        String code = error.path("status").asText(error.path("code").asText("unknown"));
        return code + ": " + error.path("message").asText("no message").replaceAll("\\s+", " ");
    }

    private JsonNode call(String method, String path, String body) throws InterruptedException {
        return answered(method, path, send(method, path, body));
    }

    /**
     * Points of a metric, by Cloud Monitoring's API (v3).
     *
     * @param seconds how many of them become one point
     * @param aligner how they do
     */
    public JsonNode series(String filter, Instant from, Instant to, long seconds, String aligner)
            throws InterruptedException {
        String path = "projects/" + project + "/timeSeries?filter=" + encode(filter)
                + "&interval.startTime=" + encode(from.toString()) + "&interval.endTime=" + encode(to.toString())
                + "&aggregation.alignmentPeriod=" + seconds + "s&aggregation.perSeriesAligner=" + aligner;
        URI uri = URI.create(base("https://monitoring.googleapis.com") + "/v3/" + path);
        return answered("GET", path, send("GET", uri, ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String base(String usual) {
        return endpointUrl.map(url -> url.toString().replaceAll("/+$", "")).orElse(usual);
    }

    private CloudHttp.Answer send(String method, String path, String body) throws InterruptedException {
        return send(method, uri(path), body);
    }

    private URI uri(String path) {
        return URI.create(base("https://" + region + "-aiplatform.googleapis.com") + "/v1/" + path);
    }

    private CloudHttp.Answer send(String method, URI uri, String body) throws InterruptedException {
        return http.send(method, uri, headers(body), body);
    }

    private CloudHttp.Headers headers(String body) {
        return () -> body.isEmpty()
                ? Map.of("Authorization", "Bearer " + token.get())
                : Map.of("Authorization", "Bearer " + token.get(), "Content-Type", "application/json");
    }

    private JsonNode answered(String method, String path, CloudHttp.Answer answer) {
        JsonNode json = answer.json();
        if (answer.good()) {
            return json;
        }
        String what = path.replaceAll("\\?.*", "");
        String begin = "Vertex AI refused " + method + " " + what + " (" + answer.status() + " "
                + told(json.path("error")) + "); ";
        throw switch (answer.status()) {
            case 400 -> new InvalidInputException(begin + "correct the section " + section);
            case 401 -> new OutsideSystemException(begin + "log in again (gcloud auth application-default login)");
            case 403 ->
                new OutsideSystemException(
                        begin
                                + "give the account the roles Vertex AI User and Monitoring Viewer, see docs/deployment-targets.md");
            case 404 -> new InvalidInputException(begin + "check project and region in " + section);
            case 429 -> new OutsideSystemException(begin + "ask for a higher quota, or try again later");
            default -> new OutsideSystemException(begin + "try again later");
        };
    }
}
