package io.jenkins.plugins.mlcicd.checks;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.mlcicd.result.GatePlaces;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Publishes a check for each model of a build when the build has ended, where the plugin Checks API is installed. */
@Extension(optional = true)
public final class ModelChecks extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(ModelChecks.class.getName());

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        // Without that plugin this class is loaded all the same, for its own signature names nothing of it.
        if (Jenkins.get().getPlugin("checks-api") == null) {
            return;
        }
        ModelBuildAction action = run.getAction(ModelBuildAction.class);
        boolean wanted =
                ChecksConfiguration.get().isPublish() && run.getParent().getProperty(SkipModelChecks.class) == null;
        if (action == null || !wanted) {
            return;
        }
        try {
            byModel(action)
                    .forEach((model, documents) -> ChecksPublisherFactory.fromRun(run, listener)
                            .publish(ModelCheck.of(run, model, documents)));
        } catch (InvalidInputException e) {
            LOGGER.log(Level.FINE, "a document is missing or broken", e);
            listener.getLogger().println("[ml-cicd] no check is published: " + e.getMessage());
        } catch (RuntimeException e) {
            // What a forge says to a check must not end a build.
            LOGGER.log(Level.WARNING, e, () -> "cannot publish the check of " + run);
            listener.getLogger().println("[ml-cicd] the check could not be published: " + e.getMessage());
        }
    }

    private static Map<String, Map<Result<JsonNode>, GatePlaces>> byModel(ModelBuildAction action) {
        Map<String, Map<Result<JsonNode>, GatePlaces>> models = new LinkedHashMap<>();
        List<StageSummary> summaries = action.getResults();
        for (StageSummary summary : summaries) {
            action.tree(summary)
                    .map(tree -> ResultDocuments.of(tree, summary.getFile(), JsonNode.class))
                    .ifPresent(document -> models.computeIfAbsent(
                                    document.model().map(Model::name).orElse("data"), any -> new LinkedHashMap<>())
                            .put(document, summary.places()));
        }
        return models;
    }
}
