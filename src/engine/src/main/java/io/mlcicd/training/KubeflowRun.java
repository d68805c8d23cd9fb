package io.mlcicd.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.cloud.CloudHttp;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A run of Kubeflow Pipelines 2 ({@code RunService} of its API v2beta1: create, get and terminate). The API does not tell
 * what artifacts hold, so its metrics are read from where the pipeline leaves them.
 */
final class KubeflowRun implements RemoteRun {

    private final PipelineSettings.Kubeflow settings;
    private final Map<String, JsonNode> parameters;
    private final UnaryOperator<String> environment;
    private final KubeflowApi api;
    private String run = "";

    KubeflowRun(
            PipelineSettings.Kubeflow settings, Map<String, JsonNode> parameters, UnaryOperator<String> environment) {
        this.settings = settings;
        this.parameters = parameters;
        this.environment = environment;
        this.api = new KubeflowApi(settings.endpoint(), settings.token());
    }

    @Override
    public String what() {
        return "the Kubeflow pipeline "
                + settings.pipeline()
                        .or(() -> settings.spec().map(file -> file.getFileName().toString()))
                        .orElse("");
    }

    @Override
    public void start() throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        String name = settings.pipeline().orElse("ml-cicd");
        if (settings.spec().isPresent()) {
            JsonNode spec = PipelineSpec.read(settings.spec().get());
            name = PipelineSpec.name(spec);
            body.put("pipeline_spec", spec);
        } else {
            body.put("pipeline_version_reference", newestVersion(name));
        }
        body.put("display_name", name);
        if (settings.experiment().isPresent()) {
            body.put("experiment_id", experiment(settings.experiment().get()));
        }
        body.put("runtime_config", Map.of("parameters", parameters));
        run = api.post("runs", body).path("run_id").asText();
    }

    private Map<String, String> newestVersion(String name) throws InterruptedException {
        String namespace = settings.namespace()
                .map(value -> "?namespace=" + KubeflowApi.encode(value))
                .orElse("");
        String pipeline = api.get("pipelines/names/" + KubeflowApi.encode(name) + namespace)
                .path("pipeline_id")
                .asText();
        JsonNode versions = api.get(
                "pipelines/" + pipeline + "/versions?page_size=1&sort_by=" + KubeflowApi.encode("created_at desc"));
        String version = versions.at("/pipeline_versions/0/pipeline_version_id").asText();
        if (version.isEmpty()) {
            throw new InvalidInputException(
                    "the Kubeflow pipeline '" + name + "' has no version; upload one, or name a file under 'spec'");
        }
        return Map.of("pipeline_id", pipeline, "pipeline_version_id", version);
    }

    private String experiment(String name) throws InterruptedException {
        Map<String, Object> predicate = Map.of("operation", "EQUALS", "key", "display_name", "string_value", name);
        String filter = Json.mapper()
                .valueToTree(Map.of("predicates", List.of(predicate)))
                .toString();
        JsonNode found = api.get("experiments?filter=" + KubeflowApi.encode(filter)
                + settings.namespace()
                        .map(value -> "&namespace=" + KubeflowApi.encode(value))
                        .orElse(""));
        String id = found.at("/experiments/0/experiment_id").asText();
        if (id.isEmpty()) {
            throw new InvalidInputException("there is no experiment '" + name + "' at " + settings.endpoint()
                    + "; make it, or correct train.pipeline.kubeflow.experiment");
        }
        return id;
    }

    @Override
    public String id() {
        return run;
    }

    @Override
    public String link() {
        return settings.endpoint().toString().replaceAll("/+$", "") + "/#/runs/details/" + run;
    }

    @Override
    public State look() throws InterruptedException {
        JsonNode now = api.get("runs/" + run);
        Phase phase = switch (now.path("state").asText()) {
            case "SUCCEEDED", "SKIPPED" -> Phase.SUCCEEDED;
            case "FAILED" -> Phase.FAILED;
            case "CANCELED" -> Phase.STOPPED;
            default -> Phase.RUNNING;
        };
        List<Step> steps = new ArrayList<>();
        for (JsonNode task : now.at("/run_details/task_details")) {
            String state = task.path("state").asText();
            String name = task.path("display_name").asText();
            // Drivers and the root of the graph are no steps of the pipeline's author, but they may be what failed.
            boolean own = !name.isEmpty() && !name.equals("root") && !name.endsWith("-driver");
            if (!state.isEmpty() && (own || state.equals("FAILED"))) {
                steps.add(new Step(name.isEmpty() ? "root" : name, state, state.equals("FAILED"), error(task)));
            }
        }
        return new State(phase, steps, error(now));
    }

    private static Optional<String> error(JsonNode node) {
        return Optional.of(node.at("/error/message").asText()).filter(text -> !text.isBlank());
    }

    @Override
    public void stop() throws InterruptedException {
        api.post("runs/" + run + ":terminate", Map.of());
    }

    @Override
    public Optional<JsonNode> metrics() throws InterruptedException {
        if (settings.metricsUrl().isEmpty()) {
            return Optional.empty();
        }
        String address = settings.metricsUrl().get().replace("${run}", run);
        String content = address.startsWith("s3:")
                ? new AwsApi(settings.region(), settings.storageUrl(), "train.pipeline.kubeflow", environment)
                        .object(address)
                : download(address);
        try {
            return Optional.of(Json.mapper().readTree(content));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "the metrics of the run are no JSON (" + e.getOriginalMessage()
                            + "); let the pipeline write them so to train.pipeline.kubeflow.metricsUrl",
                    e);
        }
    }

    private static String download(String address) throws InterruptedException {
        CloudHttp.Answer answer = new CloudHttp().send("GET", URI.create(address), Map::of, "");
        if (!answer.good()) {
            throw new OutsideSystemException("the metrics of the run cannot be read (status " + answer.status()
                    + "); check train.pipeline.kubeflow.metricsUrl");
        }
        return answer.body();
    }
}
