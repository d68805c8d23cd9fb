package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A pipeline job of Vertex AI ({@code projects.locations.pipelineJobs}: create, get and cancel of its REST API, v1, by
 * {@code google/cloud/aiplatform/v1/pipeline_service.proto}, {@code pipeline_job.proto} and {@code artifact.proto} of
 * googleapis). The job's ID is chosen here, so that it cannot be started twice. Its metrics are the metadata of the
 * artifacts {@code system.Metrics} that its tasks put out.
 */
final class VertexRun implements RemoteRun {

    /** Letters, digits and dashes, less than 128 of them ({@code CreatePipelineJobRequest.pipeline_job_id}). */
    private static final String ID_BEGIN = "ml-cicd-";

    private final PipelineSettings.Vertex settings;
    private final Map<String, JsonNode> parameters;
    private final VertexApi api;
    private final String id;
    private JsonNode last = JsonNodeFactory.instance.objectNode();

    VertexRun(PipelineSettings.Vertex settings, Map<String, JsonNode> parameters, VertexApi api) {
        this.settings = settings;
        this.parameters = parameters;
        this.api = api;
        this.id = ID_BEGIN + Instant.now().getEpochSecond() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public String what() {
        String pipeline = settings.template()
                .or(() -> settings.spec().map(file -> file.getFileName().toString()))
                .orElse("");
        return "the Vertex AI pipeline " + pipeline;
    }

    @Override
    public void start() throws InterruptedException {
        Map<String, Object> job = new LinkedHashMap<>();
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("parameterValues", parameters);
        Optional<String> root = settings.root();
        String shown = "ml-cicd";
        if (settings.spec().isPresent()) {
            JsonNode spec = PipelineSpec.read(settings.spec().get());
            shown = PipelineSpec.name(spec);
            root = root.or(() -> PipelineSpec.root(spec));
            job.put("pipelineSpec", spec);
        }
        runtime.put(
                "gcsOutputDirectory",
                root.orElseThrow(() -> new InvalidInputException(what()
                        + " does not say where its artifacts go; set train.pipeline.vertex.root to a folder in Cloud"
                        + " Storage, such as gs://bucket/folder")));
        job.put("displayName", shown);
        settings.template().ifPresent(template -> job.put("templateUri", template));
        job.put("runtimeConfig", runtime);
        settings.serviceAccount().ifPresent(account -> job.put("serviceAccount", account));
        api.make("pipelineJobs", "pipelineJobId", id, job);
    }

    @Override
    public String id() {
        return api.location() + "/pipelineJobs/" + id;
    }

    @Override
    public String link() {
        return "https://console.cloud.google.com/vertex-ai/pipelines/locations/" + settings.region() + "/runs/" + id
                + "?project=" + settings.project();
    }

    @Override
    public State look() throws InterruptedException {
        last = api.get(id());
        Phase phase = switch (last.path("state").asText()) {
            case "PIPELINE_STATE_SUCCEEDED" -> Phase.SUCCEEDED;
            case "PIPELINE_STATE_FAILED" -> Phase.FAILED;
            case "PIPELINE_STATE_CANCELLED" -> Phase.STOPPED;
            default -> Phase.RUNNING;
        };
        List<Step> steps = new ArrayList<>();
        for (JsonNode task : last.at("/jobDetail/taskDetails")) {
            String state = task.path("state").asText();
            // A graph of tasks is a task as well, the whole pipeline too; only what runs has an executor.
            boolean group = !task.has("executorDetail");
            String key = task.path("taskId").asText(task.path("taskName").asText());
            steps.add(new Step(task.path("taskName").asText(), key, group, state, state.equals("FAILED"), error(task)));
        }
        return new State(phase, steps, error(last));
    }

    private static Optional<String> error(JsonNode node) {
        return Optional.of(node.at("/error/message").asText()).filter(text -> !text.isBlank());
    }

    @Override
    public void stop() throws InterruptedException {
        api.post(id() + ":cancel", Map.of());
    }

    @Override
    public Optional<JsonNode> metrics() {
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        for (JsonNode task : last.at("/jobDetail/taskDetails")) {
            for (JsonNode output : task.path("outputs")) {
                for (JsonNode artifact : output.path("artifacts")) {
                    if (artifact.path("schemaTitle").asText().equals("system.Metrics")) {
                        artifact.path("metadata").properties().stream()
                                .filter(entry -> entry.getValue().isNumber())
                                .forEach(entry -> metrics.set(entry.getKey(), entry.getValue()));
                    }
                }
            }
        }
        return metrics.isEmpty() ? Optional.empty() : Optional.of(metrics);
    }
}
