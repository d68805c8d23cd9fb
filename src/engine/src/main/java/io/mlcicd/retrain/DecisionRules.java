package io.mlcicd.retrain;

import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainDecision.Reason;
import io.mlcicd.retrain.RetrainState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides what is done about an advice. A pure function: it looks at nothing but its arguments and changes none.
 *
 * <p>The order of the rules: a job that cannot be built; an approval, which needs no condition any more; no condition
 * holds; all that holds was answered; a person has to agree; a build is queued or running; the cooldown; the quiet hours.
 */
public final class DecisionRules {

    private final RetrainPolicy policy;
    private final RetrainState state;
    private final Instant now;
    private final Optional<Instant> scheduled;

    private DecisionRules(RetrainPolicy policy, RetrainState state, Instant now, Optional<Instant> scheduled) {
        this.policy = policy;
        this.state = state;
        this.now = now;
        this.scheduled = scheduled;
    }

    /**
     * Decides.
     *
     * @param advice what the policy says of the evidence
     * @param scheduled the scheduled time that is answered, due or not as the advice has it
     * @param state what is remembered, as it is to be read {@linkplain RetrainState#at now}
     */
    public static RetrainDecision decide(
            RetrainPolicy policy,
            RetrainAdvice advice,
            Optional<Instant> scheduled,
            RetrainState state,
            Situation situation,
            Instant now) {
        return new DecisionRules(policy, state, now, scheduled).decide(advice, situation);
    }

    /** Whether a start would have to wait, whatever calls for it; to be asked before evidence is gathered once more. */
    public static boolean mustWait(RetrainPolicy policy, RetrainState state, Situation situation, Instant now) {
        DecisionRules rules = new DecisionRules(policy, state, now, Optional.empty());
        return situation.running()
                || rules.cooldown(state.lastStart()).isPresent()
                || policy.quietHours().flatMap(hours -> hours.until(now)).isPresent();
    }

    private RetrainDecision decide(RetrainAdvice advice, Situation situation) {
        Optional<Waiting> approved =
                state.pending().filter(waiting -> waiting.approvedBy().isPresent());
        if (!situation.enabled()) {
            return not(Reason.DISABLED, "the job is disabled");
        }
        if (approved.isEmpty() && !advice.recommended()) {
            return advice.isBlind()
                    ? not(Reason.NOTHING_NEW, "there is nothing yet to decide by")
                    : not(Reason.NOT_MET, "no condition calls for a new model");
        }
        SortedSet<String> open = new TreeSet<>(advice.evidence());
        open.removeIf(state::hasAnswered);
        if (approved.isEmpty() && open.isEmpty()) {
            return not(Reason.ANSWERED, "a start or a refusal has answered all that calls for a new model");
        }
        approved.ifPresent(waiting -> open.addAll(waiting.evidence()));
        List<String> reasons = approved.map(Waiting::reasons).orElse(advice.reasons());
        Draft draft = new Draft(open, reasons, approved.flatMap(Waiting::approvedBy));
        if (approved.isEmpty() && advice.approval() == Approval.REQUIRED) {
            return propose(draft);
        }
        return start(draft, situation);
    }

    /** What would be started, and why. */
    private record Draft(SortedSet<String> evidence, List<String> reasons, Optional<String> approvedBy) {}

    private RetrainDecision propose(Draft draft) {
        if (state.proposal()
                .filter(waiting -> waiting.evidence().equals(draft.evidence()))
                .isPresent()) {
            Instant since = state.proposal().get().since();
            return decision(
                    Kind.NOT,
                    Reason.WAITING,
                    "a person has been asked at %s and has not answered".formatted(text(since)),
                    draft,
                    Optional.empty());
        }
        Optional<Instant> end = cooldown(Stream.of(state.lastStart(), state.lastDecline())
                .flatMap(Optional::stream)
                .max(Instant::compareTo));
        if (end.isPresent()) {
            return decision(
                    Kind.PENDING,
                    Reason.COOLDOWN,
                    "a proposal waits for the cooldown, which is over at " + text(end.get()),
                    draft,
                    end);
        }
        return decision(Kind.PROPOSE, Reason.CONDITION, "a person has to agree", draft, Optional.empty());
    }

    private RetrainDecision start(Draft draft, Situation situation) {
        if (situation.running()) {
            return decision(Kind.PENDING, Reason.RUNNING, "a build is queued or running", draft, Optional.empty());
        }
        Optional<Instant> cooled = cooldown(state.lastStart());
        Optional<Instant> quiet = policy.quietHours().flatMap(hours -> hours.until(cooled.orElse(now)));
        if (cooled.isPresent()) {
            String over = "the cooldown is over at " + text(cooled.get());
            String message = quiet.map(end -> over + ", in quiet hours until " + text(end))
                    .orElse(over);
            return decision(Kind.PENDING, Reason.COOLDOWN, message, draft, quiet.or(() -> cooled));
        }
        if (quiet.isPresent()) {
            return decision(
                    Kind.PENDING, Reason.QUIET_HOURS, "there are quiet hours until " + text(quiet.get()), draft, quiet);
        }
        return draft.approvedBy()
                .map(by -> decision(Kind.START, Reason.APPROVED, by + " agreed", draft, Optional.empty()))
                .orElseGet(() -> decision(
                        Kind.START, Reason.CONDITION, String.join("; ", draft.reasons()), draft, Optional.empty()));
    }

    /** When the cooldown after that time is over; empty when it is. */
    private Optional<Instant> cooldown(Optional<Instant> last) {
        Duration length = policy.cooldown();
        return last.map(time -> time.plus(length)).filter(now::isBefore);
    }

    private RetrainDecision not(Reason reason, String message) {
        return decision(
                Kind.NOT, reason, message, new Draft(new TreeSet<>(), List.of(), Optional.empty()), Optional.empty());
    }

    private RetrainDecision decision(Kind kind, Reason reason, String message, Draft draft, Optional<Instant> until) {
        return new RetrainDecision(
                kind, reason, message, draft.evidence(), draft.reasons(), until, scheduled, draft.approvedBy());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
