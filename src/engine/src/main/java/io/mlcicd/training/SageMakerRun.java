package io.mlcicd.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An execution of a pipeline of Amazon SageMaker (actions {@code StartPipelineExecution}, {@code
 * DescribePipelineExecution}, {@code ListPipelineExecutionSteps} and {@code StopPipelineExecution} of its API of
 * 2017-07-24). An execution is started with a {@code ClientRequestToken}, by which SageMaker knows a repeated request
 * again.
 */
final class SageMakerRun implements RemoteRun {

    private final PipelineSettings.SageMaker settings;
    private final Map<String, JsonNode> parameters;
    private final AwsApi api;
    private final String token = UUID.randomUUID().toString();
    private volatile String arn = "";

    SageMakerRun(PipelineSettings.SageMaker settings, Map<String, JsonNode> parameters, AwsApi api) {
        this.settings = settings;
        this.parameters = new TreeMap<>(parameters);
        this.api = api;
    }

    @Override
    public String what() {
        return "the SageMaker pipeline " + settings.name();
    }

    @Override
    public void start() throws InterruptedException {
        Map<String, Object> request = new HashMap<>();
        request.put("PipelineName", settings.name());
        request.put("ClientRequestToken", token);
        List<Map<String, String>> values = new ArrayList<>();
        parameters.forEach((name, value) -> values.add(Map.of("Name", name, "Value", value.asText())));
        request.put("PipelineParameters", values);
        arn = api.described("StartPipelineExecution", request)
                .orElseThrow(() -> new InvalidInputException("there is no SageMaker pipeline '" + settings.name()
                        + "' in " + settings.region() + "; correct the section train.pipeline.sagemaker"))
                .path("PipelineExecutionArn")
                .asText();
    }

    @Override
    public String id() {
        return arn;
    }

    @Override
    public String link() {
        return "https://" + settings.region() + ".console.aws.amazon.com/sagemaker/home?region=" + settings.region()
                + "#/pipelines (" + (arn.isEmpty() ? settings.name() : arn) + ")";
    }

    @Override
    public State look() throws InterruptedException {
        JsonNode run = api.sageMaker("DescribePipelineExecution", Map.of("PipelineExecutionArn", arn));
        Phase phase = switch (run.path("PipelineExecutionStatus").asText()) {
            case "Succeeded" -> Phase.SUCCEEDED;
            case "Failed" -> Phase.FAILED;
            case "Stopped" -> Phase.STOPPED;
            default -> Phase.RUNNING;
        };
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : steps()) {
            String state = step.path("StepStatus").asText();
            steps.add(new Step(
                    step.path("StepName").asText(),
                    step.path("StepName").asText(),
                    false,
                    state + (step.has("CacheHitResult") ? " (from an earlier run)" : ""),
                    state.equals("Failed"),
                    text(step.path("FailureReason"))));
        }
        return new State(phase, steps, text(run.path("FailureReason")));
    }

    private List<JsonNode> steps() throws InterruptedException {
        List<JsonNode> steps = new ArrayList<>();
        Map<String, Object> request = new HashMap<>(Map.of("PipelineExecutionArn", arn, "SortOrder", "Ascending"));
        while (true) {
            JsonNode page = api.sageMaker("ListPipelineExecutionSteps", request);
            page.path("PipelineExecutionSteps").forEach(steps::add);
            Optional<String> next = text(page.path("NextToken"));
            if (next.isEmpty()) {
                return steps;
            }
            request.put("NextToken", next.get());
        }
    }

    @Override
    public void stop() throws InterruptedException {
        if (arn.isEmpty()) {
            throw new OutsideSystemException("SageMaker has not told which execution it is");
        }
        api.sageMaker(
                "StopPipelineExecution",
                Map.of(
                        "PipelineExecutionArn",
                        arn,
                        "ClientRequestToken",
                        UUID.randomUUID().toString()));
    }

    @Override
    public Optional<JsonNode> metrics() throws InterruptedException {
        Optional<String> address = settings.evaluation().isPresent()
                ? Optional.of(evaluation(settings.evaluation().get()))
                : registered();
        return address.isEmpty() ? Optional.empty() : Optional.of(read(address.get()));
    }

    private String evaluation(PipelineSettings.Evaluation evaluation) throws InterruptedException {
        JsonNode step = steps().stream()
                .filter(each -> each.path("StepName").asText().equals(evaluation.step()))
                .findFirst()
                .orElseThrow(() -> wrong("step", "has no step '" + evaluation.step() + "'"));
        String job = text(step.at("/Metadata/ProcessingJob/Arn"))
                .orElseThrow(
                        () -> wrong("step", "has a step '" + evaluation.step() + "', but it is no processing step"));
        JsonNode described = api.sageMaker(
                "DescribeProcessingJob", Map.of("ProcessingJobName", job.substring(job.lastIndexOf('/') + 1)));
        for (JsonNode output : described.at("/ProcessingOutputConfig/Outputs")) {
            if (output.path("OutputName").asText().equals(evaluation.output())) {
                return output.at("/S3Output/S3Uri").asText().replaceAll("/+$", "") + "/" + evaluation.file();
            }
        }
        throw wrong("output", "has a step '" + evaluation.step() + "' without an output '" + evaluation.output() + "'");
    }

    private InvalidInputException wrong(String key, String what) {
        return new InvalidInputException(what() + " " + what + "; correct train.pipeline.sagemaker.evaluation." + key);
    }

    private Optional<String> registered() throws InterruptedException {
        for (JsonNode step : steps()) {
            Optional<String> model = text(step.at("/Metadata/RegisterModel/Arn"));
            if (model.isPresent()) {
                JsonNode described = api.sageMaker("DescribeModelPackage", Map.of("ModelPackageName", model.get()));
                return text(described.at("/ModelMetrics/ModelQuality/Statistics/S3Uri"));
            }
        }
        return Optional.empty();
    }

    private JsonNode read(String address) throws InterruptedException {
        String content = api.object(address);
        try {
            return Json.mapper().readTree(content);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    address + " is no JSON (" + e.getOriginalMessage() + "); let the pipeline write its metrics there",
                    e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText()).filter(value -> !value.isBlank());
    }
}
