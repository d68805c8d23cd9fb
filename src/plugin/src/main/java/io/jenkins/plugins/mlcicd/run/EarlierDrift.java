package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Optional;

/**
 * The newest drift check of each model that a job's builds know, from which detectors and counters of a service go on.
 *
 * @param documents the models' names with the result document as text, because Jenkins lets no class of the engine through
 *     the channel
 */
record EarlierDrift(HashMap<String, String> documents) implements Serializable {

    static final EarlierDrift NONE = new EarlierDrift(new HashMap<>());

    private static final int MOST_BUILDS = 50;

    /** What this build and those before it found, whatever the verdict. */
    static EarlierDrift until(Run<?, ?> run) {
        HashMap<String, String> documents = new HashMap<>();
        Run<?, ?> build = run;
        for (int i = 0; i < MOST_BUILDS && build != null; i++, build = build.getPreviousBuild()) {
            ModelBuildAction action = build.getAction(ModelBuildAction.class);
            if (action == null) {
                continue;
            }
            for (Result<JsonNode> document : action.all(Stage.DRIFT)) {
                documents.putIfAbsent(document.model().map(Model::name).orElse(""), Json.write(document));
            }
            if (!documents.isEmpty()) {
                break;
            }
        }
        return new EarlierDrift(documents);
    }

    Optional<String> of(Model model) {
        return Optional.ofNullable(documents.get(model.name()));
    }
}
