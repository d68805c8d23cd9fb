package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.training.PipelineRequest;
import io.mlcicd.training.PipelineSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPipelineTest {

    @TempDir
    private Path folder;

    private Requests requests(String train, Map<String, String> environment) throws IOException {
        Files.writeString(
                folder.resolve("mlcicd.yml"),
                "model: { name: churn, task: binary }\ntrain:\n"
                        + train.stripIndent().indent(2));
        return new Requests(Project.load(folder, List.of()), environment::get);
    }

    @Test
    void theKeysOfSageMakerBecomeARequest() throws Exception {
        PipelineRequest request =
                requests("""
                timeout: 90m
                pipeline:
                  sagemaker:
                    name: churn
                    region: eu-central-1
                    evaluation: { step: Evaluate, output: evaluation, file: evaluation.json }
                  parameters: { Day: "${DAY}", Rounds: 7 }
                  metrics: build/metrics.json
                """, Map.of("DAY", "monday")).trainingPipeline().orElseThrow();

        assertThat(request.settings())
                .isEqualTo(new PipelineSettings.SageMaker(
                        "churn",
                        "eu-central-1",
                        Optional.of(new PipelineSettings.Evaluation("Evaluate", "evaluation", "evaluation.json")),
                        Optional.empty()));
        assertThat(request.parameters().get("Day")).isEqualTo(TextNode.valueOf("monday"));
        assertThat(request.parameters().get("Rounds")).isIn(IntNode.valueOf(7), LongNode.valueOf(7));
        assertThat(request.metrics()).contains(folder.resolve("build/metrics.json"));
        assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(request.toString()).contains("Day").doesNotContain("monday");
    }

    @Test
    void theTokenOfKubeflowComesFromTheEnvironment() throws Exception {
        String keys = """
                pipeline:
                  kubeflow: { endpoint: "http://ml-pipeline:8888", spec: pipeline.yaml, tokenVariable: KFP_TOKEN }
                """;
        PipelineSettings.Kubeflow settings = (PipelineSettings.Kubeflow) requests(keys, Map.of("KFP_TOKEN", "secret"))
                .trainingPipeline()
                .orElseThrow()
                .settings();

        assertThat(settings.endpoint()).isEqualTo(URI.create("http://ml-pipeline:8888"));
        assertThat(settings.token()).contains("secret");
        assertThat(settings.spec()).contains(folder.resolve("pipeline.yaml"));
        assertThatThrownBy(() -> requests(keys, Map.of()).trainingPipeline())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("train.pipeline.kubeflow.tokenVariable")
                .hasMessageContaining("KFP_TOKEN is not set");
    }

    @Test
    void exactlyOneWayOfTrainingIsAsked() {
        for (String keys : List.of(
                "command: [a]\npipeline: { sagemaker: { name: a, region: b } }\n",
                "timeout: 2m\n",
                "pipeline: { sagemaker: { name: a, region: b }, vertex: { project: a, region: b, spec: c } }\n",
                "pipeline: { vertex: { project: a, region: b } }\n",
                "pipeline: { kubeflow: { endpoint: \"ftp://x\", spec: c } }\n")) {
            assertThatThrownBy(() -> requests(keys, Map.of()))
                    .as(keys)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("train");
        }
    }
}
