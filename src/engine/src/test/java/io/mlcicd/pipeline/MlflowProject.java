package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.config.Project;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.mlflow.RecordedServer;
import io.mlcicd.mlflow.TestKey;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project with the section {@code mlflow}, against what a real server (MLflow 2.10 from source, with a SQLite store and the
 * artifact proxy) answered to these very requests. The environment variable {@code MLCICD_MLFLOW_RECORD} with the address of a
 * server makes the records anew; with {@code MLCICD_MLFLOW} and such an address the real server answers.
 */
abstract class MlflowProject {

    private static final Path RECORDS = Path.of("src/test/resources/io/mlcicd/mlflow");
    private static final String NEW_RECORD = System.getenv("MLCICD_MLFLOW_RECORD");
    private static final String REAL = System.getenv("MLCICD_MLFLOW");

    /** The registered model, the experiment and the project's model; two tests at one server must not share it. */
    String name = "orders";

    @TempDir
    Path folder;

    Optional<RecordedServer> recorded = Optional.empty();
    String address;

    void connect(String record) throws IOException {
        Path file = RECORDS.resolve(record);
        name = record.equals("pipeline.jsonl") ? "orders" : record.replace(".jsonl", "");
        if (NEW_RECORD == null && REAL != null) {
            name += "-" + System.nanoTime();
            address = REAL;
            return;
        }
        recorded = Optional.of(
                NEW_RECORD == null ? RecordedServer.replaying(file) : RecordedServer.recording(NEW_RECORD, file));
        address = recorded.get().address();
    }

    @AfterEach
    void close() throws IOException {
        if (recorded.isPresent()) {
            recorded.get().close();
        }
    }

    String champion() throws InterruptedException {
        return version("@champion");
    }

    String version(String selector) throws InterruptedException {
        return new MlflowRegistry(server())
                .version(ModelUri.of("models:/" + name + selector))
                .orElseThrow()
                .version();
    }

    MlflowRun run(Result<?> result) throws InterruptedException {
        String page = result.lineage().training().orElseThrow().run().orElseThrow();
        assertThat(page).startsWith(address + "/#/experiments/");
        return new MlflowTracking(server())
                .run(page.substring(page.lastIndexOf('/') + 1))
                .orElseThrow();
    }

    MlflowServer server() {
        return MlflowServer.of(address, name -> null);
    }

    Result<EvaluationDetails> evaluated() throws InterruptedException {
        Stages stages = stages();
        stages.train();
        return stages.evaluate();
    }

    Stages stages() {
        Project project = Project.load(folder, List.of());
        return new Stages(project, Progress.NONE, name -> name.equals("MLFLOW_TRACKING_URI") ? address : null);
    }

    void model(String content, double accuracy) throws IOException {
        write("train.sh", """
                mkdir -p build
                printf '%%s' '%s' > build/model.bin
                printf '{"accuracy": %s}' > build/metrics.json
                printf '%%s\\n' "$MLFLOW_RUN_ID" > run.txt
                """.formatted(content, accuracy));
    }

    void project(String more) throws IOException {
        project("""
                target: batch
                  batch: { command: [sh, -c, 'printf "a\\n1\\n" > "${output}"'], output: build/out.csv }
                """, "models:/" + name + "@champion", "  alias: champion\n  sign: { key: release.pem }\n" + more);
    }

    void project(String deploy, String champion, String mlflow) throws IOException {
        TestKey.privateIn(folder);
        write("mlcicd.yml", """
                model: { name: %s }
                data:
                  train: { path: data.csv }
                train: { command: [sh, train.sh] }
                evaluate:
                  reported: build/metrics.json
                  champion: { mlflow: '%s' }
                  gates:
                    - { metric: accuracy, minChangeVsChampion: -0.01 }
                package: { model: build/model.bin, image: orders:1 }
                deploy:
                  %s
                mlflow:
                  register: %s
                """.formatted(name, champion, deploy.strip(), name) + mlflow);
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
