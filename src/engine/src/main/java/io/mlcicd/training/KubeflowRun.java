package io.mlcicd.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.cloud.CloudHttp;
import io.mlcicd.cloud.LostAnswerException;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A run of Kubeflow Pipelines 2 ({@code RunService} of its API v2beta1, {@code backend/api/v2beta1/run.proto}: create, get,
 * list and terminate). The API has no key by which it would know a request again, so a run bears a name that no other has,
 * and is looked for by it before it would be asked for again. The API does not tell what artifacts hold, so its metrics
 * are read from where the pipeline leaves them.
 */
final class KubeflowRun implements RemoteRun {

    private final PipelineSettings.Kubeflow settings;
    private final Map<String, JsonNode> parameters;
    private final UnaryOperator<String> environment;
    private final KubeflowApi api;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private volatile String title = "";
    private volatile String scope = "";
    private volatile String run = "";

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
        title = name + " " + mark;
        body.put("display_name", title);
        scope = settings.namespace()
                .map(value -> "&namespace=" + KubeflowApi.encode(value))
                .orElse("");
        if (settings.experiment().isPresent()) {
            String experiment = experiment(settings.experiment().get());
            body.put("experiment_id", experiment);
            scope = "&experiment_id=" + KubeflowApi.encode(experiment);
        }
        body.put("runtime_config", Map.of("parameters", parameters));
        AtomicBoolean repeated = new AtomicBoolean();
        run = api.once("runs", body, () -> {
                    repeated.set(true);
                    return begun().stream().findFirst();
                })
                .path("run_id")
                .asText();
        if (repeated.get()) {
            endOthers();
        }
    }

    /** Those runs there are of this one's name; a run that cannot be looked for must not be asked for again. */
    private List<JsonNode> begun() throws InterruptedException {
        List<JsonNode> runs = new ArrayList<>();
        try {
            api.get("runs?" + KubeflowApi.filter("display_name", title) + scope)
                    .path("runs")
                    .forEach(runs::add);
            return runs;
        } catch (OutsideSystemException | InvalidInputException e) {
            throw new LostAnswerException(
                    "Kubeflow Pipelines did not answer whether it has started a run, and it cannot be looked for ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    /** A try may have been accepted only after the look that did not find it. */
    private void endOthers() throws InterruptedException {
        for (JsonNode each : begun()) {
            String other = each.path("run_id").asText();
            if (!other.equals(run)) {
                api.post("runs/" + other + ":terminate", Map.of());
            }
        }
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
        JsonNode found = api.get("experiments?" + KubeflowApi.filter("display_name", name)
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
        String begin = settings.endpoint().toString().replaceAll("/+$", "") + "/#/runs";
        return run.isEmpty() ? begin + " (" + title + ")" : begin + "/details/" + run;
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
                boolean failed = state.equals("FAILED");
                String shown = name.isEmpty() ? "root" : name;
                String key = task.path("task_id").asText(shown);
                steps.add(new Step(shown, key, shown.equals("root"), state, failed, error(task)));
            }
        }
        return new State(phase, steps, error(now));
    }

    /** The server leaves a task's error empty and tells it in the history of its states. */
    private static Optional<String> error(JsonNode node) {
        List<String> told = new ArrayList<>();
        node.path("state_history")
                .forEach(state -> told.add(state.at("/error/message").asText()));
        told.add(node.at("/error/message").asText());
        return told.stream().filter(text -> !text.isBlank()).reduce((earlier, later) -> later);
    }

    @Override
    public void stop() throws InterruptedException {
        if (run.isEmpty()) {
            run = begun().stream()
                    .findFirst()
                    .orElseThrow(() -> new OutsideSystemException("there is no run '" + title + "' yet"))
                    .path("run_id")
                    .asText();
        }
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
