package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Experiments and runs of a tracking server. Source: the REST API reference of MLflow 2.10 with its limits for one request:
 * 1000 metrics, 100 parameters, 100 tags. All methods throw {@link OutsideSystemException} when the server does not do what
 * it is asked, and end at once when the thread is interrupted.
 */
public final class MlflowTracking {

    private static final int MOST_METRICS = 1000;
    private static final int MOST_TEXTS = 100;
    private static final int LONGEST_KEY = 250;

    /** Servers before 2.8 take no longer parameters. */
    private static final int LONGEST_PARAM = 500;

    private static final int LONGEST_TAG = 5000;

    private final MlflowHttp http;

    /** The tracking part of that server. */
    public MlflowTracking(MlflowServer server) {
        this(new MlflowHttp(server));
    }

    MlflowTracking(MlflowHttp http) {
        this.http = http;
    }

    /**
     * The id of an experiment, which is made when there is none of that name.
     *
     * @throws InvalidInputException when it was deleted, for no run can be put there
     */
    public String experiment(String name) throws InterruptedException {
        Optional<String> known = known(name);
        if (known.isPresent()) {
            return known.get();
        }
        MlflowAnswer made = http.post(
                "mlflow/experiments/create", Json.mapper().createObjectNode().put("name", name));
        return made.exists()
                ? known(name).orElseThrow(() -> made.failure("make the experiment '" + name + "'"))
                : made.content("make the experiment '" + name + "'")
                        .path("experiment_id")
                        .asText();
    }

    private Optional<String> known(String name) throws InterruptedException {
        MlflowAnswer found = http.get("mlflow/experiments/get-by-name", Map.of("experiment_name", name));
        if (found.missing()) {
            return Optional.empty();
        }
        var experiment = found.content("tell of the experiment '" + name + "'").path("experiment");
        if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
            throw new InvalidInputException(
                    "the experiment '%s' was deleted on %s; restore it, or name another in 'mlflow.experiment'"
                            .formatted(name, http.server()));
        }
        return Optional.of(experiment.path("experiment_id").asText());
    }

    /** Begins a run. */
    public MlflowRun begin(String experiment, String name, Map<String, String> tags) throws InterruptedException {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("experiment_id", experiment)
                .put("run_name", name)
                .put("start_time", Instant.now().toEpochMilli());
        body.set("tags", texts(tags, LONGEST_TAG));
        return MlflowRun.of(
                http.post("mlflow/runs/create", body).content("begin a run").path("run"));
    }

    /** A run by its id; empty when there is none. */
    public Optional<MlflowRun> run(String id) throws InterruptedException {
        MlflowAnswer found = http.get("mlflow/runs/get", Map.of("run_id", id));
        return found.missing()
                ? Optional.empty()
                : Optional.of(
                        MlflowRun.of(found.content("tell of the run " + id).path("run")));
    }

    /** The run of an experiment that was begun last; empty when there is none. */
    public Optional<MlflowRun> newest(String experiment) throws InterruptedException {
        ObjectNode body = Json.mapper().createObjectNode().put("max_results", 1);
        body.putArray("experiment_ids").add(experiment);
        body.putArray("order_by").add("attributes.start_time DESC");
        var runs =
                http.post("mlflow/runs/search", body).content("search for runs").path("runs");
        return runs.isEmpty() ? Optional.empty() : Optional.of(MlflowRun.of(runs.get(0)));
    }

    /**
     * Adds to what a run has.
     *
     * @param metrics finite values by legal names
     * @param params those that the run has already with another value are left out, for MLflow refuses to change them
     * @return the names of parameters that were left out
     */
    public List<String> log(
            MlflowRun run, Map<String, Double> metrics, Map<String, String> params, Map<String, String> tags)
            throws InterruptedException {
        long now = Instant.now().toEpochMilli();
        List<ObjectNode> measured = metrics.entrySet().stream()
                .map(entry -> Json.mapper()
                        .createObjectNode()
                        .put("key", entry.getKey())
                        .put("value", entry.getValue())
                        .put("timestamp", now)
                        .put("step", 0))
                .toList();
        List<String> refused = new ArrayList<>();
        List<ObjectNode> set = new ArrayList<>();
        params.forEach((name, value) -> {
            String key = shortened(name, LONGEST_KEY);
            String text = shortened(value, LONGEST_PARAM);
            String known = run.params().get(key);
            if (known == null) {
                set.add(text(key, text));
            } else if (!known.equals(text)) {
                refused.add(name);
            }
        });
        send(run.id(), "metrics", measured, MOST_METRICS);
        send(run.id(), "params", set, MOST_TEXTS);
        List<ObjectNode> noted = new ArrayList<>();
        texts(tags, LONGEST_TAG).forEach(tag -> noted.add((ObjectNode) tag));
        send(run.id(), "tags", noted, MOST_TEXTS);
        return refused;
    }

    private void send(String run, String kind, List<ObjectNode> entries, int most) throws InterruptedException {
        for (int from = 0; from < entries.size(); from += most) {
            ObjectNode body = Json.mapper().createObjectNode().put("run_id", run);
            body.putArray(kind).addAll(entries.subList(from, Math.min(entries.size(), from + most)));
            http.post("mlflow/runs/log-batch", body).content("log " + kind + " of the run " + run);
        }
    }

    /**
     * Ends a run.
     *
     * @param status {@code FINISHED}, {@code FAILED} or {@code KILLED}
     */
    public void end(String run, String status) throws InterruptedException {
        http.post(
                        "mlflow/runs/update",
                        Json.mapper()
                                .createObjectNode()
                                .put("run_id", run)
                                .put("status", status)
                                .put("end_time", Instant.now().toEpochMilli()))
                .content("end the run " + run);
    }

    /** Where people see a run. */
    public String page(MlflowRun run) {
        return "%s/#/experiments/%s/runs/%s".formatted(http.server(), run.experiment(), run.id());
    }

    static ArrayNode texts(Map<String, String> values, int longest) {
        ArrayNode list = Json.mapper().createArrayNode();
        values.forEach((key, value) -> list.add(text(shortened(key, LONGEST_KEY), shortened(value, longest))));
        return list;
    }

    private static ObjectNode text(String key, String value) {
        return Json.mapper().createObjectNode().put("key", key).put("value", value);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
