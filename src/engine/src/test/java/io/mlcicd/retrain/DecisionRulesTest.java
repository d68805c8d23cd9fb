package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainAdvice.State;
import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainDecision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is done about an advice, rule by rule. */
class DecisionRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Situation IDLE = new Situation(true, false);
    private static final Situation BUSY = new Situation(true, true);
    private static final RetrainAdvice NO = advice(Approval.NONE, State.DOES_NOT_HOLD, "x");

    private static RetrainAdvice advice(Approval approval, State state, String evidence) {
        Optional<String> id = state == State.HOLDS ? Optional.of(evidence) : Optional.empty();
        return RetrainAdvice.of(approval, List.of(new Finding(Condition.DRIFT, state, "PSI is 0.3", id)));
    }

    private static RetrainAdvice yes(String evidence) {
        return advice(Approval.NONE, State.HOLDS, evidence);
    }

    private static RetrainPolicy policy(Duration cooldown, String quiet) {
        return new RetrainSpec(
                        Optional.empty(),
                        List.of(Condition.DRIFT),
                        OptionalDouble.empty(),
                        List.of(),
                        List.of(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(cooldown),
                        Optional.ofNullable(quiet).map(text -> QuietHours.of(text, ZoneOffset.UTC)))
                .policy();
    }

    /** A job with its trigger: what is decided is remembered, by way of JSON. */
    private static final class Job {
        private RetrainState state = RetrainState.NONE;
        private RetrainPolicy policy = policy(Duration.ofHours(24), null);
        private int decisions;

        RetrainDecision decide(RetrainAdvice advice, Situation situation, Instant now) {
            return decide(advice, Optional.empty(), situation, now);
        }

        RetrainDecision decide(RetrainAdvice advice, Optional<Instant> scheduled, Situation situation, Instant now) {
            state = state.at(now);
            RetrainDecision decision = DecisionRules.decide(policy, advice, scheduled, state, situation, now);
            state = throughJson(state.after(decision, "d" + decisions++, Map.of(), now));
            return decision;
        }
    }

    static RetrainState throughJson(RetrainState state) {
        try {
            return Json.mapper().readValue(Json.write(state), RetrainState.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void is(RetrainDecision decision, Kind kind, Reason reason) {
        assertThat(decision.kind()).as(decision.message()).isEqualTo(kind);
        assertThat(decision.reason()).as(decision.message()).isEqualTo(reason);
    }

    @Test
    void startsOnceForTheSameEvidence() {
        Job job = new Job();

        is(job.decide(yes("e1"), IDLE, NOW), Kind.START, Reason.CONDITION);
        assertThat(job.state.intent()).isPresent();
        is(job.decide(yes("e1"), IDLE, NOW.plus(Duration.ofDays(9))), Kind.NOT, Reason.ANSWERED);
        is(job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofDays(9))), Kind.START, Reason.CONDITION);
        is(job.decide(yes("e1"), IDLE, NOW.plus(Duration.ofDays(19))), Kind.NOT, Reason.ANSWERED);
    }

    @Test
    void doesNothingWithoutAReason() {
        Job job = new Job();

        is(job.decide(NO, IDLE, NOW), Kind.NOT, Reason.NOT_MET);
        is(job.decide(advice(Approval.NONE, State.UNKNOWN, ""), IDLE, NOW), Kind.NOT, Reason.NOTHING_NEW);
        is(job.decide(yes("e1"), new Situation(false, false), NOW), Kind.NOT, Reason.DISABLED);
    }

    @Test
    void waitsForTheCooldownAndThenStarts() {
        Job job = new Job();
        job.decide(yes("e1"), IDLE, NOW);

        RetrainDecision waits = job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofHours(2)));
        is(waits, Kind.PENDING, Reason.COOLDOWN);
        assertThat(waits.until()).contains(NOW.plus(Duration.ofHours(24)));
        assertThat(job.state.isOpen()).isTrue();
        is(job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofHours(24)).minusMillis(1)), Kind.PENDING, Reason.COOLDOWN);
        is(job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofHours(24))), Kind.START, Reason.CONDITION);
        assertThat(job.state.pending()).isEmpty();
    }

    @Test
    void waitsForARunningBuildAndThenStarts() {
        Job job = new Job();

        is(job.decide(yes("e1"), BUSY, NOW), Kind.PENDING, Reason.RUNNING);
        is(job.decide(yes("e1"), IDLE, NOW.plusSeconds(60)), Kind.START, Reason.CONDITION);
    }

    @Test
    void waitsForQuietHoursAlsoAfterTheCooldown() {
        Job job = new Job();
        job.policy = policy(Duration.ofHours(24), "10:00-14:00");

        RetrainDecision quiet = job.decide(yes("e1"), IDLE, NOW);
        is(quiet, Kind.PENDING, Reason.QUIET_HOURS);
        assertThat(quiet.until()).contains(NOW.plus(Duration.ofHours(2)));
        is(job.decide(yes("e1"), IDLE, NOW.plus(Duration.ofHours(2))), Kind.START, Reason.CONDITION);
        job.policy = policy(Duration.ofHours(20), "10:00-14:00");
        RetrainDecision both = job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofHours(3)));
        is(both, Kind.PENDING, Reason.COOLDOWN);
        assertThat(both.until()).as("the cooldown ends in quiet hours").contains(NOW.plus(Duration.ofHours(26)));
    }

    @Test
    void forgetsWhatWaitedWhenANewerCheckIsContent() {
        Job job = new Job();
        job.decide(yes("e1"), BUSY, NOW);

        is(job.decide(NO, IDLE, NOW.plusSeconds(60)), Kind.NOT, Reason.NOT_MET);
        assertThat(job.state.isOpen()).isFalse();
    }

    @Test
    void asksAPersonOnce() {
        Job job = new Job();
        RetrainAdvice sensitive = advice(Approval.REQUIRED, State.HOLDS, "e1");

        is(job.decide(sensitive, IDLE, NOW), Kind.PROPOSE, Reason.CONDITION);
        is(job.decide(sensitive, IDLE, NOW.plusSeconds(60)), Kind.NOT, Reason.WAITING);
        String id = job.state.proposal().orElseThrow().id();
        assertThat(job.state.approved("another", "eve")).isEmpty();
        job.state = job.state.approved(id, "ada").orElseThrow();
        assertThat(job.state.approved(id, "ada")).as("agreed twice").isEmpty();
        RetrainDecision start = job.decide(NO, IDLE, NOW.plusSeconds(120));
        is(start, Kind.START, Reason.APPROVED);
        assertThat(start.approvedBy()).contains("ada");
        assertThat(start.reasons()).containsExactly("PSI is 0.3");
        is(job.decide(sensitive, IDLE, NOW.plus(Duration.ofDays(9))), Kind.NOT, Reason.ANSWERED);
    }

    @Test
    void anApprovalKeepsTheRulesToo() {
        Job job = new Job();
        job.decide(advice(Approval.REQUIRED, State.HOLDS, "e1"), IDLE, NOW);
        job.state = job.state
                .approved(job.state.proposal().orElseThrow().id(), "ada")
                .orElseThrow();

        is(job.decide(NO, BUSY, NOW), Kind.PENDING, Reason.RUNNING);
        assertThat(job.state.pending().orElseThrow().approvedBy()).contains("ada");
        is(job.decide(NO, IDLE, NOW), Kind.START, Reason.APPROVED);
    }

    @Test
    void aRefusalAnswersAndKeepsQuietForTheCooldown() {
        Job job = new Job();
        job.decide(advice(Approval.REQUIRED, State.HOLDS, "e1"), IDLE, NOW);
        job.state =
                job.state.declined(job.state.proposal().orElseThrow().id(), NOW).orElseThrow();

        is(job.decide(advice(Approval.REQUIRED, State.HOLDS, "e1"), IDLE, NOW), Kind.NOT, Reason.ANSWERED);
        RetrainAdvice next = advice(Approval.REQUIRED, State.HOLDS, "e2");
        is(job.decide(next, IDLE, NOW.plusSeconds(60)), Kind.PENDING, Reason.COOLDOWN);
        is(job.decide(next, IDLE, NOW.plus(Duration.ofHours(24))), Kind.PROPOSE, Reason.CONDITION);
    }

    @Test
    void aClockThatWasSetBackNeitherStartsTwiceNorBlocksForEver() {
        Job job = new Job();
        Instant wrong = Instant.parse("2099-01-01T00:00:00Z");
        job.decide(yes("e1"), IDLE, wrong);

        is(job.decide(yes("e1"), IDLE, NOW), Kind.NOT, Reason.ANSWERED);
        RetrainDecision waits = job.decide(yes("e2"), IDLE, NOW);
        is(waits, Kind.PENDING, Reason.COOLDOWN);
        assertThat(waits.until()).contains(NOW.plus(Duration.ofHours(24)));
        is(job.decide(yes("e2"), IDLE, NOW.plus(Duration.ofHours(24))), Kind.START, Reason.CONDITION);
    }

    @Test
    void aScheduledTimeIsAnsweredOnceWhateverTheClockDoes() {
        Instant tick = Instant.parse("2026-11-23T12:00:00Z");
        RetrainState state = RetrainState.NONE.under("H 12 * * *", tick.minusSeconds(90));
        assertThat(state.due(Optional.of(tick.minusSeconds(86_400))))
                .as("was past when first seen")
                .isEmpty();
        assertThat(state.due(Optional.of(tick))).contains(tick);
        RetrainAdvice due = RetrainSpecTest.of(ModelProfile.SCHEDULED)
                .policy()
                .advise(RetrainEvidence.NONE.withScheduled(tick), tick);
        Job job = new Job();
        job.policy = RetrainSpecTest.of(ModelProfile.SCHEDULED).policy();
        job.state = state;

        is(job.decide(due, Optional.of(tick), IDLE, tick), Kind.START, Reason.CONDITION);

        RetrainState back = job.state.at(tick.minusSeconds(3600));
        assertThat(back.due(Optional.of(tick.minusSeconds(86_400)))).isEmpty();
        assertThat(back.due(Optional.of(tick))).as("twelve o'clock once more").isEmpty();
        assertThat(back.due(Optional.of(tick.plusSeconds(86_400)))).contains(tick.plusSeconds(86_400));
        assertThat(back.under("H 11 * * *", tick.minusSeconds(60)).due(Optional.of(tick.minusSeconds(3600))))
                .as("a new schedule makes up for nothing")
                .isEmpty();
    }

    @Test
    void aScheduledTimeThatHadToWaitIsStillDue() {
        Instant tick = Instant.parse("2026-11-23T12:00:00Z");
        Job job = new Job();
        job.policy = RetrainSpecTest.of(ModelProfile.SCHEDULED).policy();
        job.state = RetrainState.NONE.under("H 12 * * *", tick.minusSeconds(90));
        RetrainAdvice due = job.policy.advise(RetrainEvidence.NONE.withScheduled(tick), tick);

        is(job.decide(due, Optional.of(tick), BUSY, tick), Kind.PENDING, Reason.RUNNING);

        assertThat(job.state.due(Optional.of(tick))).contains(tick);
        is(job.decide(due, Optional.of(tick), IDLE, tick.plusSeconds(600)), Kind.START, Reason.CONDITION);
        assertThat(job.state.due(Optional.of(tick))).isEmpty();
    }

    @Test
    void theBaselineIsWhatWasThereAtTheLastStart() {
        DataState one = new DataState("sha256:1", OptionalLong.of(1));
        DataState two = new DataState("sha256:2", OptionalLong.of(2));
        RetrainDecision no =
                DecisionRules.decide(policy(Duration.ZERO, null), NO, Optional.empty(), RetrainState.NONE, IDLE, NOW);
        RetrainDecision yes = DecisionRules.decide(
                policy(Duration.ZERO, null), yes("e"), Optional.empty(), RetrainState.NONE, IDLE, NOW);

        RetrainState seen = RetrainState.NONE.after(no, "a", Map.of("train", one), NOW);
        assertThat(seen.baseline()).containsEntry("train", one);
        assertThat(seen.after(no, "b", Map.of("train", two), NOW).baseline()).containsEntry("train", one);
        assertThat(seen.after(yes, "b", Map.of("train", two), NOW).baseline()).containsEntry("train", two);
    }
}
