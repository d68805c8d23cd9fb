package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.lineage.LineageRecorder;
import io.jenkins.plugins.mlcicd.result.GatePlaces;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Headline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;

/** One run of a stage for a build, be it a Pipeline's or a freestyle job's. */
public final class StageRun {

    static final String PREFIX = "[ml-cicd] ";

    private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{64}");

    private StageRun() {}

    /**
     * Runs the stage on the workspace's agent and attaches its result document to the build.
     *
     * @param approver who approved what the stage is about to do
     * @throws AbortException when there is no result, with the one message a person needs
     * @throws InterruptedException when the build was aborted
     */
    public static Result<JsonNode> perform(
            StageTask task,
            Run<?, ?> run,
            FilePath workspace,
            EnvVars variables,
            Approver approver,
            TaskListener listener)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(variables);
        if (task.registry().isPresent()) {
            environment.putAll(RegistryLogin.variables(task.registry().get(), run));
        }
        if (task.signing().isPresent()) {
            environment.putAll(SigningCredentials.variables(task.signing().get(), run));
        }
        StageAnswer answer = answer(task, run, workspace, variables, environment, approver, listener);
        if (!answer.success()) {
            throw new AbortException(answer.text());
        }
        // An agent is not trusted: what it sends must be a result document before anything is made of it.
        Result<JsonNode> result =
                ResultDocuments.of(Json.mapper().readTree(answer.text()), "the agent's answer", JsonNode.class);
        if (result.stage() != task.stage()) {
            throw new AbortException("the agent answered with a result of another stage");
        }
        ModelBuildAction action =
                ModelBuildAction.record(run, result, GatePlaces.of(task.dir(), answer.gateLines(), result));
        if (answer.predictions().length > 0 && answer.predictions().length <= StageCallable.MOST_BYTES) {
            BuildChampions.predictionsDigest(result)
                    .ifPresent(digest -> action.keepPredictions(digest, answer.predictions()));
        }
        fingerprint(result, run);
        note(task, run, result, answer.text(), listener.getLogger());
        tell(result, listener.getLogger());
        return result;
    }

    private static StageAnswer answer(
            StageTask task,
            Run<?, ?> run,
            FilePath workspace,
            EnvVars variables,
            Map<String, String> environment,
            Approver approver,
            TaskListener listener)
            throws IOException, InterruptedException {
        EarlierBuilds earlier = EarlierBuilds.of(task, run);
        if (task.docker().isEmpty()) {
            return workspace.act(new StageCallable(task, environment, earlier, approver, listener));
        }
        try (DockerAccess docker = DockerAccess.open(task.docker().get(), run, workspace, variables, listener)) {
            environment.putAll(docker.variables());
            return workspace.act(new StageCallable(task, environment, earlier, approver, listener));
        }
    }

    /** What was done is done, so that it could not be noted must not fail the build, but be told. */
    private static void note(StageTask task, Run<?, ?> run, Result<JsonNode> result, String text, PrintStream log) {
        try {
            Digest document = Digests.of(text.getBytes(StandardCharsets.UTF_8));
            LineageRecorder.stage(run, result, document, task.event());
        } catch (OutsideSystemException e) {
            log.println(PREFIX + "warning: not in the lineage log: " + e.getMessage());
        }
    }

    /** The sentence a build fails or becomes unstable with. */
    public static String reason(Result<JsonNode> result) {
        String gates = failed(result).stream()
                .filter(gate -> Verdict.of(List.of(gate)) == result.verdict())
                .map(GateResult::message)
                .collect(Collectors.joining("; "));
        return result.stage().key() + ": " + (gates.isEmpty() ? Headline.of(result) : gates);
    }

    /** An image that Docker built goes by the id that docker's own steps know it by, with the image it stands on. */
    private static void fingerprint(Result<JsonNode> result, Run<?, ?> run) throws IOException {
        if (result.stage() != Stage.PACKAGE || result.lineage().image().isEmpty()) {
            return;
        }
        DockerFingerprints.addFromFacet(
                null, result.lineage().image().get().digest().value(), run);
        Optional<String> built = imageId(result, "dockerImage");
        if (built.isPresent()) {
            DockerFingerprints.addFromFacet(imageId(result, "dockerBase").orElse(null), built.get(), run);
        }
    }

    private static Optional<String> imageId(Result<JsonNode> result, String key) {
        return Optional.of(result.details().path(key).asText(""))
                .filter(id -> IMAGE_ID.matcher(id).matches());
    }

    private static void tell(Result<JsonNode> result, PrintStream log) {
        log.println(PREFIX
                + "%s %s: %s (%.1f s)"
                        .formatted(
                                result.stage().key(), result.verdict().name(), Headline.of(result), result.seconds()));
        for (GateResult gate : failed(result)) {
            log.println(
                    PREFIX + "  " + gate.gate().criticality().name().toLowerCase(Locale.ROOT) + ": " + gate.message());
        }
    }

    private static List<GateResult> failed(Result<JsonNode> result) {
        return result.gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .toList();
    }
}
