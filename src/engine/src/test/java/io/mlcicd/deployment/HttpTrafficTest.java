package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.local.LocalSettings.Traffic;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP as it passes through the supervisor: real clients, a real server behind. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTrafficTest {

    private Path folder;
    private ServiceProject project;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path made) throws Exception {
        folder = made;
        project = ServiceProject.onAFreePort(folder);
        project.deploy("one");
    }

    @AfterAll
    void stop() throws InterruptedException {
        project.undeploy(true);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + project.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    @Test
    void longBodiesComeBackAsTheyWentWithAndWithoutALength() throws Exception {
        byte[] body = new byte[5_000_000];
        new Random(1).nextBytes(body);
        for (HttpRequest.BodyPublisher publisher : new HttpRequest.BodyPublisher[] {
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            BodyPublishers.ofByteArray(body, 0, 1000)
        }) {
            HttpResponse<byte[]> answer =
                    http.send(request("/echo").POST(publisher).build(), BodyHandlers.ofByteArray());
            int length = (int) Math.max(publisher.contentLength(), publisher.contentLength() < 0 ? body.length : 0);
            assertThat(answer.body()).hasSize(length).isEqualTo(Arrays.copyOf(body, length));
        }
    }

    @Test
    void aStreamedAnswerIsPassedOnAsItComes() throws Exception {
        long started = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(request("/stream").build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            assertThat(System.nanoTime() - started)
                    .isLessThan(Duration.ofMillis(1200).toNanos());
            assertThat(lines.readLine()).isEqualTo("second");
        }
    }

    @Test
    void oneConnectionCarriesManyRequestsAndKnowsHead() throws Exception {
        String answers = raw("""
                HEAD /predict HTTP/1.1\r
                Host: x\r
                \r
                POST /echo HTTP/1.1\r
                Host: x\r
                Content-Length: 5\r
                Expect: 100-continue\r
                \r
                helloGET /health HTTP/1.0\r
                \r
                """);

        assertThat(answers).contains("HTTP/1.1 100 Continue").contains("5\r\nhello\r\n0\r\n");
        assertThat(answers.split("HTTP/1\\.1 200 OK", -1)).hasSize(4);
        assertThat(answers).containsIgnoringCase("connection: close");
    }

    @Test
    void whatTwoReadersMayUnderstandInTwoWaysIsRefused() throws Exception {
        assertThat(
                        raw(
                                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void withTcpConnectionsArePassedOn() throws Exception {
        ServiceProject other = ServiceProject.onAFreePort(folder.resolve("tcp")).passing(Traffic.TCP);
        try {
            other.deploy("raw");
            assertThat(other.model()).contains("raw");
        } finally {
            other.undeploy(true);
        }
    }

    /** Sends bytes and reads until the other side ends the connection. */
    private String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), project.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
