package io.mlcicd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs pipelines of SageMaker. */
class SageMakerRunTest extends PlayedPipeline {

    private static final String EVALUATED = "{\"ProcessingJob\": {\"Arn\":"
            + " \"arn:aws:sagemaker:eu-central-1:123456789012:processing-job/pipelines-abc-Evaluate-xyz\"}}";

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

    @ParameterizedTest
    @ValueSource(strings = {"!503 {}", "!429 {}", "!400 {\"__type\": \"ThrottlingException\"}", PlayedService.CUT})
    void anExecutionWhoseStartWasNotAnsweredIsAskedForByTheSameToken(String lost) throws Exception {
        service.on("StartPipelineExecution", lost, "{\"PipelineExecutionArn\": \"" + ARN + "\"}")
                .on("DescribePipelineExecution", execution("Succeeded"))
                .on(
                        "ListPipelineExecutionSteps",
                        steps(step("Register", "Succeeded", "{\"RegisterModel\": {\"Arn\": \"arn:model/1\"}}")))
                .on(
                        "DescribeModelPackage",
                        "{\"ModelMetrics\": {\"ModelQuality\": {\"Statistics\": {\"S3Uri\": \"s3://out/q.json\"}}}}")
                .on("GET /out/q.json", "{\"accuracy\": 0.8}");

        TrainInPipeline.Ending ending = sageMaker(Optional.empty(), Duration.ofMinutes(1));

        assertThat(ending.run()).isEqualTo(ARN);
        assertThat(service.bodies("StartPipelineExecution"))
                .hasSize(2)
                .extracting(body -> body.replaceAll(".*\"ClientRequestToken\":\"([^\"]+)\".*", "$1"))
                .allMatch(token -> token.length() == 36)
                .satisfies(tokens -> assertThat(tokens.get(0)).isEqualTo(tokens.get(1)));
    }
}
