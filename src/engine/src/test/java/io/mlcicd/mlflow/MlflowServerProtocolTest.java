package io.mlcicd.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One life of a model, against what a real server (MLflow 2.10 from source, with a SQLite store and the artifact proxy)
 * answered to these very requests. The environment variable {@code MLCICD_MLFLOW_RECORD} with the address of a fresh server
 * makes the record anew.
 */
class MlflowServerProtocolTest {

    private static final Path RECORD = Path.of("src/test/resources/io/mlcicd/mlflow/model-life.jsonl");
    private static final String NEW_RECORD = System.getenv("MLCICD_MLFLOW_RECORD");

    @TempDir
    Path folder;

    private RecordedServer server;
    private MlflowTracking tracking;
    private MlflowArtifacts artifacts;
    private MlflowRegistry registry;

    @BeforeEach
    void connect() throws IOException {
        server = NEW_RECORD == null ? RecordedServer.replaying(RECORD) : RecordedServer.recording(NEW_RECORD, RECORD);
        MlflowServer address = MlflowServer.of(server.address(), name -> null);
        tracking = new MlflowTracking(address);
        artifacts = new MlflowArtifacts(address);
        registry = new MlflowRegistry(address);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aModelIsLoggedRegisteredAndFoundAgain() throws Exception {
        String experiment = tracking.experiment("weather ü/1");
        assertThat(tracking.experiment("weather ü/1")).isEqualTo(experiment);
        assertThat(tracking.newest(experiment)).isEmpty();

        MlflowRun run = tracking.begin(experiment, "weather", Map.of("mlflow.source.name", "ml-cicd"));
        assertThat(run.status()).isEqualTo("RUNNING");
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < 101; i++) {
            params.put("param-" + i, String.valueOf(i));
        }
        params.put("long", "x".repeat(700));
        assertThat(tracking.log(run, Map.of("accuracy", 0.875), params, Map.of("mlcicd.verdict", "PASSED")))
                .isEmpty();
        tracking.log(run, Map.of("accuracy", 0.9), Map.of(), Map.of());
        tracking.end(run.id(), "FINISHED");

        MlflowRun again = tracking.run(run.id()).orElseThrow();
        assertThat(again.metrics()).containsExactly(entry("accuracy", 0.9));
        assertThat(again.params()).hasSize(102).containsEntry("param-100", "100");
        assertThat(again.params().get("long")).hasSize(500).endsWith("...");
        assertThat(again.tags()).containsEntry("mlcicd.verdict", "PASSED");
        assertThat(again.status()).isEqualTo("FINISHED");
        assertThat(tracking.log(again, Map.of(), Map.of("param-1", "other", "param-2", "2"), Map.of()))
                .as("a parameter that is set stays")
                .containsExactly("param-1");
        assertThat(tracking.newest(experiment).orElseThrow().id()).isEqualTo(run.id());

        Path file = Files.writeString(folder.resolve("w.bin"), "weights");
        assertThat(artifacts.takesFiles(run)).isTrue();
        assertThat(artifacts.has(run, "model")).isFalse();
        artifacts.put(run, "model/w ü.bin", file);
        assertThat(artifacts.has(run, "model")).isTrue();
        assertThat(artifacts.text(run, "model/w ü.bin")).contains("weights");
        assertThat(artifacts.text(run, "model/none")).isEmpty();

        assertThat(registry.version(ModelUri.of("models:/weather@champion"))).isEmpty();
        ModelVersion first = registry.register(
                "weather", run.artifacts() + "/model", run.id(), "first", Map.of("mlcicd.model", "sha256:a"));
        assertThat(first.version()).isEqualTo("1");
        assertThat(registry.version(ModelUri.of("models:/weather@champion"))).isEmpty();
        registry.alias(first, "champion");
        ModelVersion second = registry.register(
                "weather", run.artifacts() + "/model", run.id(), "second", Map.of("mlcicd.model", "sha256:b"));
        assertThat(registry.version(ModelUri.of("models:/weather@champion"))
                        .orElseThrow()
                        .version())
                .isEqualTo("1");
        registry.alias(second, "champion");
        registry.tag(second, "note", "good");
        ModelVersion champion =
                registry.version(ModelUri.of("models:/weather@champion")).orElseThrow();
        assertThat(champion.version()).isEqualTo("2");
        assertThat(champion.run()).contains(run.id());
        assertThat(champion.tags()).containsEntry("note", "good");
        assertThat(registry.tagged("weather", "mlcicd.model", "sha256:a")
                        .orElseThrow()
                        .version())
                .isEqualTo("1");
        assertThat(registry.tagged("weather", "mlcicd.model", "sha256:c")).isEmpty();
        registry.stage(first, "Production");
        assertThat(registry.version(ModelUri.of("models:/weather/Production"))
                        .orElseThrow()
                        .version())
                .isEqualTo("1");
        assertThat(registry.version(ModelUri.of("models:/weather/latest"))
                        .orElseThrow()
                        .version())
                .isEqualTo("2");
        assertThat(registry.version(ModelUri.of("models:/weather/2"))).contains(champion);
        assertThat(registry.version(ModelUri.of("models:/weather/3"))).isEmpty();
        assertThat(registry.version(ModelUri.of("models:/nobody@champion"))).isEmpty();

        assertThat(tracking.run("0".repeat(32))).isEmpty();
        assertThatThrownBy(() -> registry.alias(first, "v1"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("could not set the alias 'v1' on version 1 of the model 'weather' (400");
        deleted(experiment);
        assertThatThrownBy(() -> tracking.experiment("weather ü/1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the experiment 'weather ü/1' was deleted on http");
        assertThat(server.problems()).isEqualTo(List.of());
    }

    /** Experiments are deleted by people. */
    private void deleted(String experiment) throws InterruptedException {
        new MlflowHttp(MlflowServer.of(server.address(), name -> null))
                .post(
                        "mlflow/experiments/delete",
                        Json.mapper().createObjectNode().put("experiment_id", experiment))
                .content("delete the experiment");
    }
}
