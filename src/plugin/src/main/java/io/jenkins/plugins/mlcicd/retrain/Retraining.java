package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlcicd.lineage.LineageRecorder;
import io.jenkins.plugins.mlcicd.retrain.RetrainMemory.Content;
import io.jenkins.plugins.mlcicd.retrain.RetrainMemory.Request;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.retrain.DecisionLog;
import io.mlcicd.retrain.DecisionRules;
import io.mlcicd.retrain.RetrainAdvice;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainDecision;
import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainPolicy;
import io.mlcicd.retrain.RetrainState;
import io.mlcicd.retrain.Situation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.access.AccessDeniedException;

/**
 * The retraining of one job: decides by the engine's rules, writes down what was decided, and only then starts a build.
 * Everything that changes something is done by one thread at a time for each job, as Jenkins' own user.
 */
final class Retraining {

    private static final ConcurrentMap<String, Object> LOCKS = new ConcurrentHashMap<>();
    private static final int LOOKED_AT = 100;

    private final Job<?, ?> job;
    private final Optional<RetrainTrigger> trigger;
    private final RetrainMemory memory;
    private final Object lock;

    private Retraining(Job<?, ?> job, Optional<RetrainTrigger> trigger) {
        this.job = job;
        this.trigger = trigger;
        this.memory = new RetrainMemory(job);
        this.lock = LOCKS.computeIfAbsent(job.getRootDir().getPath(), path -> new Object());
    }

    static Retraining of(Job<?, ?> job) {
        return new Retraining(job, Optional.ofNullable(ParameterizedJobMixIn.getTrigger(job, RetrainTrigger.class)));
    }

    /** Whether this job has been, or may be, retrained. */
    boolean isKnown() {
        return trigger.isPresent() || memory.exists();
    }

    Optional<RetrainTrigger> trigger() {
        return trigger;
    }

    Content content() {
        return memory.read();
    }

