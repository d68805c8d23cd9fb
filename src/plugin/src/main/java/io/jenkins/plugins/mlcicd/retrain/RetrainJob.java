package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.retrain.RetrainDecision;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.access.AccessDeniedException;

/** What a drift check does after it has asked for a new model: starts the job that trains it. */
public final class RetrainJob implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String parameters;

    /**
     * @param name the job's name, relative to the one that is running or, after a slash, full
     * @param parameters what to hand to the build, one {@code name=value} a line
     */
    public RetrainJob(String name, String parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /**
     * Decides by the result of a drift check, and says so in the log. To be called as the build's own user.
     *
     * @return for scripts: {@code job}, {@code started}, {@code decision}, {@code reason} and {@code message}
     * @throws AbortException when there is no such job, the build may not start it, or it does not take these parameters
     */
    public Map<String, Object> decide(Run<?, ?> run, Result<JsonNode> drift, TaskListener listener)
            throws AbortException {
        Job<?, ?> job = find(run);
        if (!(job instanceof ParameterizedJobMixIn.ParameterizedJob)) {
            throw new AbortException(Messages.RetrainTrigger_noJob(name));
        }
        if (!job.hasPermission(Item.BUILD)) {
            String user = Jenkins.getAuthentication2().getName();
            throw new AbortException(Messages.RetrainJob_mayNot(user, job.getFullName()));
        }
        try {
            RetrainParameters.of(job, parameters);
            RetrainDecision decision = Retraining.of(job).ask(run, drift, parameters, Instant.now());
            listener.getLogger().println("[ml-cicd] " + told(job, decision));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("job", job.getFullName());
            answer.put("started", decision.kind() == Kind.START);
            answer.put("decision", decision.kind().key());
            answer.put("reason", decision.reason().key());
            answer.put("message", decision.message());
            return answer;
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Job<?, ?> find(Run<?, ?> run) {
        try {
            return Jenkins.get().getItem(name, run.getParent(), Job.class);
        } catch (AccessDeniedException e) {
            // Who may not see a job is told no more than who names one that is not there.
            return null;
        }
    }

    private static String told(Job<?, ?> job, RetrainDecision decision) {
        String name = job.getFullName();
        return switch (decision.kind()) {
            case START -> Messages.RetrainJob_start(name, decision.message());
            case PROPOSE -> Messages.RetrainJob_propose(name, decision.message());
            case PENDING -> Messages.RetrainJob_pending(name, decision.message());
            case NOT -> Messages.RetrainJob_not(name, decision.message());
        };
    }
}
