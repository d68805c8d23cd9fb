package io.jenkins.plugins.mlcicd.step;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.retrain.RetrainJob;
import io.jenkins.plugins.mlcicd.run.Approver;
import io.jenkins.plugins.mlcicd.run.StageRun;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A step of a running Pipeline. The work is done in a thread of its own, which an abort interrupts; after a controller
 * restart it is done again, unless it is a deployment.
 */
final class StageExecution extends GeneralNonBlockingStepExecution {

    private static final long serialVersionUID = 1L;
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final StageTask task;

    /** Null for none, as in steps that an earlier version began. */
    @CheckForNull
    private final RetrainJob retraining;

    StageExecution(StepContext context, StageTask task, @CheckForNull RetrainJob retraining) {
        super(context);
        this.task = task;
        this.retraining = retraining;
    }

    @Override
    public boolean start() {
        run(this::perform);
        return false;
    }

    @Override
    public void onResume() {
        if (!task.repeatable()) {
            getContext().onFailure(new AbortException(Messages.StageExecution_deploymentInterrupted()));
            return;
        }
        run(() -> {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println(Messages.StageExecution_resumed(task.stage().key()));
            perform();
        });
    }

    /** A restart that can wait does wait for a deployment, for it alone cannot be done again. */
    @Override
    public boolean blocksRestart() {
        return !task.repeatable() && super.blocksRestart();
    }

    private void perform() throws Exception {
        try {
            Result<JsonNode> result = stage();
            // Before the verdict: a check that fails the build is one that asks for a new model.
            Map<String, Object> answer = retraining == null ? null : retrain(retraining, result);
            Map<String, Object> map = judge(result);
            if (answer != null) {
                map.put("retrain", answer);
            }
            getContext().onSuccess(map);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (shuttingDown()) {
                // Said nothing, the step is still running when the controller is back, and is resumed.
                return;
            }
            throw e;
        }
    }

    private Map<String, Object> retrain(RetrainJob job, Result<JsonNode> result)
            throws IOException, InterruptedException {
        return job.decide(getContext().get(Run.class), result, getContext().get(TaskListener.class));
    }

    private Result<JsonNode> stage() throws IOException, InterruptedException {
        StepContext context = getContext();
        FilePath workspace = workspace();
        Approver approver =
                task.stage() == Stage.DEPLOY ? Approver.before(context.get(FlowNode.class)) : Approver.NOBODY;
        return StageRun.perform(
                task,
                context.get(Run.class),
                workspace,
                context.get(EnvVars.class),
                approver,
                context.get(TaskListener.class));
    }

    /** After a restart the agent may take a while to come back. */
    private FilePath workspace() throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        while (workspace == null || workspace.getChannel() == null) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
            workspace = getContext().get(FilePath.class);
        }
        return workspace;
    }

    private Map<String, Object> judge(Result<JsonNode> result) throws IOException, InterruptedException {
        if (result.verdict() == Verdict.FAILED) {
            throw new AbortException(StageRun.reason(result));
        }
        if (result.verdict() == Verdict.UNSTABLE) {
            getContext()
                    .get(FlowNode.class)
                    .addOrReplaceAction(
                            new WarningAction(hudson.model.Result.UNSTABLE).withMessage(StageRun.reason(result)));
            getContext().get(Run.class).setResult(hudson.model.Result.UNSTABLE);
        }
        return forScript(result);
    }

    /** The result in maps, lists, texts and numbers only, which a script can hold over a restart. */
    private static Map<String, Object> forScript(Result<JsonNode> result) {
        Map<?, ?> document = Json.mapper().convertValue(Json.mapper().valueToTree(result), LinkedHashMap.class);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("passed", result.passed());
        map.put("verdict", result.verdict().name());
        map.put("stage", result.stage().key());
        map.put("metrics", document.get("metrics"));
        map.put("gates", document.get("gates"));
        map.put("document", document);
        return map;
    }

    private static boolean shuttingDown() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }
}
