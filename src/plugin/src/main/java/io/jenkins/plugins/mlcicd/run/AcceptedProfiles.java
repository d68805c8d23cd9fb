package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.data.DataProfile;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The profiles of the data that a job's builds accepted last. Builds remember them where a workspace cannot: it may have
 * been wiped, or be that of another agent.
 *
 * @param json the models' names with a profile each, as text, because Jenkins lets no class of the engine through the
 *     channel
 */
record AcceptedProfiles(String json) implements Serializable {

    static final AcceptedProfiles NONE = new AcceptedProfiles("[]");

    private static final int MOST_BUILDS = 50;

    private static final long MOST_CHARACTERS = 16_000_000;

    /** What this build and those before it accepted, up to the newest earlier one that accepted all it was shown. */
    static AcceptedProfiles until(Run<?, ?> run) {
        ArrayNode profiles = Json.mapper().createArrayNode();
        Set<List<String>> known = new HashSet<>();
        Run<?, ?> build = run;
        for (int i = 0; i < MOST_BUILDS && build != null; i++, build = build.getPreviousBuild()) {
            ModelBuildAction action = build.getAction(ModelBuildAction.class);
            if (action == null) {
                continue;
            }
            for (Result<JsonNode> document : action.accepted(Stage.VALIDATE)) {
                String model = document.model().map(Model::name).orElse("");
                for (JsonNode data : document.details().path("data")) {
                    JsonNode profile = data.path("profile");
                    if (known.add(List.of(model, profile.path("name").asText()))) {
                        profiles.addObject().put("model", model).set("profile", profile);
                    }
                }
            }
            if (build != run && acceptedAll(action)) {
                break;
            }
        }
        return new AcceptedProfiles(profiles.toString());
    }

    /**
     * What the builds up to this one accepted, newest first, the same profile once: what drift can be told against. No more
     * of them than can be sent to an agent without delay.
     */
    static AcceptedProfiles history(Run<?, ?> run) {
        ArrayNode profiles = Json.mapper().createArrayNode();
        Set<JsonNode> known = new HashSet<>();
        long size = 0;
        Run<?, ?> build = run;
        for (int i = 0; i < MOST_BUILDS && build != null; i++, build = build.getPreviousBuild()) {
            ModelBuildAction action = build.getAction(ModelBuildAction.class);
            if (action == null) {
                continue;
            }
            for (Result<JsonNode> document : action.accepted(Stage.VALIDATE)) {
                String model = document.model().map(Model::name).orElse("");
                for (JsonNode data : document.details().path("data")) {
                    JsonNode profile = data.path("profile");
                    size += profile.toString().length();
                    if (size > MOST_CHARACTERS) {
                        return new AcceptedProfiles(profiles.toString());
                    }
                    if (known.add(profile)) {
                        profiles.addObject().put("model", model).set("profile", profile);
                    }
                }
            }
        }
        return new AcceptedProfiles(profiles.toString());
    }

    private static boolean acceptedAll(ModelBuildAction action) {
        List<String> verdicts = action.getResults().stream()
                .filter(summary -> summary.getStage().equals(Stage.VALIDATE.key()))
                .map(summary -> summary.getVerdict())
                .toList();
        return !verdicts.isEmpty() && !verdicts.contains(Verdict.FAILED.name());
    }

    /** The profiles of one model's data; a job may build several. */
    List<DataProfile> of(Model model) {
        List<DataProfile> profiles = new ArrayList<>();
        try {
            for (JsonNode entry : Json.mapper().readTree(json)) {
                if (entry.path("model").asText().equals(model.name())) {
                    profiles.add(Json.mapper().treeToValue(entry.path("profile"), DataProfile.class));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("profiles in result documents must be readable", e);
        }
        return profiles;
    }
}
