package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The model registry of a server. Source: the REST API reference of MLflow 2.10; aliases since 2.3, stages deprecated since
 * 2.9. All methods throw {@link OutsideSystemException} when the server does not do what it is asked.
 */
public final class MlflowRegistry {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LONGEST_TAG = 5000;
    private static final int MOST_FOUND = 1000;

    private final MlflowHttp http;

    /** The registry part of that server. */
    public MlflowRegistry(MlflowServer server) {
        this(new MlflowHttp(server));
    }

    MlflowRegistry(MlflowHttp http) {
        this.http = http;
    }

    /** The version that an address names; empty when there is no such model, version or alias. */
    public Optional<ModelVersion> version(ModelUri uri) throws InterruptedException {
        if (uri.alias().isPresent()) {
            return one(http.get(
                    "mlflow/registered-models/alias",
                    Map.of("name", uri.name(), "alias", uri.alias().get())));
        }
        String selector = uri.selector().orElseThrow();
        if (selector.matches("[0-9]+")) {
            return one(http.get("mlflow/model-versions/get", Map.of("name", uri.name(), "version", selector)));
        }
        return latest(uri.name(), selector);
    }

    private Optional<ModelVersion> latest(String name, String stage) throws InterruptedException {
        ObjectNode body = Json.mapper().createObjectNode().put("name", name);
        if (!stage.equals("latest")) {
            body.putArray("stages").add(stage);
        }
        MlflowAnswer found = http.post("mlflow/registered-models/get-latest-versions", body);
        if (found.missing()) {
            return Optional.empty();
        }
        Optional<JsonNode> newest = Optional.empty();
        for (JsonNode version :
                found.content("tell of the model '" + name + "'").path("model_versions")) {
            if (newest.isEmpty()
                    || version.path("version").asLong()
                            > newest.get().path("version").asLong()) {
                newest = Optional.of(version);
            }
        }
        return newest.map(ModelVersion::of);
    }

    private static Optional<ModelVersion> one(MlflowAnswer found) {
        return found.missing()
                ? Optional.empty()
                : Optional.of(ModelVersion.of(
                        found.content("tell of a model's version").path("model_version")));
    }

    /** The newest version of a model that has this tag; empty when none has. */
    public Optional<ModelVersion> tagged(String name, String tag, String value) throws InterruptedException {
        if (name.contains("'")) {
            throw new InvalidInputException("the registered model's name must have no quote: " + name);
        }
        MlflowAnswer found = http.get(
                "mlflow/model-versions/search",
                Map.of("filter", "name='" + name + "'", "max_results", String.valueOf(MOST_FOUND)));
        Optional<ModelVersion> newest = Optional.empty();
        for (JsonNode node :
                found.content("search the versions of the model '" + name + "'").path("model_versions")) {
            ModelVersion version = ModelVersion.of(node);
            boolean later = newest.isEmpty()
                    || Long.parseLong(version.version())
                            > Long.parseLong(newest.get().version());
            if (later && value.equals(version.tags().get(tag))) {
                newest = Optional.of(version);
            }
        }
        return newest;
    }

    /**
     * Makes a new version, and the registered model when it is the first; waits until the registry has taken it in.
     *
     * @param source address of the model's folder
     */
    public ModelVersion register(String name, String source, String run, String description, Map<String, String> tags)
            throws InterruptedException {
        MlflowAnswer model = http.post(
                "mlflow/registered-models/create",
                Json.mapper().createObjectNode().put("name", name));
        if (!model.exists()) {
            model.content("register the model '" + name + "'");
        }
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("name", name)
                .put("source", source)
                .put("run_id", run)
                .put("description", description);
        body.set("tags", MlflowTracking.texts(tags, LONGEST_TAG));
        JsonNode made = http.post("mlflow/model-versions/create", body)
                .content("register a version of the model '" + name + "'")
                .path("model_version");
        return ready(made);
    }

    private ModelVersion ready(JsonNode made) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode version = made;
        while (version.path("status").asText().equals("PENDING_REGISTRATION")) {
            if (System.nanoTime() > deadline) {
                throw new OutsideSystemException("version %s of the model '%s' did not become ready on %s"
                        .formatted(
                                made.path("version").asText(), made.path("name").asText(), http.server()));
            }
            Thread.sleep(500);
            version = http.get(
                            "mlflow/model-versions/get",
                            Map.of(
                                    "name", made.path("name").asText(),
                                    "version", made.path("version").asText()))
                    .content("tell of a model's version")
                    .path("model_version");
        }
        if (version.path("status").asText().equals("FAILED_REGISTRATION")) {
            throw new OutsideSystemException("the MLflow server %s could not register version %s of the model '%s': %s"
                    .formatted(
                            http.server(),
                            made.path("version").asText(),
                            made.path("name").asText(),
                            version.path("status_message").asText()));
        }
        return ModelVersion.of(version);
    }

    /** Sets an alias on a version; it is taken away from the one that had it. */
    public void alias(ModelVersion version, String alias) throws InterruptedException {
        http.post("mlflow/registered-models/alias", named(version).put("alias", alias))
                .content("set the alias '%s' on version %s of the model '%s'"
                        .formatted(alias, version.version(), version.name()));
    }

    /** Sets a tag on a version. */
    public void tag(ModelVersion version, String key, String value) throws InterruptedException {
        http.post(
                        "mlflow/model-versions/set-tag",
                        named(version).put("key", key).put("value", value))
                .content("tag version %s of the model '%s'".formatted(version.version(), version.name()));
    }

    /** Moves a version to a stage, and archives what was there; for servers that still have stages. */
    public void stage(ModelVersion version, String stage) throws InterruptedException {
        http.post(
                        "mlflow/model-versions/transition-stage",
                        named(version).put("stage", stage).put("archive_existing_versions", true))
                .content("move version %s of the model '%s' to the stage '%s'"
                        .formatted(version.version(), version.name(), stage));
    }

    private static ObjectNode named(ModelVersion version) {
        return Json.mapper().createObjectNode().put("name", version.name()).put("version", version.version());
    }
}
