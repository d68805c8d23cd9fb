package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Headline;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;

/** One run of a stage for a build, be it a Pipeline's or a freestyle job's. */
public final class StageRun {

    static final String PREFIX = "[ml-cicd] ";

    private StageRun() {}

    /**
     * Runs the stage on the workspace's agent and attaches its result document to the build.
     *
     * @throws AbortException when there is no result, with the one message a person needs
     * @throws InterruptedException when the build was aborted
     */
    public static Result<JsonNode> perform(
            StageTask task, Run<?, ?> run, FilePath workspace, EnvVars variables, TaskListener listener)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(variables);
        if (task.registry().isPresent()) {
            environment.putAll(RegistryLogin.variables(task.registry().get(), run));
        }
        StageAnswer answer = workspace.act(new StageCallable(task, environment, EarlierBuilds.of(task, run), listener));
        if (!answer.success()) {
            throw new AbortException(answer.text());
        }
        // An agent is not trusted: what it sends must be a result document before anything is made of it.
        Result<JsonNode> result =
                ResultDocuments.of(Json.mapper().readTree(answer.text()), "the agent's answer", JsonNode.class);
        if (result.stage() != task.stage()) {
            throw new AbortException("the agent answered with a result of another stage");
        }
        ModelBuildAction action = ModelBuildAction.record(run, result);
        if (answer.predictions().length > 0 && answer.predictions().length <= StageCallable.MOST_BYTES) {
            BuildChampions.predictionsDigest(result)
                    .ifPresent(digest -> action.keepPredictions(digest, answer.predictions()));
        }
        fingerprint(result, run);
        tell(result, listener.getLogger());
        return result;
    }

    /** The sentence a build fails or becomes unstable with. */
    public static String reason(Result<JsonNode> result) {
        String gates = failed(result).stream()
                .filter(gate -> Verdict.of(List.of(gate)) == result.verdict())
                .map(GateResult::message)
                .collect(Collectors.joining("; "));
        return result.stage().key() + ": " + (gates.isEmpty() ? Headline.of(result) : gates);
    }

    private static void fingerprint(Result<JsonNode> result, Run<?, ?> run) throws IOException {
        if (result.stage() == Stage.PACKAGE && result.lineage().image().isPresent()) {
            String id = result.lineage().image().get().digest().value();
            DockerFingerprints.addFromFacet(null, id, run);
        }
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
