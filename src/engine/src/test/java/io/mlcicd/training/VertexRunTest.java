package io.mlcicd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs pipelines of Vertex AI. */
class VertexRunTest extends PlayedPipeline {

    private static final String JOB = "projects/acme/locations/europe-west4/pipelineJobs/ID";
    private static final String START = "POST /v1/projects/acme/locations/europe-west4/pipelineJobs?pipelineJobId=ID";

    private static final String METRICS =
            "{\"taskName\": \"train\", \"state\": \"SUCCEEDED\", \"outputs\": {\"metrics\":"
                    + " {\"artifacts\": [{\"schemaTitle\": \"system.Metrics\", \"metadata\": {\"auc\": 0.9}}]}}}";

    private Optional<String> root = Optional.of("gs://acme/root");

    private TrainInPipeline.Ending vertex() throws IOException, InterruptedException {
        PipelineSettings.Vertex settings = new PipelineSettings.Vertex(
                "acme",
                "europe-west4",
                Optional.empty(),
                Optional.of(spec()),
                root,
                Optional.empty(),
                Optional.of(service.url()));
        PipelineRequest request = request(settings, Duration.ofMinutes(1));
        VertexApi api = new VertexApi(
                "acme",
                "europe-west4",
                settings.endpointUrl(),
                "train.pipeline.vertex",
                () -> "a-token",
                Duration.ofMillis(5));
        return run(request, new VertexRun(settings, request.parameters(), api));
    }

    private static String job(String state, String tasks) {
        return "{\"name\": \"%s\", \"state\": \"PIPELINE_STATE_%s\", \"jobDetail\": {\"taskDetails\": [%s]}}"
                .formatted(JOB, state, tasks);
    }

    @Test
    void aVertexPipelineIsWaitedForAndItsMetricsAreBroughtHome() throws Exception {
        service.on(START, "{\"name\": \"" + JOB + "\", \"state\": \"PIPELINE_STATE_PENDING\"}")
                .on(
                        "GET /v1/" + JOB,
                        job("RUNNING", "{\"taskName\": \"train\", \"state\": \"RUNNING\"}"),
                        job(
                                "SUCCEEDED",
                                "{\"taskName\": \"train\", \"state\": \"SUCCEEDED\", \"outputs\": {\"metrics\":"
                                        + " {\"artifacts\": [{\"schemaTitle\": \"system.Metrics\", \"metadata\":"
                                        + " {\"accuracy\": 0.93, \"display_name\": \"m\"}}]}, \"model\": {\"artifacts\":"
                                        + " [{\"schemaTitle\": \"system.Model\", \"metadata\": {\"size\": 3}}]}}}"));

        TrainInPipeline.Ending ending = vertex();

        assertThat(ending.link())
                .isEqualTo("https://console.cloud.google.com/vertex-ai/pipelines/locations/europe-west4/runs/"
                        + ending.run().substring(ending.run().lastIndexOf('/') + 1) + "?project=acme");
        assertThat(metrics().toString()).isEqualTo("{\"accuracy\":0.93}");
        JsonNode sent = Json.mapper().readTree(service.body(START).replace(" Bearer a-token", ""));
        assertThat(sent.path("displayName").asText()).isEqualTo("churn");
        assertThat(sent.at("/runtimeConfig/parameterValues/Rounds").isInt()).isTrue();
        assertThat(sent.at("/runtimeConfig/gcsOutputDirectory").asText()).isEqualTo("gs://acme/root");
        assertThat(sent.at("/pipelineSpec/pipelineInfo/name").asText()).isEqualTo("churn");
    }

    @Test
    void aFailedVertexTaskIsToldWithItsReason() {
        service.on(START, "{\"name\": \"" + JOB + "\"}")
                .on(
                        "GET /v1/" + JOB,
                        job(
                                "FAILED",
                                "{\"taskName\": \"train\", \"state\": \"FAILED\", \"error\": {\"code\": 9, \"message\":"
                                        + " \"The replica workerpool0-0 exited with 1\"}}"));

        assertThatThrownBy(this::vertex)
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining(
                        "failed in step train: The replica workerpool0-0 exited with 1; see https://console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!503 {}", "!429 {}", PlayedService.CUT})
    void aJobThatWasMadeWithoutAnAnswerIsNotMadeTwice(String lost) throws Exception {
        service.on(START, lost).on("GET /v1/" + JOB, job("SUCCEEDED", METRICS));

        TrainInPipeline.Ending ending = vertex();

        assertThat(ending.steps()).containsExactly("train: SUCCEEDED");
        assertThat(service.times(START)).isEqualTo(1);
    }

    @Test
    void aJobThatAppearsOnlyAfterTheLookIsKnownByTheConflict() throws Exception {
        service.on(START, "!503 {}", "!409 {\"error\": {\"code\": 409, \"status\": \"ALREADY_EXISTS\"}}")
                .on("GET /v1/" + JOB, "!404 {}", job("RUNNING", ""), job("SUCCEEDED", METRICS));

        TrainInPipeline.Ending ending = vertex();

        assertThat(ending.run())
                .matches("projects/acme/locations/europe-west4/pipelineJobs/ml-cicd-[0-9]+-[0-9a-f]{8}");
        assertThat(service.times(START)).isEqualTo(2);
    }

    @Test
    void theTaskThatBrokeIsToldRatherThanTheGraphItIsIn() {
        String graph = "{\"taskId\": \"-1\", \"taskName\": \"churn\", \"state\": \"FAILED\", \"error\": {\"code\": 9,"
                + " \"message\": \"The DAG failed because some tasks failed. The failed tasks are: [train].\"}}";
        String task = "{\"taskId\": \"-2\", \"taskName\": \"train\", \"state\": \"FAILED\", \"executorDetail\":"
                + " {\"containerDetail\": {\"mainJob\": \"projects/1/locations/l/customJobs/7\"}}, \"error\": {\"code\": 13,"
                + " \"message\": \"out of memory\"}}";
        service.on(START, "{}").on("GET /v1/" + JOB, job("FAILED", graph + ", " + task));

        assertThatThrownBy(this::vertex).hasMessageContaining("failed in step train: out of memory; see");
    }

    @Test
    void tasksOfALoopAreToldOnce() throws Exception {
        String two = "{\"taskId\": \"1\", \"taskName\": \"fold\", \"state\": \"SUCCEEDED\"},"
                + " {\"taskId\": \"2\", \"taskName\": \"fold\", \"state\": \"RUNNING\"}";
        service.on(START, "{}")
                .on(
                        "GET /v1/" + JOB,
                        job("RUNNING", two),
                        job("RUNNING", two),
                        job("RUNNING", two),
                        job("SUCCEEDED", METRICS));

        vertex();

        assertThat(lines.stream().filter(line -> line.startsWith("step fold"))).hasSize(2);
    }

    @Test
    void aPipelineWithoutAPlaceForItsArtifactsIsRefusedBeforehand() {
        root = Optional.empty();

        assertThatThrownBy(this::vertex)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("set train.pipeline.vertex.root to a folder in Cloud Storage");
        assertThat(service.times(START)).isZero();
    }
}
