package io.mlcicd.retrain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be remembered from one decision to the next so that nothing is started twice and nothing is lost. It is
 * written down before a build is started: see {@link #intent}.
 *
 * @param schedule the schedule that was in force
 * @param looked the newest scheduled time that was answered, or when the schedule was first seen
 * @param ticks scheduled times that a start has answered, newest last, at most {@value #MOST_TICKS}
 * @param answered evidence that a start or a refusal has answered, newest last, at most {@value #MOST_ANSWERED}
 * @param lastStart when a build was started last
 * @param lastDecline when a person declined last
 * @param pending a start that waits for something that is in the way
 * @param proposal a start that waits for a person
 * @param intent a start that was decided and of which no build is known to have begun
 * @param baseline the data sets when a build was started last or, before that, when they were first seen
 */
public record RetrainState(
        Optional<String> schedule,
        Optional<Instant> looked,
        List<Instant> ticks,
        List<String> answered,
        Optional<Instant> lastStart,
        Optional<Instant> lastDecline,
        Optional<Waiting> pending,
        Optional<Waiting> proposal,
        Optional<Intent> intent,
        SortedMap<String, DataState> baseline) {

    static final int MOST_TICKS = 100;
    static final int MOST_ANSWERED = 1000;

    /** Nothing has happened yet. */
    public static final RetrainState NONE = new RetrainState(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>());

    public RetrainState {
        ticks = ticks == null ? List.of() : List.copyOf(ticks);
        answered = answered == null ? List.of() : List.copyOf(answered);
        baseline = Collections.unmodifiableSortedMap(baseline == null ? new TreeMap<>() : new TreeMap<>(baseline));
    }

    /**
     * A start that waits.
     *
     * @param id names the decision
     * @param evidence what it answers
     * @param reasons a sentence for each thing that called for it
     * @param since when it was decided
     * @param scheduled the scheduled time it answers
     * @param approvedBy who agreed to it
     */
    public record Waiting(
            String id,
            SortedSet<String> evidence,
            List<String> reasons,
            Instant since,
            Optional<Instant> scheduled,
            Optional<String> approvedBy) {

        public Waiting {
            evidence = Collections.unmodifiableSortedSet(new TreeSet<>(evidence));
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A start that was decided.
     *
     * @param id names the decision; the build's cause has it, too
     * @param time when it was decided
     * @param reasons a sentence for each thing that called for it
     * @param approvedBy who agreed to it
     */
    public record Intent(String id, Instant time, List<String> reasons, Optional<String> approvedBy) {

        public Intent {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The state as it is to be read at that time. When the clock was set back, so that something seems to have happened in
     * the future, it counts as having happened now: a cooldown then lasts its full length once more and no longer, and
     * scheduled times that were answered stay answered.
     */
    public RetrainState at(Instant now) {
        return new Change(this)
                .looked(looked.map(time -> earlier(time, now)))
                .lastStart(lastStart.map(time -> earlier(time, now)))
                .lastDecline(lastDecline.map(time -> earlier(time, now)))
                .done();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The same under this schedule. Scheduled times of a new schedule that are past are nobody's loss. */
    public RetrainState under(String spec, Instant now) {
        return schedule.filter(spec::equals).isPresent()
                ? this
                : new Change(this)
                        .schedule(Optional.of(spec))
                        .looked(Optional.of(now))
                        .done();
    }

    /**
     * The scheduled time to answer: the schedule's newest one unless it was answered, even if nobody was there to see it, or
     * the one that a waiting start answers.
     *
     * @param newest the schedule's newest time that is not after now
     */
    public Optional<Instant> due(Optional<Instant> newest) {
        return newest.filter(this::isNew)
                .or(() -> pending.flatMap(Waiting::scheduled))
                .or(() -> proposal.flatMap(Waiting::scheduled));
    }

    /** Whether that scheduled time has not been answered. */
    public boolean isNew(Instant tick) {
        return looked.filter(tick::isAfter).isPresent() && !ticks.contains(tick);
    }

    /** Whether there is something to do even when no scheduled time has come. */
    public boolean isOpen() {
        return pending.isPresent() || intent.isPresent();
    }

    /**
     * The data sets that new ones are held against: those of the accepted model or of the last start, whichever is newer.
     *
     * @param accepted the data sets that the accepted model was trained with
     * @param since when it was accepted
     */
    public SortedMap<String, DataState> dataBefore(Map<String, DataState> accepted, Optional<Instant> since) {
        boolean startedLater = lastStart.isPresent()
                && since.filter(time -> !time.isBefore(lastStart.get())).isEmpty();
        SortedMap<String, DataState> before = new TreeMap<>(startedLater ? accepted : baseline);
        before.putAll(startedLater ? baseline : accepted);
        return before;
    }

    boolean hasAnswered(String evidence) {
        return EvidenceId.scheduled(evidence).map(ticks::contains).orElseGet(() -> answered.contains(evidence));
    }

    /**
     * The state after a decision; to be written down before it is carried out.
     *
     * @param id names the decision
     * @param dataNow the data sets as they are, for comparisons to come
     */
    public RetrainState after(RetrainDecision decision, String id, Map<String, DataState> dataNow, Instant now) {
        Change change = new Change(this).firstSeen(dataNow);
        decision.scheduled()
                .ifPresent(tick ->
                        change.looked(Optional.of(looked.filter(tick::isBefore).orElse(tick))));
        switch (decision.kind()) {
            case START ->
                change.answer(decision.evidence())
                        .lastStart(Optional.of(now))
                        .pending(Optional.empty())
                        .proposal(Optional.empty())
                        .intent(Optional.of(new Intent(id, now, decision.reasons(), decision.approvedBy())))
                        .baseline(dataNow);
            case PROPOSE -> change.pending(Optional.empty()).proposal(Optional.of(waiting(decision, id, now)));
            case PENDING ->
                change.pending(Optional.of(waiting(
                        decision,
                        pending.map(Waiting::id).orElse(id),
                        pending.map(Waiting::since).orElse(now))));
            case NOT -> {
                if (decision.reason() == RetrainDecision.Reason.NOT_MET) {
                    // What was newly found does not call for it any more.
                    change.pending(Optional.empty()).proposal(Optional.empty());
                } else if (decision.reason() == RetrainDecision.Reason.ANSWERED) {
                    change.pending(Optional.empty());
                }
            }
        }
        return change.done();
    }

    private static Waiting waiting(RetrainDecision decision, String id, Instant since) {
        return new Waiting(
                id, decision.evidence(), decision.reasons(), since, decision.scheduled(), decision.approvedBy());
    }

    /** The state after a person agreed to the proposal of that name; empty when it is not there any more. */
    public Optional<RetrainState> approved(String id, String by) {
        return proposal.filter(waiting -> waiting.id().equals(id))
                .map(waiting -> new Change(this)
                        .proposal(Optional.empty())
                        .pending(Optional.of(new Waiting(
                                waiting.id(),
                                waiting.evidence(),
                                waiting.reasons(),
                                waiting.since(),
                                waiting.scheduled(),
                                Optional.of(by))))
                        .done());
    }

    /** The state after a person declined the proposal of that name; empty when it is not there any more. */
    public Optional<RetrainState> declined(String id, Instant now) {
        return proposal.filter(waiting -> waiting.id().equals(id))
                .map(waiting -> new Change(this)
                        .proposal(Optional.empty())
                        .answer(waiting.evidence())
                        .lastDecline(Optional.of(now))
                        .done());
    }

    /** The state after the build of the start of that name began, or after a person took it out of the queue. */
    public RetrainState completed(String id) {
        return intent.filter(open -> open.id().equals(id)).isPresent()
                ? new Change(this).intent(Optional.empty()).done()
                : this;
    }

    /** The newest {@code most} of both together. */
    static <T> List<T> newest(List<T> before, Collection<T> more, int most) {
        List<T> all = new ArrayList<>(before);
        all.removeAll(more);
        all.addAll(more);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
