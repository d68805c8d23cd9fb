package io.mlcicd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.URI;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs pipelines at services that are played by the shapes of SageMaker's API model (2017-07-24), of the REST reference
 * of Vertex AI (v1) and of the OpenAPI description of Kubeflow Pipelines (v2beta1).
 */
class TrainInPipelineTest {

    private static final String ARN =
            "arn:aws:sagemaker:eu-central-1:123456789012:pipeline/churn/execution/abcdef123456";

    private static final Map<String, String> AWS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", PlayedService.SECRET);

    private static final String JOB = "projects/acme/locations/europe-west4/pipelineJobs/churn-1";

    @TempDir
    private Path folder;

    private PlayedService service;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private final Progress progress = new Progress() {
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

    private PipelineRequest request(PipelineSettings settings, Duration timeout) {
        return new PipelineRequest(
                settings,
                Map.of("InputData", TextNode.valueOf("s3://in/day=1"), "Rounds", IntNode.valueOf(7)),
                Optional.of(folder.resolve("build/metrics.json")),
                timeout);
    }

    private TrainInPipeline.Ending run(PipelineRequest request, RemoteRun run) throws InterruptedException {
        return new TrainInPipeline(Duration.ofMillis(5)).run(request, run, progress);
    }

    private JsonNode metrics() throws IOException {
        return Json.mapper().readTree(Files.readString(folder.resolve("build/metrics.json")));
    }

    private TrainInPipeline.Ending sageMaker(Optional<PipelineSettings.Evaluation> evaluation, Duration timeout)
            throws InterruptedException {
        PipelineSettings.SageMaker settings =
                new PipelineSettings.SageMaker("churn", "eu-central-1", evaluation, Optional.of(service.url()));
        PipelineRequest request = request(settings, timeout);
        AwsApi api = new AwsApi("eu-central-1", settings.endpointUrl(), "train.pipeline.sagemaker", AWS::get);
        return run(request, new SageMakerRun(settings, request.parameters(), api));
    }

    private static String execution(String status) {
        return "{\"PipelineExecutionArn\": \"%s\", \"PipelineExecutionStatus\": \"%s\"}".formatted(ARN, status);
    }

    private static String steps(String... steps) {
        return "{\"PipelineExecutionSteps\": [" + String.join(", ", steps) + "]}";
    }

    private static String step(String name, String status, String metadata) {
        return "{\"StepName\": \"%s\", \"StepStatus\": \"%s\", \"Metadata\": %s}".formatted(name, status, metadata);
    }

    private static final String EVALUATED = "{\"ProcessingJob\": {\"Arn\":"
            + " \"arn:aws:sagemaker:eu-central-1:123456789012:processing-job/pipelines-abc-Evaluate-xyz\"}}";

    private PlayedService startsSageMaker() {
        return service.on("StartPipelineExecution", "{\"PipelineExecutionArn\": \"" + ARN + "\"}");
    }

    @Test
    void aSageMakerPipelineIsWaitedForAndItsMetricsAreBroughtHome() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"), execution("Executing"), execution("Succeeded"))
                .on(
                        "ListPipelineExecutionSteps",
                        steps(step("Train", "Executing", "{}")),
                        steps(step("Train", "Succeeded", "{}"), step("Evaluate", "Executing", EVALUATED)),
                        steps(step("Train", "Succeeded", "{}"), step("Evaluate", "Succeeded", EVALUATED)))
                .on(
                        "DescribeProcessingJob",
                        "{\"ProcessingOutputConfig\": {\"Outputs\": [{\"OutputName\": \"evaluation\", \"S3Output\":"
                                + " {\"S3Uri\": \"s3://out/run 1/evaluation\", \"S3UploadMode\": \"EndOfJob\"}}]}}")
                .on(
                        "GET /out/run%201/evaluation/evaluation.json",
                        "{\"binary_classification_metrics\": {\"auc\": {\"value\": 0.91}}}");

        TrainInPipeline.Ending ending = sageMaker(
                Optional.of(new PipelineSettings.Evaluation("Evaluate", "evaluation", "evaluation.json")),
                Duration.ofMinutes(1));

        assertThat(ending.run()).isEqualTo(ARN);
        assertThat(ending.steps()).containsExactly("Train: Succeeded", "Evaluate: Succeeded");
        assertThat(metrics().at("/binary_classification_metrics/auc/value").doubleValue())
                .isEqualTo(0.91);
        assertThat(lines)
                .contains("step Train: Executing", "step Train: Succeeded", "step Evaluate: Executing")
                .doesNotHaveDuplicates();
        JsonNode sent =
                Json.mapper().readTree(service.body("StartPipelineExecution").replaceFirst(" AWS4.*", ""));
        assertThat(sent.at("/PipelineParameters/0/Name").asText()).isEqualTo("InputData");
        assertThat(sent.at("/PipelineParameters/0/Value").asText()).isEqualTo("s3://in/day=1");
        assertThat(sent.at("/PipelineParameters/1/Value")).isEqualTo(TextNode.valueOf("7"));
        assertThat(sent.path("ClientRequestToken").asText()).hasSizeBetween(32, 128);
        assertThat(service.body("DescribeProcessingJob")).contains("\"pipelines-abc-Evaluate-xyz\"");
        assertThat(service.wrong()).isEmpty();
    }

