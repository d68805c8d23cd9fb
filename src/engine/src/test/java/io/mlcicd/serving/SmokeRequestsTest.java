package io.mlcicd.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks a real server, which says what it was asked. */
class SmokeRequestsTest {

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> {
            try (exchange) {
                String asked = "{\"method\":\"%s\",\"type\":\"%s\",\"body\":%s,\"scores\":[0.5,1.0],\"none\":null}"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestHeaders().getFirst("Content-Type"),
                                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] answer = asked.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.createContext("/broken", exchange -> {
            try (exchange) {
                byte[] answer = ("no\nmodel " + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void aBodyInJsonIsSentAsSuchAndTheAnswerMayHoldMoreThanIsExpected() throws Exception {
        ServeAnswer result = ask("""
                - name: predicts
                  method: POST
                  path: /echo
                  body: { wind: 3 }
                  expect: { json: { method: POST, type: application/json, body: { wind: 3.0 }, scores: [0.5, 1] } }
                """);

        assertThat(result.message()).isEqualTo("answered 200 as expected");
        assertThat(result.passed()).isTrue();
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.millis()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{ json: { scores: [0.5, 2] } }        | expected scores.1 to be 2, got 1.0",
                "{ json: { scores: [0.5] } }           | expected scores to be [0.5], got [0.5,1.0]",
                "{ json: { body: { wind: 4 } } }       | expected body.wind to be 4, got 3",
                "{ json: { rain: 1 } }                 | expected rain to be 1, got nothing",
                "{ status: 201 }                       | expected status 201, got 200",
                "{ contains: sunshine }                | expected 'sunshine' in the answer, got {",
                "{ maxMillis: 0.0001 }                 | expected an answer within"
            })
    void whatIsNotAsExpectedIsToldWithBoth(String expectation, String message) throws Exception {
        ServeAnswer result = ask("""
                - name: predicts
                  method: POST
                  path: /echo
                  body: { wind: 3 }
                  expect: %s
                """.formatted(expectation));

        assertThat(result.passed()).isFalse();
        assertThat(result.message()).startsWith(message);
    }

    @Test
    void aLongAnswerIsShortenedToOneLine() throws Exception {
        ServeAnswer result = ask("- { name: breaks, path: /broken }");

        assertThat(result.message())
                .startsWith("expected status 2xx, got 500: no model xxx")
                .endsWith("...");
        assertThat(result.message()).hasSizeLessThan(300);
    }

    @Test
    void noAnswerAtAllIsAFailedRequest() throws Exception {
        server.stop(0);

        ServeAnswer result = ask("- { name: nobody, path: /echo }");

        assertThat(result.passed()).isFalse();
        assertThat(result.status()).isZero();
        assertThat(result.message()).startsWith("no answer");
    }

    @Test
    void aMisspelledKeyIsToldWithItsPlace() {
        assertThatThrownBy(() -> ask("- { name: a, path: /echo, expects: { status: 200 } }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("smoke.yml:2")
                .hasMessageContaining("expects");
    }

    private ServeAnswer ask(String requests) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("smoke.yml"), "requests:\n" + requests.indent(2));
        URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return SmokeRequests.read(file).ask(service, Duration.ofSeconds(30)).get(0);
    }
}
