package io.mlcicd.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowHttpTest {

    private static final String RUN = "{\"run\": {\"info\": {\"run_id\": \"r\"}}}";

    private final List<String> logins = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer server;

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** One answer. */
    private record Reply(int status, String body, Map<String, String> headers) {
        Reply(int status, String body) {
            this(status, body, Map.of());
        }
    }

    private MlflowTracking answering(Reply... replies) throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(replies);
        return tracking("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(Reply... replies) {
        server.createContext("/", exchange -> {
            logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, replies[Math.min(logins.size(), replies.length) - 1]);
        });
        server.start();
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private MlflowTracking tracking(String address) {
        return new MlflowTracking(new MlflowHttp(MlflowServer.of(address, environment::get), Duration.ofMillis(5)));
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws Exception {
        MlflowTracking tracking =
                answering(new Reply(503, ""), new Reply(429, "", Map.of("Retry-After", "1")), new Reply(200, RUN));
        long started = System.nanoTime();

        assertThat(tracking.run("r").orElseThrow().id()).isEqualTo("r");
        assertThat(logins).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
    }

    @Test
    void patienceHasAnEndAndTheServersOwnWordsAreTold() throws Exception {
        MlflowTracking tracking =
                answering(new Reply(500, "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"database is locked\"}"));

        assertThatThrownBy(() -> tracking.run("r"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageEndingWith("could not tell of the run r (500 INTERNAL_ERROR): database is locked");
        assertThat(logins).hasSize(5);
    }

    @Test
    void loginsComeFromTheEnvironmentAndAreNeverTold() throws Exception {
        environment.put("MLFLOW_TRACKING_USERNAME", "ada");
        environment.put("MLFLOW_TRACKING_PASSWORD", "s3cret");
        MlflowTracking tracking = answering(new Reply(401, "You are not authenticated."));

        assertThatThrownBy(() -> tracking.run("r"))
                .hasMessageContaining("does not let us tell of the run r (401); set MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContainingAny("s3cret", "YWRhOnMzY3JldA==");
        assertThat(logins).containsExactly("Basic YWRhOnMzY3JldA==");

        environment.put("MLFLOW_TRACKING_TOKEN", "t0ken");
        String address = "http://bob:pw@127.0.0.1:" + server.getAddress().getPort() + "/";
        assertThatThrownBy(() -> tracking(address).run("r")).hasMessageNotContainingAny("bob", "pw@", "t0ken");
        environment.clear();
        assertThatThrownBy(() -> tracking(address).run("r")).hasMessageNotContainingAny("bob", "pw@");
        assertThat(logins).containsExactly("Basic YWRhOnMzY3JldA==", "Bearer t0ken", "Basic Ym9iOnB3");
        assertThat(MlflowServer.of(address, environment::get)).asString().doesNotContain("bob", "pw@");
    }

    @Test
    void whatIsNoMlflowServerIsToldAsSuch() throws Exception {
        MlflowTracking tracking = answering(
                new Reply(200, "<html>Welcome</html>"),
                new Reply(404, "<html>nothing here</html>"),
                new Reply(302, "", Map.of("Location", "https://login.example")));

        assertThatThrownBy(() -> tracking.run("r")).hasMessageContaining("does not answer as an MLflow server does");
        assertThatThrownBy(() -> tracking.run("r"))
                .hasMessageContaining("knows no /api/2.0/mlflow/runs/get (404)")
                .hasMessageContaining("check its address and version");
        assertThatThrownBy(() -> tracking.run("r")).hasMessageContaining("sends us elsewhere (302)");
        assertThat(logins).hasSize(3);
    }

    @Test
    void addressesOfOtherKindsAreRefusedWithAWayOut() {
        for (String address :
                List.of("sqlite:///mlflow.db", "./mlruns", "databricks", "https://", "https://me:pa ss@x")) {
            assertThatThrownBy(() -> MlflowServer.of(address, name -> null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("must be like https://mlflow.example")
                    .hasMessageNotContaining("pa ss");
        }
    }

    @Test
    void nobodyThereIsToldAfterAFewTries() {
        assertThatThrownBy(() -> tracking("http://127.0.0.1:9").run("r"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageStartingWith("the MLflow server http://127.0.0.1:9 cannot be reached (");
    }

    @Test
    void interruptionEndsTheWaitAtOnce() throws Exception {
        MlflowTracking tracking = answering(new Reply(503, "", Map.of("Retry-After", "60")));
        AtomicReference<Throwable> ending = new AtomicReference<>();
        Thread asking = new Thread(() -> {
            try {
                tracking.run("r");
            } catch (InterruptedException e) {
                ending.set(e);
            }
        });
        asking.start();
        while (logins.isEmpty()) {
            Thread.sleep(5);
        }
        asking.interrupt();
        asking.join(3000);
        assertThat(ending.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aThousandMetricsAndAHundredTextsGoInOneRequest() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = Json.mapper().readTree(exchange.getRequestBody());
            sizes.add(body.path("metrics").size()
                    + body.path("params").size()
                    + body.path("tags").size());
            send(exchange, new Reply(200, "{}"));
        });
        server.start();
        Map<String, Double> metrics = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 1001; i++) {
            metrics.put("m" + i, (double) i);
            texts.put("t" + i, "v");
        }
        MlflowRun run = MlflowRun.of(Json.mapper().readTree(RUN).path("run"));

        tracking("http://127.0.0.1:" + server.getAddress().getPort()).log(run, metrics, texts, texts);

        assertThat(sizes.subList(0, 2)).containsExactly(1000, 1);
        assertThat(sizes).hasSize(2 + 11 + 11);
        assertThat(sizes.subList(2, 24)).allMatch(size -> size == 100 || size == 1);
    }

    @Test
    void aCertificateIsBelievedOnlyWhenSomebodyVouchesForIt() throws Exception {
        Path store = folder.resolve("key.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        Path pem = folder.resolve("server.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "key",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                pem.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        server = secure;
        serve(new Reply(200, RUN));
        String port = ":" + server.getAddress().getPort();

        assertThatThrownBy(() -> tracking("https://localhost" + port).run("r"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("cannot be reached");
        environment.put("MLFLOW_TRACKING_SERVER_CERT_PATH", pem.toString());
        assertThat(tracking("https://localhost" + port).run("r")).isPresent();
        assertThatThrownBy(() -> tracking("https://127.0.0.1" + port).run("r"))
                .as("another name than the certificate's")
                .isInstanceOf(OutsideSystemException.class);
        environment.put("MLFLOW_TRACKING_INSECURE_TLS", "true");
        assertThat(tracking("https://127.0.0.1" + port).run("r")).isPresent();
        assertThat(MlflowServer.of("https://127.0.0.1" + port, environment::get).insecure())
                .isTrue();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void addressesOfVersionsAreReadAsMlflowWritesThem() {
        assertThat(ModelUri.of("models:/weather@champion").alias()).contains("champion");
        assertThat(ModelUri.of("models:/my weather/3").selector()).contains("3");
        assertThat(Map.entry("same", ModelUri.of("models:/w/Production").toString()))
                .isEqualTo(entry("same", "models:/w/Production"));
        for (String wrong :
                List.of("models:/weather", "runs:/abc/model", "models:/@x", "weather@champion", "models:/a/b/c")) {
            assertThatThrownBy(() -> ModelUri.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
