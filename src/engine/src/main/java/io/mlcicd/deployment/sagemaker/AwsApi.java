package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.deployment.cloud.CloudHttp;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Calls actions of SageMaker and CloudWatch by the AWS JSON protocol ("AWS JSON 1.1 protocol", Smithy specification), each
 * signed.
 */
final class AwsApi {

    private static final Duration CREDENTIALS_LAST = Duration.ofMinutes(10);

    private final SageMakerSettings settings;
    private final CloudHttp http = new CloudHttp();
    private final CredentialChain chain;
    private Optional<AwsCredentials> credentials = Optional.empty();
    private Instant found = Instant.EPOCH;

    AwsApi(SageMakerSettings settings, UnaryOperator<String> environment) {
        this.settings = settings;
        this.chain = new CredentialChain(environment, http);
    }

    JsonNode sageMaker(String action, Map<String, Object> request) throws InterruptedException {
        return answered(action, send("sagemaker", "api.sagemaker", "SageMaker." + action, "1.1", request));
    }

    /** Empty when the service says that there is no such thing. */
    Optional<JsonNode> described(String action, Map<String, Object> request) throws InterruptedException {
        CloudHttp.Answer answer = send("sagemaker", "api.sagemaker", "SageMaker." + action, "1.1", request);
        boolean missing = answer.status() == 400
                && (answer.body().contains("Could not find") || answer.body().contains("ResourceNotFound"));
        return missing ? Optional.empty() : Optional.of(answered(action, answer));
    }

    JsonNode cloudWatch(String action, Map<String, Object> request) throws InterruptedException {
        return answered(
                action, send("monitoring", "monitoring", "GraniteServiceVersion20100801." + action, "1.0", request));
    }

    private CloudHttp.Answer send(
            String service, String host, String action, String version, Map<String, Object> request)
            throws InterruptedException {
        URI uri = settings.endpointUrl()
                .orElseGet(() -> URI.create("https://" + host + "." + settings.region() + "." + domain() + "/"));
        String body = Json.mapper().valueToTree(request).toString();
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-amz-json-" + version, "X-Amz-Target", action);
        return http.send(
                "POST",
                uri,
                () -> SigV4.sign(credentials(), settings.region(), service, Instant.now(), "POST", uri, headers, body),
                body);
    }

    private String domain() {
        return settings.region().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    private AwsCredentials credentials() throws InterruptedException {
        Instant now = Instant.now();
        if (credentials.isEmpty() || found.plus(CREDENTIALS_LAST).isBefore(now)) {
            credentials = Optional.of(chain.find(settings.region()));
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
        String told = "AWS refused " + action + " in " + settings.region() + " (" + code + ": "
                + message.replaceAll("\\s+", " ") + "); ";
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
            case "ValidationException" -> new InvalidInputException(told + "correct the section deploy.sagemaker");
            default -> new OutsideSystemException(told + "try again later");
        };
    }
}
