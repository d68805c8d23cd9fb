package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Functions;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.mlcicd.result.GatePlaces;
import io.mlcicd.config.Project;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.pipeline.Stages;
import io.mlcicd.report.JUnitXml;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Runs a stage where the workspace is.
 *
 * @param task the stage and its options
 * @param environment the step's environment, with the credentials it needs
 * @param earlier what the job's earlier builds know
 * @param approver who approved what the stage is about to do
 * @param listener the build's log
 */
record StageCallable(
        StageTask task,
        Map<String, String> environment,
        EarlierBuilds earlier,
        Approver approver,
        TaskListener listener)
        implements ControllerToAgentFileCallable<StageAnswer> {

    /** Predictions of more than this stay in the workspace; a controller keeps many builds. */
    static final long MOST_BYTES = 8L << 20;

    @Override
    public StageAnswer invoke(File workspace, VirtualChannel channel) throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Libraries of the engine look for their services in the thread's class loader.
        thread.setContextClassLoader(StageCallable.class.getClassLoader());
        try {
            return perform(workspace.toPath().resolve(task.dir()));
        } catch (InvalidInputException | OutsideSystemException e) {
            return new StageAnswer(false, e.getMessage());
        } catch (RuntimeException e) {
            listener.getLogger().println(Functions.printThrowable(e).trim());
            return new StageAnswer(false, "ml-cicd met an error of its own, please report it: " + e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private StageAnswer perform(Path project) throws InterruptedException {
        Project file = Project.load(project.normalize(), task.replacements());
        Project loaded = task.environment()
                .map(environment -> file.in(environment.name()))
                .orElse(file);
        Stages stages = new Stages(loaded, new LogProgress(listener.getLogger()), this::variable);
        Result<?> result = perform(stages, loaded.model());
        // For the junit step, which shows each check as a test.
        AtomicFiles.write(
                loaded.stateFolder().resolve("results").resolve(task.stage().key() + ".xml"),
                JUnitXml.of(ResultDocuments.of(Json.mapper().valueToTree(result), "the result", JsonNode.class)));
        Optional<byte[]> predictions = task.stage() == Stage.EVALUATE
                ? stages.keptPredictions().flatMap(StageCallable::small)
                : Optional.empty();
        return new StageAnswer(
                true, Json.write(result), predictions.orElse(new byte[0]), GatePlaces.lines(loaded, result));
    }

    /** A file that a build may store. */
    private static Optional<byte[]> small(Path file) {
        try {
            return Files.size(file) <= MOST_BYTES ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private Result<?> perform(Stages stages, Model model) throws InterruptedException {
        return switch (task.stage()) {
            case VALIDATE -> stages.validate(earlier.profiles().of(model));
            case DRIFT -> stages.drift(earlier.runs(model));
            case EVALUATE -> stages.evaluate(earlier.champions().of(model));
            case PACKAGE -> stages.packageModel();
            case DEPLOY -> deploy(stages);
            case PROFILE, TRAIN, RUN -> throw new IllegalArgumentException("no step runs the stage " + task.stage());
        };
    }

    private Result<?> deploy(Stages stages) throws InterruptedException {
        Optional<String> from = task.environment().flatMap(StageTask.Environment::from);
        return from.isPresent() ? stages.promote(from.get(), approver::answer) : stages.deploy(approver::answer);
    }

    /** As in a shell step, the build's variables go before those of the agent. */
    private String variable(String name) {
        String value = environment.get(name);
        return value == null ? System.getenv(name) : value;
    }

    /** The environment may hold a password. */
    @Override
    public String toString() {
        return "ml-cicd " + task.stage().key();
    }
}
