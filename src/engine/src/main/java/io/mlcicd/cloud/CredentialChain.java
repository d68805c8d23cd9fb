package io.mlcicd.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds credentials where AWS's tools look ("Standardized credential providers", AWS SDKs and Tools reference guide), in
 * this order: environment, web identity token, profile of the shared files, container. Single sign-on and processes named
 * in a profile are not asked.
 */
final class CredentialChain {

    private static final String CONTAINER_HOST = "http://169.254.170.2";

    private final UnaryOperator<String> environment;
    private final CloudHttp http;

    CredentialChain(UnaryOperator<String> environment, CloudHttp http) {
        this.environment = environment;
        this.http = http;
    }

    AwsCredentials find(String region) throws InterruptedException {
        Optional<AwsCredentials> found = fromEnvironment();
        if (found.isEmpty()) {
            found = fromWebIdentity(region);
        }
        if (found.isEmpty()) {
            found = fromProfile();
        }
        if (found.isEmpty()) {
            found = fromContainer();
        }
        return found.orElseThrow(
                () -> new InvalidInputException("no AWS credentials were found: set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE with a profile of ~/.aws/credentials, or run where a role is"
                        + " given to the container"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    private Optional<AwsCredentials> fromEnvironment() {
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        return variable("AWS_ACCESS_KEY_ID")
                .filter(key -> secret.isPresent())
                .map(key -> new AwsCredentials(key, secret.get(), variable("AWS_SESSION_TOKEN")));
    }

    private Optional<AwsCredentials> fromWebIdentity(String region) throws InterruptedException {
        Optional<String> file = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = variable("AWS_ROLE_ARN");
        if (file.isEmpty() || role.isEmpty()) {
            return Optional.empty();
        }
        String body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + encode(role.get())
                + "&RoleSessionName=" + encode(variable("AWS_ROLE_SESSION_NAME").orElse("ml-cicd"))
                + "&WebIdentityToken=" + encode(read(Path.of(file.get())).strip());
        URI sts = URI.create(variable("AWS_ENDPOINT_URL_STS").orElse("https://sts." + region + ".amazonaws.com"));
        CloudHttp.Answer answer = http.send(
                "POST", sts, () -> Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), body);
        if (!answer.good()) {
            throw new OutsideSystemException("AWS did not let the role " + role.get() + " be assumed ("
                    + tag(answer.body(), "Code").orElse("status " + answer.status()) + ": "
                    + tag(answer.body(), "Message").orElse("no message") + "); check the role's trust policy");
        }
        return tag(answer.body(), "AccessKeyId")
                .map(key -> new AwsCredentials(
                        key, tag(answer.body(), "SecretAccessKey").orElse(""), tag(answer.body(), "SessionToken")));
    }

    private static Optional<String> tag(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return matcher.find() ? Optional.of(matcher.group(1).strip().replaceAll("\\s+", " ")) : Optional.empty();
    }

    private Optional<AwsCredentials> fromProfile() {
        String profile = variable("AWS_PROFILE").orElse("default");
        Path home = Path.of(variable("HOME").orElse(System.getProperty("user.home")), ".aws");
        Map<String, String> keys = new HashMap<>();
        section(variable("AWS_CONFIG_FILE").map(Path::of).orElse(home.resolve("config")), "profile " + profile, keys);
        section(
                variable("AWS_SHARED_CREDENTIALS_FILE").map(Path::of).orElse(home.resolve("credentials")),
                profile,
                keys);
        if (!keys.containsKey("aws_access_key_id") || !keys.containsKey("aws_secret_access_key")) {
            if (variable("AWS_PROFILE").isPresent()) {
                throw new InvalidInputException("the AWS profile '" + profile + "' (AWS_PROFILE) has no"
                        + " aws_access_key_id and aws_secret_access_key in the shared credentials file; add them, or"
                        + " export credentials into the environment (aws configure export-credentials)");
            }
            return Optional.empty();
        }
        return Optional.of(new AwsCredentials(
                keys.get("aws_access_key_id"),
                keys.get("aws_secret_access_key"),
                Optional.ofNullable(keys.get("aws_session_token"))));
    }

    private static void section(Path file, String name, Map<String, String> into) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        boolean inside = false;
        for (String line : read(file).lines().toList()) {
            String text = line.strip();
            int equal = text.indexOf('=');
            if (text.startsWith("[")) {
                String section = text.replaceAll("[\\[\\]]", "").strip();
                inside = section.equals(name) || (name.equals("profile default") && section.equals("default"));
            } else if (inside && equal > 0 && !text.startsWith("#")) {
                into.put(
                        text.substring(0, equal).strip(),
                        text.substring(equal + 1).strip());
            }
        }
    }

    private Optional<AwsCredentials> fromContainer() throws InterruptedException {
        Optional<String> uri = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                .map(path -> CONTAINER_HOST + path)
                .or(() -> variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
                .map(file -> read(Path.of(file)).strip())
                .or(() -> variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"))
                .map(token -> Map.of("Authorization", token))
                .orElse(Map.of());
        CloudHttp.Answer answer = http.send("GET", URI.create(uri.get()), () -> headers, "");
        try {
            JsonNode keys = Json.mapper().readTree(answer.body());
            if (!answer.good() || !keys.has("AccessKeyId")) {
                throw new OutsideSystemException("the container's role gave no AWS credentials (status "
                        + answer.status() + "); check the role of the task or pod");
            }
            return Optional.of(new AwsCredentials(
                    keys.path("AccessKeyId").asText(),
                    keys.path("SecretAccessKey").asText(),
                    Optional.ofNullable(keys.path("Token").asText(null))));
        } catch (JsonProcessingException e) {
            throw new OutsideSystemException("the container's role gave no AWS credentials but something else", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException("the file " + file + " with AWS settings cannot be read", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
