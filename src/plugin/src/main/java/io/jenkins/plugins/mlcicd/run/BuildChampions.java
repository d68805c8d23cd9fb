package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.pipeline.KnownChampion;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The champions that a job's builds know: of each model the evaluation of the release that was deployed last or, while none
 * was, the evaluation that was accepted last. Builds remember them where a workspace cannot: it may have been wiped, or be
 * that of another agent.
 *
 * @param documents the models' names with the champion's document as text, because Jenkins lets no class of the engine
 *     through the channel
 * @param titles the models' names with which build the champion is of
 * @param predictions the models' names with the predictions that the champion's evaluation kept, where the build has them
 */
record BuildChampions(
        HashMap<String, String> documents, HashMap<String, String> titles, HashMap<String, byte[]> predictions)
        implements Serializable {

    static final BuildChampions NONE = none();

    private static final int MOST_BUILDS = 100;

    /** What is looked for while going back through the builds. */
    private static final class Search {
        final BuildChampions deployed = none();
        final BuildChampions accepted = none();
        final Map<String, Digest> wanted = new HashMap<>();
        final Set<String> seen = new HashSet<>();
        final boolean predictions;

        Search(boolean predictions) {
            this.predictions = predictions;
        }
    }

    /** What the builds before this one know. */
    static BuildChampions before(Run<?, ?> run) {
        return before(run, new Search(true));
    }

    /** What the builds before this one know, but for predictions, which need not be read then. */
    static BuildChampions evaluationsBefore(Run<?, ?> run) {
        return before(run, new Search(false));
    }

    private static BuildChampions before(Run<?, ?> run, Search search) {
        Run<?, ?> build = run.getPreviousBuild();
        for (int i = 0; i < MOST_BUILDS && build != null; i++, build = build.getPreviousBuild()) {
            ModelBuildAction action = build.getAction(ModelBuildAction.class);
            if (action != null) {
                action.accepted(Stage.DEPLOY).forEach(deployment -> want(search, deployment));
                action.accepted(Stage.EVALUATE).forEach(evaluation -> take(search, action, evaluation));
                if (!search.seen.isEmpty() && search.deployed.documents.keySet().containsAll(search.seen)) {
                    break;
                }
            }
        }
        search.accepted.documents.forEach((model, document) -> {
            if (search.deployed.documents.putIfAbsent(model, document) == null) {
                search.deployed.titles.put(model, search.accepted.titles.get(model));
                if (search.accepted.predictions.containsKey(model)) {
                    search.deployed.predictions.put(model, search.accepted.predictions.get(model));
                }
            }
        });
        return search.deployed;
    }

    private static BuildChampions none() {
        return new BuildChampions(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private static void want(Search search, Result<JsonNode> deployment) {
        deployment
                .lineage()
                .model()
                .map(Artifact::digest)
                .ifPresent(digest -> search.wanted.putIfAbsent(name(deployment), digest));
    }

    private static void take(Search search, ModelBuildAction action, Result<JsonNode> evaluation) {
        String model = name(evaluation);
        search.seen.add(model);
        add(search, search.accepted, model, action, evaluation);
        Digest wanted = search.wanted.get(model);
        boolean isDeployed = wanted != null
                && evaluation
                        .lineage()
                        .model()
                        .filter(found -> found.digest().equals(wanted))
                        .isPresent();
        if (isDeployed) {
            add(search, search.deployed, model, action, evaluation);
        }
    }

    private static void add(
            Search search,
            BuildChampions champions,
            String model,
            ModelBuildAction action,
            Result<JsonNode> evaluation) {
        if (champions.documents.putIfAbsent(model, Json.write(evaluation)) == null) {
            champions.titles.put(model, "build " + action.getRun().getDisplayName());
            if (search.predictions) {
                predictionsDigest(evaluation)
                        .flatMap(action::keptPredictions)
                        .ifPresent(bytes -> champions.predictions.put(model, bytes));
            }
        }
    }

    /** The digest of the file of predictions that was judged. */
    static Optional<Digest> predictionsDigest(Result<JsonNode> evaluation) {
        return evaluation.inputs().stream()
                .filter(input -> input.name().equals("predictions"))
                .map(Artifact::digest)
                .findFirst();
    }

    private static String name(Result<JsonNode> result) {
        return result.model().map(Model::name).orElse("");
    }

    /** The evaluation of one model's champion. */
    Optional<String> document(Model model) {
        return Optional.ofNullable(documents.get(model.name()));
    }

    /** The champion of one model; a job may build several. */
    Optional<KnownChampion> of(Model model) {
        return Optional.ofNullable(documents.get(model.name()))
                .map(document -> new KnownChampion(
                        titles.get(model.name()), document, Optional.ofNullable(predictions.get(model.name()))));
    }
}
