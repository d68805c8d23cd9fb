package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.retrain.AcceptedModel;
import io.mlcicd.retrain.DataState;
import io.mlcicd.retrain.Monitoring;
import io.mlcicd.retrain.RetrainDocuments;
import io.mlcicd.retrain.RetrainEvidence;
import io.mlcicd.retrain.RetrainState;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the builds of jobs know that matters to a retraining.
 *
 * @param evidence what they know
 * @param source the build whose drift check it is, as {@code job#number}
 */
record JobEvidence(RetrainEvidence evidence, Optional<String> source) {

    private static final int LOOKED_AT = 100;

    /**
     * Reads the newest builds.
     *
     * @param triggered the job that trains the model
     * @param watched the job whose drift checks count
     * @param scheduled the scheduled time that is due
     */
    static JobEvidence of(
            Job<?, ?> triggered, Optional<Job<?, ?>> watched, RetrainState state, Optional<Instant> scheduled) {
        RetrainEvidence evidence =
                scheduled.map(RetrainEvidence.NONE::withScheduled).orElse(RetrainEvidence.NONE);
        Optional<String> source = Optional.empty();
        SortedMap<String, DataState> now = new TreeMap<>();
        if (watched.isPresent()) {
            Optional<Found> monitoring = monitoring(watched.get());
            if (monitoring.isPresent()) {
                evidence = evidence.with(monitoring.get().monitoring());
                source = Optional.of(monitoring.get().run().getExternalizableId());
            }
            now = dataNow(watched.get());
        }
        return new JobEvidence(evidence, source).with(triggered, state, now);
    }

    /** What one drift check says, that is not to be looked for. */
    static JobEvidence of(Job<?, ?> triggered, RetrainState state, Run<?, ?> run, Result<JsonNode> drift) {
        RetrainEvidence evidence = RetrainEvidence.of(RetrainDocuments.monitoring(drift));
        return new JobEvidence(evidence, Optional.of(run.getExternalizableId()))
                .with(triggered, state, RetrainDocuments.data(drift));
    }

    private JobEvidence with(Job<?, ?> triggered, RetrainState state, SortedMap<String, DataState> now) {
        Optional<Accepted> accepted = accepted(triggered);
        SortedMap<String, DataState> then = state.dataBefore(
                accepted.map(Accepted::data).orElse(new TreeMap<>()),
                accepted.map(found -> found.model().since()));
        RetrainEvidence more =
                accepted.map(found -> evidence.with(found.model())).orElse(evidence);
        return new JobEvidence(more.withData(then, now), source);
    }

    /** A drift check and its build. */
    private record Found(Run<?, ?> run, Monitoring monitoring) {}

    /** The newest drift check, whatever became of its build. */
    private static Optional<Found> monitoring(Job<?, ?> job) {
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            ModelBuildAction action = run.getAction(ModelBuildAction.class);
            if (action != null && action.newest(Stage.DRIFT).isPresent()) {
                return action.newestDocument(Stage.DRIFT)
                        .map(document -> new Found(run, RetrainDocuments.monitoring(document)));
            }
        }
        return Optional.empty();
    }

    /** The data sets of the newest build that was shown any; those it refused are no data to train with. */
    private static SortedMap<String, DataState> dataNow(Job<?, ?> job) {
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            ModelBuildAction action = run.getAction(ModelBuildAction.class);
            if (action != null) {
                SortedMap<String, DataState> data = data(action, Stage.VALIDATE);
                action.newestDocument(Stage.DRIFT)
                        .ifPresent(document -> RetrainDocuments.data(document).forEach(data::putIfAbsent));
                if (!data.isEmpty()) {
                    return data;
                }
            }
        }
        return new TreeMap<>();
    }

    /** The accepted model and the data sets its build was shown. */
    private record Accepted(AcceptedModel model, SortedMap<String, DataState> data) {}

    /** That of the newest build that released a model or, while none did, of the newest one that accepted one. */
    private static Optional<Accepted> accepted(Job<?, ?> job) {
        Optional<Accepted> newest = Optional.empty();
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            ModelBuildAction action = run.getAction(ModelBuildAction.class);
            Optional<Result<JsonNode>> evaluation = action == null
                    ? Optional.empty()
                    : action.accepted(Stage.EVALUATE).stream().findFirst();
            if (evaluation.isPresent()) {
                boolean released = !action.accepted(Stage.DEPLOY).isEmpty();
                if (released || newest.isEmpty()) {
                    SortedMap<String, DataState> data = data(action, Stage.VALIDATE);
                    RetrainDocuments.data(evaluation.get()).forEach(data::putIfAbsent);
                    Instant since = Instant.ofEpochMilli(run.getTimeInMillis());
                    newest = Optional.of(new Accepted(RetrainDocuments.accepted(evaluation.get(), since), data));
                }
                if (released) {
                    return newest;
                }
            }
        }
        return newest;
    }

    private static SortedMap<String, DataState> data(ModelBuildAction action, Stage stage) {
        SortedMap<String, DataState> data = new TreeMap<>();
        action.accepted(stage)
                .forEach(document -> RetrainDocuments.data(document).forEach(data::putIfAbsent));
        return data;
    }
}
