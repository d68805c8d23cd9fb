package io.mlcicd.retrain;

import io.mlcicd.retrain.Monitoring.Ask;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainAdvice.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Holds a policy's conditions against the evidence, one by one. */
final class Assessment {

    private final RetrainPolicy policy;
    private final RetrainEvidence evidence;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    private Assessment(RetrainPolicy policy, RetrainEvidence evidence, Instant now) {
        this.policy = policy;
        this.evidence = evidence;
        this.now = now;
    }

    static RetrainAdvice of(RetrainPolicy policy, RetrainEvidence evidence, Instant now) {
        Assessment assessment = new Assessment(policy, evidence, now);
        for (Condition condition : Condition.values()) {
            if (policy.when().contains(condition) || policy.told().contains(condition)) {
                assessment.hold(condition);
            }
        }
        Approval theirs = evidence.monitoring().map(Monitoring::approval).orElse(Approval.NONE);
        return RetrainAdvice.of(policy.approval().and(theirs), assessment.findings);
    }

    private void hold(Condition condition) {
        switch (condition) {
            case ALWAYS -> always();
            case DRIFT -> drift();
            case CRITICAL_COLUMNS -> criticalColumns();
            case PERFORMANCE -> performance();
            case NEW_DATA -> new NewData(evidence, policy.newRows()).tell(this);
            case AGE -> age();
        }
    }

    void holds(Condition condition, List<String> messages, String id) {
        State state = policy.when().contains(condition) ? State.HOLDS : State.TOLD;
        messages.forEach(message -> findings.add(new Finding(condition, state, message, Optional.of(id))));
    }

    void tell(Condition condition, State state, String message) {
        findings.add(new Finding(condition, state, message, Optional.empty()));
    }

    private void always() {
        if (evidence.scheduled().isPresent()) {
            Instant due = evidence.scheduled().get();
            holds(Condition.ALWAYS, List.of("the schedule was due at " + due), EvidenceId.ofSchedule(due));
        } else {
            tell(Condition.ALWAYS, State.DOES_NOT_HOLD, "no scheduled time is due");
        }
    }

    private void drift() {
        if (evidence.monitoring().isEmpty()) {
            tell(Condition.DRIFT, State.UNKNOWN, "no drift check is known");
            return;
        }
        Monitoring monitoring = evidence.monitoring().get();
        List<String> messages = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        asks(Condition.DRIFT, monitoring, messages, keys);
        String share = "";
        if (policy.driftShare().isPresent() && monitoring.driftShare().isPresent()) {
            double least = policy.driftShare().getAsDouble();
            double found = monitoring.driftShare().getAsDouble();
            boolean reached = found >= least;
            share = "the share of drifted columns is %s, %s %s"
                    .formatted(Wording.number(found), reached ? "at least" : "below", Wording.number(least));
            if (reached) {
                messages.add(share);
                keys.add("driftShare");
            }
        }
        if (messages.isEmpty()) {
            String gates = "no gate of the newest drift check asks for a new model";
            tell(Condition.DRIFT, State.DOES_NOT_HOLD, share.isEmpty() ? gates : share + "; " + gates);
        } else {
            holds(Condition.DRIFT, messages, EvidenceId.of(Condition.DRIFT, monitoring, keys));
        }
    }

    private static void asks(
            Condition condition, Monitoring monitoring, List<String> messages, SortedSet<String> keys) {
        for (Ask ask : monitoring.asks()) {
            if (ask.condition() == condition) {
                messages.add(ask.message());
                keys.add(ask.key());
            }
        }
    }

    private void criticalColumns() {
        if (evidence.monitoring().isEmpty()) {
            tell(Condition.CRITICAL_COLUMNS, State.UNKNOWN, "no drift check is known");
            return;
        }
        Monitoring monitoring = evidence.monitoring().get();
        List<String> messages = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        asks(Condition.CRITICAL_COLUMNS, monitoring, messages, keys);
        for (String column : policy.criticalColumns()) {
            String found = monitoring.drifted().get(column);
            if (found != null) {
                messages.add("the critical column '%s' drifted: %s".formatted(column, found));
                keys.add(column);
            }
        }
        if (messages.isEmpty()) {
            String names = String.join(", ", policy.criticalColumns());
            tell(
                    Condition.CRITICAL_COLUMNS,
                    State.DOES_NOT_HOLD,
                    "no critical column drifted" + (names.isEmpty() ? "" : ", of: " + names));
        } else {
            holds(Condition.CRITICAL_COLUMNS, messages, EvidenceId.of(Condition.CRITICAL_COLUMNS, monitoring, keys));
        }
    }

    private void performance() {
        if (evidence.monitoring().isEmpty()) {
            tell(Condition.PERFORMANCE, State.UNKNOWN, "no drift check is known");
            return;
        }
        Monitoring monitoring = evidence.monitoring().get();
        List<String> messages = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        asks(Condition.PERFORMANCE, monitoring, messages, keys);
        List<Finding> others = new ArrayList<>();
        for (PerformanceDrop bound : policy.performance()) {
            compare(bound, monitoring, messages, keys, others);
        }
        if (!messages.isEmpty()) {
            evidence.accepted().ifPresent(model -> keys.add("model " + model.id()));
            holds(Condition.PERFORMANCE, messages, EvidenceId.of(Condition.PERFORMANCE, monitoring, keys));
        } else if (others.isEmpty()) {
            tell(Condition.PERFORMANCE, State.DOES_NOT_HOLD, "the newest drift check raised no alarm on performance");
        }
        findings.addAll(others);
    }

    private void compare(
            PerformanceDrop bound,
            Monitoring monitoring,
            List<String> messages,
            SortedSet<String> keys,
            List<Finding> others) {
        Double current = monitoring.performance().get(bound.metric());
        Double before = evidence.accepted()
                .map(model -> model.metrics().get(bound.metric()))
                .orElse(null);
        if (current == null || before == null) {
            String lacking = current == null ? "the newest drift check" : "the accepted model";
            others.add(new Finding(
                    Condition.PERFORMANCE,
                    State.UNKNOWN,
                    "%s has no %s to compare".formatted(lacking, bound.metric()),
                    Optional.empty()));
            return;
        }
        String message = Wording.drop(bound, current, before);
        if (bound.reached(current, before)) {
            messages.add(message);
            keys.add(bound.metric());
        } else {
            others.add(new Finding(Condition.PERFORMANCE, State.DOES_NOT_HOLD, message, Optional.empty()));
        }
    }

    private void age() {
        Duration limit = policy.age().orElseThrow();
        if (evidence.accepted().isEmpty()) {
            tell(Condition.AGE, State.UNKNOWN, "no accepted model is known");
            return;
        }
        AcceptedModel model = evidence.accepted().get();
        Duration age = Duration.between(model.since(), now);
        // So often has the limit passed: should a retraining fail, the model is old once more after the same time.
        long times = age.isNegative() ? 0 : age.dividedBy(limit);
        String message = "the accepted model is %s old, %s %s"
                .formatted(Wording.duration(age), times > 0 ? "at least" : "less than", Wording.duration(limit));
        if (times > 0) {
            holds(Condition.AGE, List.of(message), EvidenceId.ofAge(model, times));
        } else {
            tell(Condition.AGE, State.DOES_NOT_HOLD, message);
        }
    }
}
