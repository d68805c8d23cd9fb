package io.mlcicd.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of STS and of the container endpoint have the shapes of AWS's references. */
class CredentialChainTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private String asked = "";
    private String authorization = "";

    @BeforeEach
    void start() {
        environment.put("HOME", home.toString());
    }

    private AwsCredentials find() throws InterruptedException {
        return new CredentialChain(environment::get, new CloudHttp()).find("eu-central-1");
    }

    private HttpServer serve(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "AKIA1");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        assertThat(find()).isEqualTo(new AwsCredentials("AKIA1", "secret", Optional.empty()));
    }

    @Test
    void aProfileOfTheSharedFiles() throws Exception {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), """
                [default]
                aws_access_key_id = AKIA2
                aws_secret_access_key = two
                # a comment = none
                [ci]
                aws_access_key_id=AKIA3
                aws_secret_access_key=three=3
                aws_session_token=token
                """);
        assertThat(find()).isEqualTo(new AwsCredentials("AKIA2", "two", Optional.empty()));
        environment.put("AWS_PROFILE", "ci");
        assertThat(find()).isEqualTo(new AwsCredentials("AKIA3", "three=3", Optional.of("token")));
        environment.put("AWS_PROFILE", "nobody");
        assertThatThrownBy(this::find)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the AWS profile 'nobody' (AWS_PROFILE) has no aws_access_key_id");
    }

    @Test
    void aWebIdentity() throws Exception {
        HttpServer sts = serve(200, """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult><Credentials>
                    <SessionToken>session</SessionToken>
                    <SecretAccessKey>web</SecretAccessKey>
                    <AccessKeyId>ASIA4</AccessKeyId>
                  </Credentials></AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """);
        webIdentity(sts);
        assertThat(find()).isEqualTo(new AwsCredentials("ASIA4", "web", Optional.of("session")));
        assertThat(asked)
                .isEqualTo(
                        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fci&RoleSessionName=ml-cicd&WebIdentityToken=a.web.token");
        sts.stop(0);
    }

    @Test
    void aRoleThatMayNotBeAssumedIsToldWithoutTheToken() throws Exception {
        HttpServer sts = serve(403, """
                <ErrorResponse><Error><Code>AccessDenied</Code><Message>Not authorized to perform
                sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>
                """);
        webIdentity(sts);
        assertThatThrownBy(this::find)
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("AccessDenied")
                .hasMessageContaining("trust policy")
                .hasMessageNotContaining("a.web.token");
        sts.stop(0);
    }

    private void webIdentity(HttpServer sts) throws IOException {
        environment.put(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Files.writeString(home.resolve("token"), "a.web.token\n").toString());
        environment.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/ci");
        environment.put(
                "AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + sts.getAddress().getPort());
    }

    @Test
    void aContainersRole() throws Exception {
        HttpServer agent = serve(
                200,
                "{\"AccessKeyId\":\"ASIA5\",\"SecretAccessKey\":\"five\",\"Token\":\"t\",\"Expiration\":\"2030\"}");
        environment.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + agent.getAddress().getPort() + "/v1/credentials");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod-token");
        assertThat(find()).isEqualTo(new AwsCredentials("ASIA5", "five", Optional.of("t")));
        assertThat(authorization).isEqualTo("pod-token");
        agent.stop(0);
    }
}
