package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.config.Project;
import io.mlcicd.deployment.artifact.PullModel;
import io.mlcicd.deployment.artifact.PullRequest;
import io.mlcicd.deployment.artifact.PulledModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.RegisteredModel;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.mlflow.RecordedServer;
import io.mlcicd.mlflow.TestKey;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project with the section {@code mlflow}, against what a real server (MLflow 2.10 from source, with a SQLite store and the
 * artifact proxy) answered to these very requests. The environment variable {@code MLCICD_MLFLOW_RECORD} with the address of a
 * server makes the record anew; with {@code MLCICD_MLFLOW} and such an address the real server answers.
 */
class MlflowPipelineTest {

    private static final Path RECORD = Path.of("src/test/resources/io/mlcicd/mlflow/pipeline.jsonl");
    private static final String NEW_RECORD = System.getenv("MLCICD_MLFLOW_RECORD");
    private static final String REAL = System.getenv("MLCICD_MLFLOW");

    /** Two records of one server must not meet in one model. */
    private static final String NAME = NEW_RECORD == null && REAL != null ? "orders-" + System.nanoTime() : "orders";

    @TempDir
    Path folder;

    private Optional<RecordedServer> recorded = Optional.empty();
    private String address;

    private void connect() throws IOException {
        if (NEW_RECORD == null && REAL != null) {
            address = REAL;
            return;
        }
        recorded = Optional.of(
                NEW_RECORD == null ? RecordedServer.replaying(RECORD) : RecordedServer.recording(NEW_RECORD, RECORD));
        address = recorded.get().address();
    }

    @AfterEach
    void close() throws IOException {
        if (recorded.isPresent()) {
            recorded.get().close();
        }
    }

