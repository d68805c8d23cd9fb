package io.mlcicd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs pipelines of Kubeflow. */
class KubeflowRunTest extends PlayedPipeline {

    private static final String START = "POST /apis/v2beta1/runs";
    private static final String LIST = "GET /apis/v2beta1/runs?" + KubeflowApi.filter("display_name", "churn ID");

    private TrainInPipeline.Ending kubeflow(boolean uploaded, String metricsUrl)
            throws IOException, InterruptedException {
        PipelineSettings.Kubeflow settings = new PipelineSettings.Kubeflow(
                service.url(),
                uploaded ? Optional.of("churn") : Optional.empty(),
                uploaded ? Optional.empty() : Optional.of(spec()),
                uploaded ? Optional.of("nightly") : Optional.empty(),
                Optional.empty(),
                Optional.of("secret-token"),
                Optional.of(metricsUrl),
                "us-east-1",
                Optional.of(service.url()));
        assertThat(settings.toString()).doesNotContain("secret-token");
        PipelineRequest request = request(settings, Duration.ofMinutes(1));
        return run(request, new KubeflowRun(settings, request.parameters(), AWS::get));
    }

    private static String kfp(String state, String tasks) {
        return "{\"run_id\": \"r-1\", \"state\": \"%s\", \"run_details\": {\"task_details\": [%s]}}"
                .formatted(state, tasks);
    }

    @Test
    void anUploadedKubeflowPipelineRunsInItsNewestVersion() throws Exception {
        service.on("GET /apis/v2beta1/pipelines/names/churn", "{\"pipeline_id\": \"p-1\", \"display_name\": \"churn\"}")
                .on(
                        "GET /apis/v2beta1/pipelines/p-1/versions?page_size=1&sort_by=created_at%20desc",
                        "{\"pipeline_versions\": [{\"pipeline_id\": \"p-1\", \"pipeline_version_id\": \"v-9\"}]}")
                .on(
                        "GET /apis/v2beta1/experiments?" + KubeflowApi.filter("display_name", "nightly"),
                        "{\"experiments\": [{\"experiment_id\": \"e-1\"}]}")
                .on(START, "{\"run_id\": \"r-1\", \"state\": \"PENDING\"}")
                .on(
                        "GET /apis/v2beta1/runs/r-1",
                        kfp(
                                "RUNNING",
                                "{\"display_name\": \"root\", \"state\": \"RUNNING\"}, {\"display_name\": \"train\","
                                        + " \"state\": \"RUNNING\"}"),
                        kfp("SUCCEEDED", "{\"display_name\": \"train\", \"state\": \"SUCCEEDED\"}"))
                .on("GET /mlpipeline/r-1/metrics.json", "{\"f1\": 0.7}");

        TrainInPipeline.Ending ending = kubeflow(true, "s3://mlpipeline/${run}/metrics.json");

        assertThat(ending.steps()).containsExactly("train: SUCCEEDED");
        assertThat(metrics().path("f1").doubleValue()).isEqualTo(0.7);
        JsonNode sent = Json.mapper().readTree(service.body(START).replace(" Bearer secret-token", ""));
        assertThat(sent.at("/pipeline_version_reference/pipeline_version_id").asText())
                .isEqualTo("v-9");
        assertThat(sent.path("experiment_id").asText()).isEqualTo("e-1");
        assertThat(sent.at("/runtime_config/parameters/Rounds").isInt()).isTrue();
        assertThat(service.wrong()).isEmpty();
    }

