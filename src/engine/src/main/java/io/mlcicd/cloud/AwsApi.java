package io.mlcicd.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls actions of SageMaker and CloudWatch by the AWS JSON protocol ("AWS JSON 1.1 protocol", Smithy specification), each
 * signed.
 */
public final class AwsApi {

    private static final Pattern OBJECT = Pattern.compile("s3://([^/]+)/(.+)");
    private static final Pattern READS = Pattern.compile("\\.(Describe|List|Get)");
    private static final Duration CREDENTIALS_LAST = Duration.ofMinutes(10);

    private final String region;
    private final Optional<URI> endpointUrl;
    private final String section;
    private final CloudHttp http = new CloudHttp();
    private final CredentialChain chain;
    private Optional<AwsCredentials> credentials = Optional.empty();
    private Instant found = Instant.EPOCH;

    /**
     * The services of a region.
     *
     * @param endpointUrl takes the place of the addresses of all services
     * @param section of {@code mlcicd.yml} that says so, for messages
     * @param environment looks up environment variables; null for one that is not set
     */
    public AwsApi(String region, Optional<URI> endpointUrl, String section, UnaryOperator<String> environment) {
        this.region = region;
        this.endpointUrl = endpointUrl;
        this.section = section;
        this.chain = new CredentialChain(environment, http);
    }

    /** Calls an action of SageMaker. */
    public JsonNode sageMaker(String action, Map<String, Object> request) throws InterruptedException {
        return answered(action, send("sagemaker", "api.sagemaker", "SageMaker." + action, "1.1", request));
    }

    /** Empty when the service says that there is no such thing. */
    public Optional<JsonNode> described(String action, Map<String, Object> request) throws InterruptedException {
        CloudHttp.Answer answer = send("sagemaker", "api.sagemaker", "SageMaker." + action, "1.1", request);
        boolean missing = answer.status() == 400
                && (answer.body().contains("Could not find") || answer.body().contains("ResourceNotFound"));
        return missing ? Optional.empty() : Optional.of(answered(action, answer));
    }

    /** Calls an action of CloudWatch. */
    public JsonNode cloudWatch(String action, Map<String, Object> request) throws InterruptedException {
        return answered(
                action, send("monitoring", "monitoring", "GraniteServiceVersion20100801." + action, "1.0", request));
    }

    /**
     * Reads an object of Amazon S3 as text (GetObject of its REST API).
     *
     * @param address such as {@code s3://bucket/folder/metrics.json}
     * @throws InvalidInputException when there is none, or the address is no such
     */
    public String object(String address) throws InterruptedException {
        Matcher parts = OBJECT.matcher(address);
        if (!parts.matches()) {
            throw new InvalidInputException("'" + address + "' is no address of an object in Amazon S3, such as"
                    + " s3://bucket/folder/metrics.json; correct the section " + section);
        }
        String path = "/" + parts.group(1) + "/"
                + Arrays.stream(parts.group(2).split("/", -1))
                        .map(SigV4::encode)
                        .collect(Collectors.joining("/"));
        String base = endpointUrl
                .map(url -> url.toString().replaceAll("/+$", ""))
                .orElse("https://s3." + region + "." + domain());
        URI uri = URI.create(base + path);
        Map<String, String> headers = Map.of("X-Amz-Content-Sha256", SigV4.sha256(""));
        CloudHttp.Answer answer = http.send(
                "GET", uri, () -> SigV4.sign(credentials(), region, "s3", Instant.now(), "GET", uri, headers, ""), "");
        if (answer.good()) {
            return answer.body();
        }
        String why = "cannot read " + address + " (status " + answer.status() + "); ";
        throw switch (answer.status()) {
            case 404 -> new InvalidInputException(why + "there is no such object: check the section " + section);
            case 301, 400 ->
                new InvalidInputException(why + "is the bucket in " + region + "? Check the section " + section);
            case 403 -> new OutsideSystemException(why + "allow s3:GetObject on it in the account's policy");
            default -> new OutsideSystemException(why + "try again later");
        };
    }

    private CloudHttp.Answer send(
            String service, String host, String action, String version, Map<String, Object> request)
            throws InterruptedException {
        URI uri = endpointUrl.orElseGet(() -> URI.create("https://" + host + "." + region + "." + domain() + "/"));
        String body = Json.mapper().valueToTree(request).toString();
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-amz-json-" + version, "X-Amz-Target", action);
        CloudHttp.Headers signed =
                () -> SigV4.sign(credentials(), region, service, Instant.now(), "POST", uri, headers, body);
        return harmless(action, request) ? http.again("POST", uri, signed, body) : http.send("POST", uri, signed, body);
    }

    /** Whether an action only reads, or carries the token by which the service knows it again. */
    private static boolean harmless(String action, Map<String, Object> request) {
        return READS.matcher(action).find() || request.containsKey("ClientRequestToken");
    }

    private String domain() {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    private AwsCredentials credentials() throws InterruptedException {
        Instant now = Instant.now();
        if (credentials.isEmpty() || found.plus(CREDENTIALS_LAST).isBefore(now)) {
            credentials = Optional.of(chain.find(region));
            found = now;
        }
        return credentials.get();
    }

    private JsonNode answered(String action, CloudHttp.Answer answer) {
        JsonNode json = answer.json();
        if (answer.good()) {
            return json;
        }
        String type = json.path("__type").asText("status " + answer.status());
        String code = type.substring(type.indexOf('#') + 1);
        String message = json.path("message").asText(json.path("Message").asText("no message"));
        String told = "AWS refused " + action + " in " + region + " (" + code + ": " + message.replaceAll("\\s+", " ")
                + "); ";
        throw switch (code) {
            case "AccessDeniedException", "AccessDenied" ->
                new OutsideSystemException(
                        told + "allow it in the account's policy, see the permissions in docs/deployment-targets.md");
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "ExpiredTokenException",
                    "MissingAuthenticationToken",
                    "InvalidClientTokenId" ->
                new OutsideSystemException(told + "the credentials are wrong or have expired: get new ones");
            case "ResourceLimitExceeded" ->
                new OutsideSystemException(
                        told + "ask for a higher quota, or set fewer instances or another instance type");
            case "ValidationException" -> new InvalidInputException(told + "correct the section " + section);
            default -> new OutsideSystemException(told + "try again later");
        };
    }
}
