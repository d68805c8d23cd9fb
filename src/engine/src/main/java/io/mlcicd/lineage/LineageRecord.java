package io.mlcicd.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chain that ties data to deployment; each operation fills in what it knows, {@link #and} joins two parts.
 *
 * @param data the data sets, by content
 * @param commit the code
 * @param training how the model was made
 * @param model the model, by content
 * @param evaluation the evaluation's result document, by content
 * @param image the container image
 * @param deployment where it was released
 * @param environment what the model was trained in; empty in records of the first version
 * @param parameters what the training was told by files of parameters; empty without any
 * @param registered the model's version in a model registry; empty when it is in none
 */
public record LineageRecord(
        List<Artifact> data,
        Optional<GitCommit> commit,
        Optional<Training> training,
        Optional<Artifact> model,
        Optional<Artifact> evaluation,
        Optional<ImageRef> image,
        Optional<DeploymentRef> deployment,
        Optional<TrainingEnvironment> environment,
        Optional<Parameters> parameters,
        Optional<RegisteredModel> registered) {

    /** Nothing known yet. */
    public static final LineageRecord EMPTY = new LineageRecord(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Both parts in one; where both know, {@code later} wins, and a data set of the same name is taken from it. */
    public LineageRecord and(LineageRecord later) {
        Map<String, Artifact> byName = new LinkedHashMap<>();
        data.forEach(artifact -> byName.put(artifact.name(), artifact));
        later.data.forEach(artifact -> byName.put(artifact.name(), artifact));
        return new LineageRecord(
                List.copyOf(new ArrayList<>(byName.values())),
                later.commit.or(() -> commit),
                training.flatMap(mine -> later.training.map(mine::and))
                        .or(() -> later.training)
                        .or(() -> training),
                later.model.or(() -> model),
                later.evaluation.or(() -> evaluation),
                later.image.or(() -> image),
                later.deployment.or(() -> deployment),
                later.environment.or(() -> environment),
                later.parameters.or(() -> parameters),
                later.registered.or(() -> registered));
    }

    public LineageRecord withData(List<Artifact> artifacts) {
        return and(new LineageRecord(
                artifacts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    public LineageRecord withCommit(GitCommit value) {
        return new LineageRecord(
                data,
                Optional.of(value),
                training,
                model,
                evaluation,
                image,
                deployment,
                environment,
                parameters,
                registered);
    }

    public LineageRecord withTraining(Training value) {
        return new LineageRecord(
                data,
                commit,
                Optional.of(value),
                model,
                evaluation,
                image,
                deployment,
                environment,
                parameters,
                registered);
    }

    public LineageRecord withModel(Artifact value) {
        return new LineageRecord(
                data,
                commit,
                training,
                Optional.of(value),
                evaluation,
                image,
                deployment,
                environment,
                parameters,
                registered);
    }

    public LineageRecord withEvaluation(Artifact value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                Optional.of(value),
                image,
                deployment,
                environment,
                parameters,
                registered);
    }

    public LineageRecord withImage(ImageRef value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                evaluation,
                Optional.of(value),
                deployment,
                environment,
                parameters,
                registered);
    }

    public LineageRecord withDeployment(DeploymentRef value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                evaluation,
                image,
                Optional.of(value),
                environment,
                parameters,
                registered);
    }

    public LineageRecord withEnvironment(TrainingEnvironment value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                evaluation,
                image,
                deployment,
                Optional.of(value),
                parameters,
                registered);
    }

    public LineageRecord withParameters(Parameters value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                evaluation,
                image,
                deployment,
                environment,
                Optional.of(value),
                registered);
    }

    public LineageRecord withRegistered(RegisteredModel value) {
        return new LineageRecord(
                data,
                commit,
                training,
                model,
                evaluation,
                image,
                deployment,
                environment,
                parameters,
                Optional.of(value));
    }
}