    @Test
    void theMetricsOfTheRegisteredModelAreTakenOtherwise() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Succeeded"))
                .on(
                        "ListPipelineExecutionSteps",
                        "{\"PipelineExecutionSteps\": [], \"NextToken\": \"more\"}",
                        steps(step("Register", "Succeeded", "{\"RegisterModel\": {\"Arn\": \"arn:model/1\"}}")))
                .on(
                        "DescribeModelPackage",
                        "{\"ModelMetrics\": {\"ModelQuality\": {\"Statistics\": {\"ContentType\":"
                                + " \"application/json\", \"S3Uri\": \"s3://out/quality.json\"}}}}")
                .on("GET /out/quality.json", "{\"accuracy\": 0.8}");

        sageMaker(Optional.empty(), Duration.ofMinutes(1));

        assertThat(metrics().path("accuracy").doubleValue()).isEqualTo(0.8);
    }

    @Test
    void aFailedStepIsToldWithItsReason() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Failed"))
                .on(
                        "ListPipelineExecutionSteps",
                        steps("{\"StepName\": \"Train\", \"StepStatus\": \"Failed\", \"FailureReason\":"
                                + " \"ClientError: no\\n data\"}"));

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMinutes(1)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining(
                        "the SageMaker pipeline churn failed in step Train: ClientError: no data; see https://")
                .hasMessageContaining(ARN);
        assertThat(service.times("StopPipelineExecution")).isZero();
    }

    @Test
    void metricsThatAreAskedForMustBeThere() {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Succeeded"))
                .on("ListPipelineExecutionSteps", steps());

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMinutes(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has left no metrics");
        assertThatThrownBy(() -> sageMaker(
                        Optional.of(new PipelineSettings.Evaluation("Evaluat", "x", "y")), Duration.ofMinutes(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no step 'Evaluat'; correct train.pipeline.sagemaker.evaluation.step");
    }

    @Test
    void anUnknownPipelineIsAMistakeOfTheUser() {
        service.on(
                "StartPipelineExecution", "!{\"__type\": \"ResourceNotFound\", \"Message\": \"Pipeline not found\"}");

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMinutes(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no SageMaker pipeline 'churn' in eu-central-1");
    }

    @Test
    void aRunThatTakesTooLongIsStopped() {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"))
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMillis(20)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("it took longer than");
        assertThat(service.times("StopPipelineExecution")).isEqualTo(1);
    }

    @Test
    void anInterruptionStopsTheRemoteRun() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"))
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                sageMaker(Optional.empty(), Duration.ofMinutes(1));
            } catch (InterruptedException | RuntimeException e) {
                ends.add(e);
            }
        });
        thread.start();
        while (service.times("DescribePipelineExecution") < 2) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join(10_000);

        assertThat(ends).hasSize(1).first().isInstanceOf(InterruptedException.class);
        assertThat(service.times("StopPipelineExecution")).isEqualTo(1);
        assertThat(service.body("StopPipelineExecution")).contains(ARN);
        assertThat(folder.resolve("build/metrics.json")).doesNotExist();
    }

    @Test
    void anInterruptionWhileTheRunIsBeingStartedStopsItAsWell() throws Exception {
        startsSageMaker().slow("StartPipelineExecution", 500).on("StopPipelineExecution", "{}");
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                sageMaker(Optional.empty(), Duration.ofMinutes(1));
            } catch (InterruptedException | RuntimeException e) {
                ends.add(e);
            }
        });
        thread.start();
        while (service.times("StartPipelineExecution") == 0) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join(10_000);

        assertThat(ends).hasSize(1).first().isInstanceOf(InterruptedException.class);
        assertThat(service.body("StopPipelineExecution")).contains(ARN);
    }

    private Path spec() throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                pipelineInfo: { name: churn }
                root: { dag: { tasks: {} } }
                schemaVersion: 2.1.0
                sdkVersion: kfp-2.9.0
                """);
    }

    private TrainInPipeline.Ending vertex() throws IOException, InterruptedException {
        PipelineSettings.Vertex settings = new PipelineSettings.Vertex(
                "acme",
                "europe-west4",
                Optional.empty(),
                Optional.of(spec()),
                Optional.of("gs://acme/root"),
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
        service.on(
                        "POST /v1/projects/acme/locations/europe-west4/pipelineJobs",
                        "{\"name\": \"" + JOB + "\", \"state\": \"PIPELINE_STATE_PENDING\"}")
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
                .isEqualTo("https://console.cloud.google.com/vertex-ai/pipelines/locations/europe-west4/runs/churn-1"
                        + "?project=acme");
        assertThat(metrics().toString()).isEqualTo("{\"accuracy\":0.93}");
        JsonNode sent = Json.mapper()
                .readTree(service.body("POST /v1/projects/acme/locations/europe-west4/pipelineJobs")
                        .replace(" Bearer a-token", ""));
        assertThat(sent.path("displayName").asText()).isEqualTo("churn");
        assertThat(sent.at("/runtimeConfig/parameterValues/Rounds").isInt()).isTrue();
        assertThat(sent.at("/runtimeConfig/gcsOutputDirectory").asText()).isEqualTo("gs://acme/root");
        assertThat(sent.at("/pipelineSpec/pipelineInfo/name").asText()).isEqualTo("churn");
    }

    @Test
    void aFailedVertexTaskIsToldWithItsReason() {
        service.on("POST /v1/projects/acme/locations/europe-west4/pipelineJobs", "{\"name\": \"" + JOB + "\"}")
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
                        "GET /apis/v2beta1/experiments?filter=" + KubeflowApi.encode(filter()),
                        "{\"experiments\": [{\"experiment_id\": \"e-1\"}]}")
                .on("POST /apis/v2beta1/runs", "{\"run_id\": \"r-1\", \"state\": \"PENDING\"}")
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
        JsonNode sent =
                Json.mapper().readTree(service.body("POST /apis/v2beta1/runs").replace(" Bearer secret-token", ""));
        assertThat(sent.at("/pipeline_version_reference/pipeline_version_id").asText())
                .isEqualTo("v-9");
        assertThat(sent.path("experiment_id").asText()).isEqualTo("e-1");
        assertThat(sent.at("/runtime_config/parameters/Rounds").isInt()).isTrue();
        assertThat(service.wrong()).isEmpty();
    }

    private static String filter() {
        return Json.mapper()
                .valueToTree(Map.of(
                        "predicates",
                        List.of(Map.of("operation", "EQUALS", "key", "display_name", "string_value", "nightly"))))
                .toString();
    }

    @Test
    void aKubeflowPipelineOfAFileFailsWithTheStepAndTheReason() {
        service.on("POST /apis/v2beta1/runs", "{\"run_id\": \"r-1\"}")
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
        assertThat(service.body("POST /apis/v2beta1/runs")).contains("\"pipeline_spec\":{\"pipelineInfo\"");
    }

    @Test
    void aRefusalSaysWhatToDoAndHidesTheToken() {
        service.on("POST /apis/v2beta1/runs", "!{\"code\": 3, \"message\": \"unknown template format\"}");

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

    @Test
    void aStorageThatIsNotThereIsNoEmptySetOfMetrics() {
        AwsApi api = new AwsApi(
                "eu-central-1", Optional.of(URI.create(service.url() + "/")), "train.pipeline.sagemaker", AWS::get);

        assertThatThrownBy(() -> api.object("s3://out/none.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such object");
        assertThatThrownBy(() -> api.object("gs://out/none.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no address of an object in Amazon S3");
    }
}