    @Test
    void aKubeflowPipelineOfAFileFailsWithTheStepAndTheReason() {
        service.on(START, "{\"run_id\": \"r-1\"}")
                .on(
                        "GET /apis/v2beta1/runs/r-1",
                        kfp(
                                "FAILED",
                                "{\"display_name\": \"train\", \"state\": \"FAILED\", \"error\": {\"code\": 2,"
                                        + " \"message\": \"main: Error (exit code 1)\"}}"));

        assertThatThrownBy(() -> kubeflow(false, "http://x.example/m"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage("the Kubeflow pipeline pipeline.yaml failed in step train: main: Error (exit code 1); see "
                        + service.url() + "/#/runs/details/r-1");
        assertThat(service.body(START)).contains("\"pipeline_spec\":{\"pipelineInfo\"");
    }

    @Test
    void aRefusalSaysWhatToDoAndHidesTheToken() {
        service.on(START, "!{\"code\": 3, \"message\": \"unknown template format\"}");

        assertThatThrownBy(() -> kubeflow(false, "http://x.example/m"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unknown template format")
                .hasMessageContaining("correct the section train.pipeline.kubeflow")
                .hasMessageNotContaining("secret-token");
    }

    @Test
    void aFileThatIsNoCompiledPipelineIsRefused() throws Exception {
        Path other = Files.writeString(folder.resolve("other.yaml"), "steps: []\n");

        assertThatThrownBy(() -> PipelineSpec.read(other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other.yaml is no compiled pipeline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!503 {}", "!429 {}", PlayedService.CUT})
    void aRunWhoseStartWasNotAnsweredIsFoundByItsName(String lost) throws Exception {
        service.on(START, lost)
                .on(LIST, "{\"runs\": [{\"run_id\": \"r-1\"}]}")
                .on("GET /apis/v2beta1/runs/r-1", kfp("SUCCEEDED", ""))
                .on("GET /m/r-1", "{\"f1\": 0.7}");

        TrainInPipeline.Ending ending = kubeflow(false, service.url() + "/m/${run}");

        assertThat(ending.run()).isEqualTo("r-1");
        assertThat(service.times(START)).isEqualTo(1);
        assertThat(service.body(START)).containsPattern("\"display_name\":\"churn [0-9a-f]{8}\"");
    }

    @Test
    void aRunThatWasMadeAfterTheLookIsEnded() throws Exception {
        service.on(START, PlayedService.CUT, "{\"run_id\": \"r-2\"}")
                .on(LIST, "{}", "{\"runs\": [{\"run_id\": \"r-1\"}, {\"run_id\": \"r-2\"}]}")
                .on("POST /apis/v2beta1/runs/r-1:terminate", "{}")
                .on("GET /apis/v2beta1/runs/r-2", kfp("SUCCEEDED", ""))
                .on("GET /m/r-2", "{\"f1\": 0.7}");

        TrainInPipeline.Ending ending = kubeflow(false, service.url() + "/m/${run}");

        assertThat(ending.run()).isEqualTo("r-2");
        assertThat(service.times("POST /apis/v2beta1/runs/r-1:terminate")).isEqualTo(1);
        assertThat(service.times("POST /apis/v2beta1/runs/r-2:terminate")).isZero();
    }

    @Test
    void aRunThatCannotBeLookedForIsNotAskedForAgain() {
        service.on(START, "!503 {}").on(LIST, "!403 {\"message\": \"not in this namespace\"}");

        assertThatThrownBy(() -> kubeflow(false, "http://x.example/m"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("not in this namespace")
                .hasMessageContaining("nobody knows whether the Kubeflow pipeline pipeline.yaml has begun")
                .hasMessageContaining("look at " + service.url() + "/#/runs (churn ");
        assertThat(service.times(START)).isEqualTo(1);
    }

    /** As its server tells it: {@code toApiPipelineTaskDetail} fills the history, not the error. */
    @Test
    void aReasonThatOnlyTheHistoryTellsIsToldToo() {
        service.on(START, "{\"run_id\": \"r-1\"}")
                .on(
                        "GET /apis/v2beta1/runs/r-1",
                        kfp(
                                "FAILED",
                                "{\"task_id\": \"1\", \"display_name\": \"root\", \"state\": \"FAILED\"}, {\"task_id\":"
                                        + " \"2\", \"display_name\": \"train\", \"state\": \"FAILED\", \"state_history\":"
                                        + " [{\"state\": \"RUNNING\"}, {\"state\": \"FAILED\", \"error\": {\"message\":"
                                        + " \"OOMKilled\"}}]}"));

        assertThatThrownBy(() -> kubeflow(false, "http://x.example/m"))
                .hasMessageContaining("failed in step train: OOMKilled");
    }
}
