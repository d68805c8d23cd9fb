package io.mlcicd.deployment.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.lineage.Digests;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelVersion;
import io.mlcicd.mlflow.RecordedServer;
import io.mlcicd.mlflow.TestKey;
import io.mlcicd.mlflow.VersionSeal;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of a model registry that applications pull, against what a real server answered; {@code MLCICD_MLFLOW_RECORD} and
 * {@code MLCICD_MLFLOW} are as in {@code MlflowPipelineTest}.
 */
class RegisteredPullTest {

    private static final Path RECORD = Path.of("src/test/resources/io/mlcicd/mlflow/pull.jsonl");
    private static final String NEW_RECORD = System.getenv("MLCICD_MLFLOW_RECORD");
    private static final String REAL = System.getenv("MLCICD_MLFLOW");
    private static final String NAME = NEW_RECORD == null && REAL != null ? "pulled-" + System.nanoTime() : "pulled";

    /** What {@code sha256sum} says of the file that is the model, and of the two lines that it prints of both files. */
    private static final String MODEL = "sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0";

    private static final String FILES = "sha256:79cdcb6fd87615c611d40d292d1225179eaf35c96eab2cb433255c411cdbbc71";

    @TempDir
    Path folder;

    private Optional<RecordedServer> recorded = Optional.empty();
    private MlflowServer server;
    private Path app;

    @BeforeEach
    void connect() throws IOException {
        app = folder.resolve("app");
    }

    private void serve() throws IOException {
        if (NEW_RECORD != null) {
            recorded = Optional.of(RecordedServer.recording(NEW_RECORD, RECORD));
        } else if (REAL == null) {
            recorded = Optional.of(RecordedServer.replaying(RECORD));
        }
        server = MlflowServer.of(recorded.map(RecordedServer::address).orElse(REAL), name -> null);
    }

    @AfterEach
    void close() throws IOException {
        if (recorded.isPresent()) {
            recorded.get().close();
        }
    }

    @Test
    void versionsArePulledWhenTheyAreWhatWasRegisteredAndSigned() throws Exception {
        serve();
        MlflowTracking tracking = new MlflowTracking(server);
        MlflowRegistry registry = new MlflowRegistry(server);
        MlflowRun run = tracking.begin(tracking.experiment(NAME), "pull", Map.of());
        put(run, "MLmodel", "flavors: {}\n");
        put(run, "data/the model.bin", "aaa");
        Map<String, String> tags =
                new HashMap<>(Map.of(VersionSeal.MODEL, MODEL, VersionSeal.FILES, FILES, VersionSeal.COMMIT, "c0ffee"));
        SigningKey key = SigningKey.read(TestKey.privateIn(folder), Optional.empty());
        tags.put(VersionSeal.SIGNATURE, VersionSeal.sign(NAME, tags, key));
        ModelVersion version = register(registry, run, tags);
        registry.alias(version, "champion");
        Path verify = TestKey.publicIn(folder);

        PulledModel pulled = pull("@champion", verify);
        assertThat(pulled.verified()).isTrue();
        assertThat(pulled.changed()).isTrue();
        assertThat(pulled.version().value()).isEqualTo(FILES);
        assertThat(pulled.registered()).contains("models:/" + NAME + "/1");
        assertThat(pulled.modelPath()).isEqualTo("data/the model.bin");
        assertThat(pulled.modelDigest().value()).isEqualTo(MODEL);
        assertThat(pulled.commit()).contains("c0ffee");
        assertThat(pulled.files()).isEqualTo(2);
        assertThat(pulled.bytes()).isEqualTo(15);
        assertThat(app.resolve("data/the model.bin")).hasContent("aaa");
        assertThat(pull("/latest", verify).changed()).as("it is there already").isFalse();

        PulledModel refused = pull("/1", TestKey.otherIn(folder));
        assertThat(refused.refused().orElseThrow())
                .contains("models:/" + NAME + "/1 (version 1) has no signature of the key");
        assertThat(refused.verified()).isFalse();

        put(run, "data/the model.bin", "bbb");
        assertThat(pull("@champion", verify).changed())
                .as("what is there is what was registered, whatever the server has now")
                .isFalse();
        Path other = folder.resolve("other");
        assertThatThrownBy(() -> pull("@champion", verify, other))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("the files of version 1 of '" + NAME + "' are not those that were registered")
                .hasMessageContaining(FILES);
        assertThat(other).doesNotExist();
        assertThat(app.resolve("data/the model.bin")).hasContent("aaa");

        // Whoever changed the files may change their tag, too, but cannot sign it.
        registry.tag(
                version,
                VersionSeal.FILES,
                Digests.of("else".getBytes(StandardCharsets.UTF_8)).value());
        assertThat(pull("@champion", verify).refused()).isPresent();
        registry.tag(version, VersionSeal.FILES, FILES);
        registry.tag(version, VersionSeal.COMMIT, "decade");
        assertThat(pull("@champion", verify).refused()).isPresent();
        assertThat(app.resolve("data/the model.bin")).hasContent("aaa");

        register(registry, run, Map.of());
        assertThatThrownBy(() -> pull("/2", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version 2 of '" + NAME + "' on " + server + " cannot be verified: it has no tag")
                .hasMessageContaining("register it with ml-cicd");
        assertThatThrownBy(() -> pull("@nobody", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no models:/" + NAME + "@nobody on " + server);
        assertThatThrownBy(() -> pull("/9", null)).isInstanceOf(InvalidInputException.class);
        recorded.ifPresent(there -> assertThat(there.problems()).isEqualTo(List.of()));
    }

    @Test
    void mistakesInWhatIsAskedForAreTold() {
        assertThatThrownBy(() -> ask("models:/a@b", Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("set MLFLOW_TRACKING_URI to its address");
        server = MlflowServer.of("http://127.0.0.1:9", name -> null);
        assertThatThrownBy(() -> ask("models:weather", Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'models:weather' is no version of a registered model; write models:/NAME@ALIAS");
        assertThatThrownBy(() -> ask("models:/a@b", Optional.of("3"), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave out --version");
        assertThatThrownBy(() ->
                        ask("models:/a@b", Optional.empty(), Optional.of(new RegistryCredentials("user", "hidden"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContaining("hidden");
        assertThat(app).doesNotExist();
    }

    private PulledModel ask(String reference, Optional<String> version, Optional<RegistryCredentials> login)
            throws InterruptedException {
        return new PullModel()
                .run(
                        new PullRequest(reference, version, app, Optional.empty(), login, Optional.ofNullable(server)),
                        Progress.NONE);
    }

    private PulledModel pull(String which, Path key) throws InterruptedException {
        return pull(which, key, app);
    }

    private PulledModel pull(String which, Path key, Path to) throws InterruptedException {
        return new PullModel()
                .run(
                        new PullRequest(
                                "models:/" + NAME + which,
                                Optional.empty(),
                                to,
                                Optional.ofNullable(key),
                                Optional.empty(),
                                Optional.of(server)),
                        Progress.NONE);
    }

    private void put(MlflowRun run, String path, String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("put"), text);
        new MlflowArtifacts(server).put(run, "model/" + path, file);
    }

    private static ModelVersion register(MlflowRegistry registry, MlflowRun run, Map<String, String> tags)
            throws InterruptedException {
        return registry.register(NAME, run.artifacts() + "/model", run.id(), "", new TreeMap<>(tags));
    }
}
