package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.deployment.artifact.PullModel;
import io.mlcicd.deployment.artifact.PullRequest;
import io.mlcicd.deployment.artifact.PulledModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.RegisteredModel;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.TestKey;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model that is trained, judged, registered and released, as its run and its versions in MLflow tell it. */
class MlflowPipelineTest extends MlflowProject {

    @Test
    void goodModelsAreRegisteredAndBecomeTheChampionThatOthersMustBeat() throws Exception {
        connect("pipeline.jsonl");
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
                .contains(new RegisteredModel(address, name, "1", Optional.of("champion")));
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
                                "models:/" + name + "@champion",
                                Optional.empty(),
                                app,
                                Optional.of(TestKey.publicIn(folder)),
                                Optional.empty(),
                                Optional.of(server())),
                        Progress.NONE);
        assertThat(pulled.verified()).isTrue();
        assertThat(pulled.registered()).contains("models:/" + name + "/3");
        assertThat(pulled.modelPath()).isEqualTo("model.bin");
        assertThat(pulled.modelDigest())
                .isEqualTo(released.lineage().model().orElseThrow().digest());
        assertThat(app.resolve("model.bin")).hasContent("late");

        write("train.sh", "exit 7\n");
        assertThatThrownBy(() -> stages().train()).isInstanceOf(OutsideSystemException.class);
        MlflowTracking tracking = new MlflowTracking(server());
        assertThat(tracking.newest(tracking.experiment(name)).orElseThrow().status())
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
}
