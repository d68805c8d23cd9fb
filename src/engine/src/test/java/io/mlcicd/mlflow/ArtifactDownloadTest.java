package io.mlcicd.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may answer that is asked for files; the honest ones are asked in {@code RegisteredPullTest}. */
class ArtifactDownloadTest {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";
    private static final ModelVersion PROXIED =
            new ModelVersion("weather", "3", Optional.empty(), "mlflow-artifacts:/0/r/artifacts/model", Map.of());
    private static final ModelVersion OF_RUN =
            new ModelVersion("weather", "3", Optional.of("r"), "s3://bucket/0/r/artifacts/model", Map.of());

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch hanging = new CountDownLatch(1);
    private HttpServer server;

    @TempDir
    Path folder;

    private Path to;

    @BeforeEach
    void start() throws IOException {
        to = Files.createDirectory(folder.resolve("to"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        asked.add(uri);
        String answer = answers.get(uri);
        if ("hang".equals(answer)) {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            hanging.countDown();
            return;
        }
        byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void download(ModelVersion version) throws InterruptedException {
        MlflowServer address =
                MlflowServer.of("http://127.0.0.1:" + server.getAddress().getPort(), name -> null);
        new MlflowArtifacts(address).download(version, to, Progress.NONE);
    }

    private void listing(String files) {
        answers.put(PROXY + "?path=0%2Fr%2Fartifacts%2Fmodel", "{\"files\": [" + files + "]}");
    }

    @Test
    void foldersBehindTheProxyAreTakenWithAllThatIsBelow() throws Exception {
        listing("{\"path\": \"a b.txt\", \"is_dir\": false, \"file_size\": 3}, {\"path\": \"sub\", \"is_dir\": true}");
        answers.put(
                PROXY + "?path=0%2Fr%2Fartifacts%2Fmodel%2Fsub",
                "{\"files\": [{\"path\": \"empty\", \"is_dir\": false, \"file_size\": \"0\"}]}");
        answers.put(PROXY + "/0/r/artifacts/model/a%20b.txt", "one");
        answers.put(PROXY + "/0/r/artifacts/model/sub/empty", "");
        download(PROXIED);
        assertThat(to.resolve("a b.txt")).hasContent("one");
        assertThat(to.resolve("sub/empty")).isEmptyFile();
    }

    @Test
    void filesInAStorageWithItsOwnLoginAreHandedOutByTheServerPageByPage() throws Exception {
        answers.put(
                "/api/2.0/mlflow/runs/get?run_id=r",
                "{\"run\": {\"info\": {\"run_id\": \"r\", \"artifact_uri\": \"s3://bucket/0/r/artifacts\"}}}");
        String list = "/api/2.0/mlflow/artifacts/list?";
        answers.put(
                list + "path=model&run_id=r",
                "{\"files\": [{\"path\": \"model/a\", \"file_size\": 1}], \"next_page_token\": \"2\"}");
        answers.put(
                list + "page_token=2&path=model&run_id=r", "{\"files\": [{\"path\": \"model/b\", \"file_size\": 1}]}");
        answers.put("/get-artifact?path=model%2Fa&run_uuid=r", "A");
        answers.put("/get-artifact?path=model%2Fb&run_uuid=r", "B");
        download(OF_RUN);
        assertThat(to.resolve("a")).hasContent("A");
        assertThat(to.resolve("b")).hasContent("B");
        ModelVersion elsewhere = new ModelVersion("weather", "4", Optional.of("r"), "s3://other/model", Map.of());
        assertThatThrownBy(() -> download(elsewhere))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the files of version 4 of weather are kept in s3://other/model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/etc/evil",
                "..",
                ".",
                "",
                "sub/evil",
                "..\\\\evil",
                "C:evil",
                "a\\u0000b",
                "a\\u001b[2Jb",
                "model/../../evil"
            })
    void noNameOfAServerLeadsOutOfTheFolder(String name) throws IOException {
        listing("{\"path\": \"%s\", \"is_dir\": false, \"file_size\": 4}".formatted(name));
        assertThatThrownBy(() -> download(PROXIED))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("names a file that would not be in the folder")
                .hasMessageNotContainingAny("\u0000", "\u001b");
        assertThat(asked).hasSize(1);
        try (var left = Files.walk(folder)) {
            assertThat(left).containsExactlyInAnyOrder(folder, to);
        }
    }

    @Test
    void aServerCannotFillTheDiskOrListForEver() {
        listing("{\"path\": \"a\", \"is_dir\": false, \"file_size\": 2}");
        answers.put(PROXY + "/0/r/artifacts/model/a", "more than that");
        assertThatThrownBy(() -> download(PROXIED))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("sends more of a than it announced");
        answers.put(PROXY + "/0/r/artifacts/model/b", "1");
        listing("{\"path\": \"b\", \"is_dir\": false, \"file_size\": 2}");
        assertThatThrownBy(() -> download(PROXIED)).hasMessageContaining("sent 1 of the 2 bytes of 'b'");
        listing("{\"path\": \"c\", \"is_dir\": true}, {\"path\": \"c\", \"is_dir\": true}");
        assertThatThrownBy(() -> download(PROXIED)).hasMessageContaining("lists a file twice");
        StringBuilder deep = new StringBuilder();
        for (int depth = 0; depth < 70; depth++) {
            listing("{\"path\": \"d\", \"is_dir\": true}");
            answers.put(
                    PROXY + "?path=0%2Fr%2Fartifacts%2Fmodel" + deep,
                    "{\"files\": [{\"path\": \"d\", \"is_dir\": true}]}");
            deep.append("%2Fd");
        }
        assertThatThrownBy(() -> download(PROXIED)).hasMessageContaining("lists folders without an end");
        listing("");
        assertThatThrownBy(() -> download(PROXIED))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("has no files of version 3 of weather any more");
        listing("{\"path\": \"gone\", \"is_dir\": false, \"file_size\": 2}");
        assertThatThrownBy(() -> download(PROXIED)).isInstanceOf(OutsideSystemException.class);
    }

    @Test
    void anAbortEndsADownloadThatHangs() throws Exception {
        listing("{\"path\": \"a\", \"is_dir\": false, \"file_size\": 10}");
        answers.put(PROXY + "/0/r/artifacts/model/a", "hang");
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread pulling = new Thread(() -> {
            try {
                download(PROXIED);
            } catch (InterruptedException | RuntimeException e) {
                end.set(e);
            }
        });
        pulling.start();
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        pulling.interrupt();
        pulling.join(5000);
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
}
