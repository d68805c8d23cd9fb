package io.mlcicd.config;

import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.signature.SigningKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What of a project is kept in MLflow.
 *
 * @param server the tracking server
 * @param experiment name of the experiment that runs are put into
 * @param run which run
 * @param logged what is logged there
 * @param registration how a good model is registered; empty when it is not
 * @param training environment variables that let the training command log into the same run
 */
public record MlflowSettings(
        MlflowServer server,
        String experiment,
        ChosenRun run,
        Set<Logged> logged,
        Optional<Registration> registration,
        Map<String, String> training) {

    /** What can be logged. */
    public enum Logged {
        METRICS,
        PARAMS,
        DOCUMENTS
    }

    /** Which run belongs to a model. */
    public sealed interface ChosenRun {

        /** One that ml-cicd begins. */
        record Own() implements ChosenRun {}

        /** One that is there already. */
        record Given(String id) implements ChosenRun {}

        /** The newest of the experiment, which the training command has begun itself. */
        record Newest() implements ChosenRun {}

        /** One whose id the training command leaves in a file, which is not there yet. */
        record Left(String file) implements ChosenRun {}
    }

    /**
     * How a version is registered.
     *
     * @param name the registered model's name
     * @param alias the alias that it gets
     * @param stage the stage that it is moved to, on servers that have stages
     * @param deployed whether it is registered after the release in the last environment, else after its evaluation
     * @param artifact where the training command logged the model among the run's artifacts
     * @param signing opens the private key that signs versions; empty when they are not signed
     */
    public record Registration(
            String name,
            Optional<String> alias,
            Optional<String> stage,
            boolean deployed,
            String artifact,
            Optional<Supplier<SigningKey>> signing) {}
}
