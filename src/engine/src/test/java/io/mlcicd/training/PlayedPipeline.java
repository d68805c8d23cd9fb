package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a pipeline at a service that is played by the shapes of SageMaker's API model (2017-07-24), of the REST reference of
 * Vertex AI (v1) or of the OpenAPI description of Kubeflow Pipelines (v2beta1).
 */
abstract class PlayedPipeline {

    static final String ARN = "arn:aws:sagemaker:eu-central-1:123456789012:pipeline/churn/execution/abcdef123456";

    static final Map<String, String> AWS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", PlayedService.SECRET);

    @TempDir
    Path folder;

    PlayedService service;
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    final Progress progress = new Progress() {
        @Override
        public void step(String what, double fraction) {}

        @Override
        public void line(String text) {
            lines.add(text);
        }
    };

    @BeforeEach
    void start() throws IOException {
        service = new PlayedService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    PipelineRequest request(PipelineSettings settings, Duration timeout) {
        return new PipelineRequest(
                settings,
                Map.of("InputData", TextNode.valueOf("s3://in/day=1"), "Rounds", IntNode.valueOf(7)),
                Optional.of(folder.resolve("build/metrics.json")),
                timeout);
    }

    TrainInPipeline.Ending run(PipelineRequest request, RemoteRun run) throws InterruptedException {
        return new TrainInPipeline(Duration.ofMillis(5), Duration.ofSeconds(2)).run(request, run, progress);
    }

    JsonNode metrics() throws IOException {
        return Json.mapper().readTree(Files.readString(folder.resolve("build/metrics.json")));
    }

    TrainInPipeline.Ending sageMaker(Optional<PipelineSettings.Evaluation> evaluation, Duration timeout)
            throws InterruptedException {
        PipelineSettings.SageMaker settings =
                new PipelineSettings.SageMaker("churn", "eu-central-1", evaluation, Optional.of(service.url()));
        PipelineRequest request = request(settings, timeout);
        AwsApi api = new AwsApi("eu-central-1", settings.endpointUrl(), "train.pipeline.sagemaker", AWS::get);
        return run(request, new SageMakerRun(settings, request.parameters(), api));
    }

    static String execution(String status) {
        return "{\"PipelineExecutionArn\": \"%s\", \"PipelineExecutionStatus\": \"%s\"}".formatted(ARN, status);
    }

    static String steps(String... steps) {
        return "{\"PipelineExecutionSteps\": [" + String.join(", ", steps) + "]}";
    }

    static String step(String name, String status, String metadata) {
        return "{\"StepName\": \"%s\", \"StepStatus\": \"%s\", \"Metadata\": %s}".formatted(name, status, metadata);
    }

    PlayedService startsSageMaker() {
        return service.on("StartPipelineExecution", "{\"PipelineExecutionArn\": \"" + ARN + "\"}");
    }

    Path spec() throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                pipelineInfo: { name: churn }
                root: { dag: { tasks: {} } }
                schemaVersion: 2.1.0
                sdkVersion: kfp-2.9.0
                """);
    }
}