    /**
     * Decides if a scheduled time has come or something waits; does what was left half done before a restart.
     *
     * @param newest the newest scheduled time that is not after now
     * @return the decision; empty when there was nothing to decide
     * @throws InvalidInputException when the trigger's options do not go together or its parameters are not the job's
     */
    Optional<RetrainDecision> look(Instant now, Optional<Instant> newest) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            synchronized (lock) {
                Content content = settled(now);
                RetrainState state = content.state();
                boolean due = newest.filter(state::isNew).isPresent();
                boolean wanted = trigger.isPresent() || content.request().isPresent();
                if (!wanted || state.intent().isPresent() || !(due || state.isOpen())) {
                    return Optional.empty();
                }
                if (!due && DecisionRules.mustWait(policy(content.request()), state, situation(state), now)) {
                    return Optional.empty();
                }
                Optional<Instant> scheduled = state.due(newest);
                JobEvidence evidence = JobEvidence.of(job, watched(content.request()), state, scheduled);
                return Optional.of(decide(content, evidence, scheduled, now));
            }
        }
    }

    /**
     * Decides by one drift check, whose step asked for it.
     *
     * @param parameters what to hand to the build
     */
    RetrainDecision ask(Run<?, ?> run, Result<JsonNode> drift, String parameters, Instant now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            synchronized (lock) {
                Content content = settled(now)
                        .with(Optional.of(new Request(run.getParent().getFullName(), parameters)));
                JobEvidence evidence = JobEvidence.of(job, content.state(), run, drift);
                return decide(content, evidence, Optional.empty(), now);
            }
        }
    }

    /** A decision that was not taken. */
    record Preview(RetrainAdvice advice, RetrainDecision decision, Optional<String> source) {}

    /** What would be decided if a scheduled time came now; changes nothing. */
    Preview preview(Instant now) {
        Content content = memory.read();
        RetrainState state = content.state().at(now);
        Optional<Instant> scheduled = Optional.of(now.truncatedTo(ChronoUnit.MINUTES));
        JobEvidence evidence = JobEvidence.of(job, watched(content.request()), state, scheduled);
        RetrainPolicy policy = policy(content.request());
        RetrainAdvice advice = policy.advise(evidence.evidence(), now);
        RetrainDecision decision = DecisionRules.decide(policy, advice, scheduled, state, situation(state), now);
        if (decision.kind() == Kind.START) {
            parameters(content.request());
        }
        return new Preview(advice, decision, evidence.source());
    }

    /** Lets the proposal of that name have its way, as far as nothing else is in it; returns whether it was still there. */
    boolean approve(String id, String by, Instant now) {
        synchronized (lock) {
            Content content = memory.read();
            Optional<RetrainState> approved = content.state().approved(id, by);
            if (approved.isEmpty()) {
                return false;
            }
            memory.write(content.with(approved.get()));
        }
        look(now, Optional.empty());
        return true;
    }

    /** Refuses the proposal of that name; returns whether it was still there. */
    boolean decline(String id, String by, Instant now) {
        synchronized (lock) {
            Content content = memory.read();
            RetrainState state = content.state().at(now);
            Optional<RetrainState> declined = state.declined(id, now);
            declined.ifPresent(other -> {
                DecisionLog log = content.log().withRefusal(state.proposal().orElseThrow(), by, now);
                memory.write(content.with(other).with(log));
                DecisionLog.Entry refusal = log.entries().get(log.entries().size() - 1);
                LineageRecorder.decision(
                        job,
                        new LineageRecorder.Decision(
                                id,
                                refusal.kind(),
                                refusal.reason().key(),
                                refusal.message(),
                                Optional.empty(),
                                Optional.of(by)));
            });
            return declined.isPresent();
        }
    }

    /** A build of the decision of that name began. */
    void started(String id, int build) {
        synchronized (lock) {
            Content content = memory.read();
            memory.write(content.with(content.state().completed(id))
                    .with(content.log().withBuild(id, build)));
        }
    }

    /** A person took the build of the decision of that name out of the queue. */
    void cancelled(String id) {
        synchronized (lock) {
            Content content = memory.read();
            RetrainState completed = content.state().completed(id);
            if (!completed.equals(content.state())) {
                memory.write(content.with(completed));
            }
        }
    }

    /** What is remembered, as it is to be read now, without a start that was left half done where that can be helped. */
    private Content settled(Instant now) {
        Content read = memory.read();
        RetrainState state = read.state().at(now);
        if (trigger.isPresent()) {
            state = state.under(trigger.get().getSpec(), now);
        }
        Content content = read.with(state);
        if (state.intent().isPresent()) {
            String id = state.intent().get().id();
            Optional<Run<?, ?>> build = build(id);
            if (build.isPresent()) {
                content = content.with(state.completed(id))
                        .with(content.log().withBuild(id, build.get().getNumber()));
            } else if (!isQueued(id)) {
                schedule(content, id);
            }
        }
        if (!content.equals(read)) {
            memory.write(content);
        }
        return content;
    }

    private RetrainDecision decide(Content content, JobEvidence evidence, Optional<Instant> scheduled, Instant now) {
        RetrainState state = content.state();
        RetrainPolicy policy = policy(content.request());
        RetrainAdvice advice = policy.advise(evidence.evidence(), now);
        RetrainDecision decision = DecisionRules.decide(policy, advice, scheduled, state, situation(state), now);
        if (decision.kind() == Kind.START) {
            // Refused before anything is written down, so that it is started when the parameters have been mended.
            parameters(content.request());
        }
        String id = UUID.randomUUID().toString();
        RetrainState after = state.after(decision, id, evidence.evidence().dataNow(), now);
        DecisionLog log = content.log().with(id, decision, advice, evidence.source(), now);
        boolean waitsStill = decision.kind() == Kind.PENDING
                && after.equals(state)
                && log.entries().size() == content.log().entries().size();
        if (!waitsStill) {
            Content next = content.with(after).with(log);
            memory.write(next);
            if (decision.kind() != Kind.NOT) {
                note(id, decision, evidence.source());
            }
            if (decision.kind() == Kind.START) {
                schedule(next, id);
            }
        }
        return decision;
    }

    private void note(String id, RetrainDecision decision, Optional<String> source) {
        LineageRecorder.decision(
                job,
                new LineageRecorder.Decision(
                        id,
                        decision.kind(),
                        decision.reason().key(),
                        decision.message(),
                        source,
                        decision.approvedBy()));
    }

    private void schedule(Content content, String id) {
        RetrainState.Intent intent = content.state().intent().orElseThrow();
        Optional<DecisionLog.Entry> entry = content.log().entries().stream()
                .filter(logged -> logged.id().equals(id))
                .findFirst();
        List<String> conditions = entry.map(DecisionLog.Entry::conditions).orElse(List.of()).stream()
                .filter(finding -> finding.state() == RetrainAdvice.State.HOLDS)
                .map(Finding::condition)
                .distinct()
                .map(condition -> condition.key())
                .toList();
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new RetrainCause(
                id, entry.flatMap(DecisionLog.Entry::source), conditions, intent.reasons(), intent.approvedBy())));
        parameters(content.request()).ifPresent(actions::add);
        ParameterizedJobMixIn.scheduleBuild2(job, 0, actions.toArray(Action[]::new));
    }

    private Optional<ParametersAction> parameters(Optional<Request> request) {
        return RetrainParameters.of(
                job,
                request.map(Request::parameters)
                        .or(() -> trigger.map(RetrainTrigger::parametersOrNone))
                        .orElse(""));
    }

    private RetrainPolicy policy(Optional<Request> request) {
        if (trigger.isEmpty()) {
            return RetrainPolicy.BY_CHECK;
        }
        RetrainPolicy own = trigger.get().policy();
        return request.isPresent() ? own.alsoByCheck() : own;
    }

    private Situation situation(RetrainState state) {
        boolean running = job.isInQueue() || job.isBuilding() || state.intent().isPresent();
        return new Situation(job.isBuildable(), running);
    }

    /** The job whose drift checks count, if the triggered job's builds may see it. */
    private Optional<Job<?, ?>> watched(Optional<Request> request) {
        if (request.isPresent()) {
            return Optional.ofNullable(
                    Jenkins.get().getItemByFullName(request.get().job(), Job.class));
        }
        Optional<String> named = trigger.flatMap(RetrainTrigger::watched);
        if (named.isEmpty()) {
            return Optional.of(job);
        }
        try (ACLContext ignored = ACL.as2(Tasks.getAuthenticationOf2((Queue.Task) job))) {
            return Optional.ofNullable(Jenkins.get().getItem(named.get(), job, Job.class));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    private boolean isQueued(String id) {
        for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
            if (item.task.equals(job)
                    && decision(item.getCauses()).filter(id::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Run<?, ?>> build(String id) {
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            if (decision(run.getCauses()).filter(id::equals).isPresent()) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /** The name of the decision among these causes. */
    static Optional<String> decision(List<Cause> causes) {
        return causes.stream()
                .filter(RetrainCause.class::isInstance)
                .map(cause -> ((RetrainCause) cause).getDecision())
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}
