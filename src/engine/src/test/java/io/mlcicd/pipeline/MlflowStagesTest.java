package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.RegisteredModel;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that training begins itself, stages, and what a rollback gives back. */
class MlflowStagesTest extends MlflowProject {

    private static final String BATCH = """
            target: batch
              batch: { command: [sh, -c, 'printf "a\\n1\\n" > "${output}"'], output: build/out.csv }
            """;

    private void noProblems() {
        recorded.ifPresent(server -> assertThat(server.problems()).isEqualTo(List.of()));
    }

    @Test
    void theNewestRunIsTheOneThatTrainingBegan() throws Exception {
        connect("latest-run.jsonl");
        write("data.csv", "a,b\n");
        project(BATCH, "models:/" + name + "/Production", "  run: latest\n  stage: Production\n");
        model("first", 0.8);
        MlflowTracking tracking = new MlflowTracking(server());

        stages().train();
        assertThat(folder.resolve("run.txt"))
                .as("training is not told a run, for it begins its own")
                .hasContent("\n");
        assertThatThrownBy(() -> stages().evaluate())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the experiment '" + name + "' on " + address + " has no run yet");

        MlflowRun begun = tracking.begin(tracking.experiment(name), "by training", Map.of());
        Result<EvaluationDetails> first = stages().evaluate();
        assertThat(run(first).id()).isEqualTo(begun.id());
        assertThat(run(first).status()).as("it is training's to end it").isEqualTo("RUNNING");
        assertThat(run(first).metrics()).containsEntry("accuracy", 0.8);
        assertThat(first.lineage().registered()).contains(new RegisteredModel(address, name, "1", Optional.empty()));
        assertThat(version("/Production")).isEqualTo("1");

        model("worse", 0.5);
        stages().train();
        MlflowRun later = tracking.begin(tracking.experiment(name), "by training again", Map.of());
        Result<EvaluationDetails> worse = stages().evaluate();
        assertThat(worse.gates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.champion()).hasValue(0.8))
                .extracting("outcome")
                .isEqualTo(Outcome.FAILED);
        assertThat(run(worse).id()).isEqualTo(later.id());
        assertThat(version("/Production")).isEqualTo("1");

        model("better", 0.9);
        stages().train();
        tracking.begin(tracking.experiment(name), "by training once more", Map.of());
        assertThat(stages().evaluate().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(version("/Production")).isEqualTo("2");
        assertThat(version("/Archived")).isEqualTo("1");
        noProblems();
    }

    @Test
    void aRollbackGivesAliasAndStageBack() throws Exception {
        connect("rollback.jsonl");
        write("data.csv", "a,b\n");
        project(
                "target: artifact\n  artifact: { folder: published }",
                "models:/" + name + "@champion",
                "  alias: champion\n  stage: Production\n  when: deployed\n");
        for (String content : List.of("first", "second")) {
            model(content, content.equals("first") ? 0.8 : 0.9);
            Result<EvaluationDetails> judged = evaluated();
            assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(judged.lineage().registered()).isEmpty();
            assertThat(stages().deploy().verdict()).isEqualTo(Verdict.PASSED);
        }
        assertThat(champion()).isEqualTo("2");
        assertThat(version("/Production")).isEqualTo("2");

        Result<?> back = stages().rollback();

        assertThat(back.lineage().registered().orElseThrow().version()).isEqualTo("1");
        assertThat(champion()).isEqualTo("1");
        assertThat(version("/Production")).isEqualTo("1");
        assertThat(new MlflowRegistry(server()).version(ModelUri.of("models:/" + name + "/3")))
                .isEmpty();

        model("third", 0.7);
        assertThat(evaluated().gates())
                .as("the champion to beat is the one that serves again")
                .singleElement()
                .satisfies(gate -> assertThat(gate.champion()).hasValue(0.8));
        noProblems();
    }
}