    @Test
    void goodModelsAreRegisteredAndBecomeTheChampionThatOthersMustBeat() throws Exception {
        connect();
        write("data.csv", "a,b\n");
        write("data.csv.dvc", "outs:\n- md5: f69f5b72bc79a92dc70c63c9aa142e36\n  hash: md5\n  path: data.csv\n");
        write(
                "dvc.lock",
                "schema: '2.0'\nstages:\n  train:\n    cmd: x\n    params:\n      params.yaml:\n        lr: 0.1\n");
        project("");
        model("first", 0.8);

        Result<EvaluationDetails> first = evaluated();
        assertThat(first.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(first.gates()).extracting("outcome").containsExactly(Outcome.SKIPPED);
        assertThat(first.lineage().registered())
                .contains(new RegisteredModel(address, NAME, "1", Optional.of("champion")));
        MlflowRun run = run(first);
        assertThat(Files.readString(folder.resolve("run.txt")).strip())
                .as("training was told the run that the evaluation was logged to")
                .isEqualTo(run.id());
        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.metrics()).containsEntry("accuracy", 0.8);
        assertThat(run.params()).isEqualTo(Map.of("lr", "0.1"));
        assertThat(run.tags())
                .containsEntry("mlcicd.verdict", "PASSED")
                .containsEntry("mlcicd.dvc.train", "md5:f69f5b72bc79a92dc70c63c9aa142e36")
                .containsEntry(
                        "mlcicd.model",
                        first.lineage().model().orElseThrow().digest().value());

        model("worse", 0.5);
        Result<EvaluationDetails> worse = evaluated();
        assertThat(worse.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(worse.gates().get(0).champion()).hasValue(0.8);
        assertThat(worse.lineage().registered()).isEmpty();
        assertThat(run(worse).tags()).containsEntry("mlcicd.verdict", "FAILED");
        assertThat(champion()).isEqualTo("1");

        model("better", 0.9);
        assertThat(evaluated().lineage().registered().orElseThrow().version()).isEqualTo("2");
        assertThat(champion()).isEqualTo("2");

        project("  when: deployed\n");
        model("late", 0.95);
        assertThat(evaluated().lineage().registered()).isEmpty();
        assertThat(champion()).isEqualTo("2");
        Result<?> released = stages().deploy();
        assertThat(released.lineage().registered().orElseThrow().version()).isEqualTo("3");
        assertThat(champion()).isEqualTo("3");

        Path app = folder.resolve("app");
        PulledModel pulled = new PullModel()
                .run(
                        new PullRequest(
                                "models:/" + NAME + "@champion",
                                Optional.empty(),
                                app,
                                Optional.of(TestKey.publicIn(folder)),
                                Optional.empty(),
                                Optional.of(server())),
                        Progress.NONE);
        assertThat(pulled.verified()).isTrue();
        assertThat(pulled.registered()).contains("models:/" + NAME + "/3");
        assertThat(pulled.modelPath()).isEqualTo("model.bin");
        assertThat(pulled.modelDigest())
                .isEqualTo(released.lineage().model().orElseThrow().digest());
        assertThat(app.resolve("model.bin")).hasContent("late");

        write("train.sh", "exit 7\n");
        assertThatThrownBy(() -> stages().train()).isInstanceOf(OutsideSystemException.class);
        MlflowTracking tracking = new MlflowTracking(server());
        assertThat(tracking.newest(tracking.experiment(NAME)).orElseThrow().status())
                .isEqualTo("FAILED");
        recorded.ifPresent(server -> assertThat(server.problems()).isEqualTo(List.of()));
    }

    @Test
    void mistakesInTheSectionAreToldWithTheirPlace() throws Exception {
        address = "http://127.0.0.1:9";
        project("  run: build/run-id\n");
        model("first", 0.8);
        write("build/run-id", "no id");
        assertThatThrownBy(() -> stages().evaluate())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:18:3: ")
                .hasMessageContaining("mlflow.run: names the file build/run-id, which must hold a run's id");
        project("  uri: sqlite:///mlflow.db\n");
        assertThatThrownBy(() -> stages().evaluate())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlflow.uri: the address of the MLflow server must be like https://");
    }

    private String champion() throws InterruptedException {
        return new MlflowRegistry(server())
                .version(ModelUri.of("models:/" + NAME + "@champion"))
                .orElseThrow()
                .version();
    }

    private MlflowRun run(Result<?> result) throws InterruptedException {
        String page = result.lineage().training().orElseThrow().run().orElseThrow();
        assertThat(page).startsWith(address + "/#/experiments/");
        return new MlflowTracking(server())
                .run(page.substring(page.lastIndexOf('/') + 1))
                .orElseThrow();
    }

    private MlflowServer server() {
        return MlflowServer.of(address, name -> null);
    }

    private Result<EvaluationDetails> evaluated() throws InterruptedException {
        Stages stages = stages();
        stages.train();
        return stages.evaluate();
    }

    private Stages stages() {
        Project project = Project.load(folder, List.of());
        return new Stages(project, Progress.NONE, name -> name.equals("MLFLOW_TRACKING_URI") ? address : null);
    }

    private void model(String content, double accuracy) throws IOException {
        write("train.sh", """
                mkdir -p build
                printf '%%s' '%s' > build/model.bin
                printf '{"accuracy": %s}' > build/metrics.json
                printf '%%s\\n' "$MLFLOW_RUN_ID" > run.txt
                """.formatted(content, accuracy));
    }

    private void project(String more) throws IOException {
        TestKey.privateIn(folder);
        write("mlcicd.yml", """
                model: { name: %s }
                data:
                  train: { path: data.csv }
                train: { command: [sh, train.sh] }
                evaluate:
                  reported: build/metrics.json
                  champion: { mlflow: 'models:/%s@champion' }
                  gates:
                    - { metric: accuracy, minChangeVsChampion: -0.01 }
                package: { model: build/model.bin, image: orders:1 }
                deploy:
                  target: batch
                  batch: { command: [sh, -c, 'printf "a\\n1\\n" > "${output}"'], output: build/out.csv }
                mlflow:
                  register: %s
                  alias: champion
                  sign: { key: release.pem }
                """.formatted(NAME, NAME, NAME) + more);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
