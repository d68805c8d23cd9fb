package io.mlcicd.retrain;

import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainDecision.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The decisions of one job, taken or not, oldest first, at most {@value #MOST}.
 *
 * @param entries the decisions
 */
public record DecisionLog(List<Entry> entries) {

    static final int MOST = 500;
    private static final int MOST_FINDINGS = 20;

    /** No decision yet. */
    public static final DecisionLog NONE = new DecisionLog(List.of());

    public DecisionLog {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }

    /**
     * A decision, or several that are alike one after the other.
     *
     * @param id names the (first) decision
     * @param first when it was made
     * @param last when it was made last
     * @param times how often it was made one after the other
     * @param kind what was done
     * @param reason why
     * @param message a sentence for a person
     * @param evidence names what called for it
     * @param conditions every condition that was looked at, with its numbers; the first {@value #MOST_FINDINGS} of them
     * @param source what told of the evidence, such as a build
     * @param until when what was in the way would be over
     * @param by who answered a proposal
     * @param build number of the build that was started
     */
    public record Entry(
            String id,
            Instant first,
            Instant last,
            int times,
            Kind kind,
            Reason reason,
            String message,
            List<String> evidence,
            List<Finding> conditions,
            Optional<String> source,
            Optional<Instant> until,
            Optional<String> by,
            OptionalInt build) {

        public Entry {
            evidence = List.copyOf(evidence);
            conditions = List.copyOf(conditions);
        }

        private boolean isLike(Entry other) {
            return (kind == Kind.NOT || kind == Kind.PENDING)
                    && by.isEmpty()
                    && kind == other.kind
                    && reason == other.reason
                    && evidence.equals(other.evidence)
                    && source.equals(other.source)
                    && by.equals(other.by);
        }

        private Entry again(Entry newer) {
            return new Entry(
                    id,
                    first,
                    newer.last,
                    times + 1,
                    kind,
                    reason,
                    newer.message,
                    evidence,
                    newer.conditions,
                    source,
                    newer.until,
                    by,
                    build);
        }

        private Entry with(int number) {
            return new Entry(
                    id,
                    first,
                    last,
                    times,
                    kind,
                    reason,
                    message,
                    evidence,
                    conditions,
                    source,
                    until,
                    by,
                    OptionalInt.of(number));
        }
    }

    /** The log with this decision; one that is like the newest is counted there. */
    public DecisionLog with(
            String id, RetrainDecision decision, RetrainAdvice advice, Optional<String> source, Instant now) {
        return with(new Entry(
                id,
                now,
                now,
                1,
                decision.kind(),
                decision.reason(),
                decision.message(),
                List.copyOf(decision.evidence()),
                advice.conditions().stream().limit(MOST_FINDINGS).toList(),
                source,
                decision.until(),
                decision.approvedBy(),
                OptionalInt.empty()));
    }

    /** The log with a person's refusal of a proposal. */
    public DecisionLog withRefusal(RetrainState.Waiting proposal, String by, Instant now) {
        return with(new Entry(
                proposal.id(),
                now,
                now,
                1,
                Kind.NOT,
                Reason.DECLINED,
                by + " declined",
                List.copyOf(proposal.evidence()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(by),
                OptionalInt.empty()));
    }

    /** The log with the number of the build that the start of that name led to. */
    public DecisionLog withBuild(String id, int number) {
        UnaryOperator<Entry> numbered =
                entry -> entry.id().equals(id) && entry.kind() == Kind.START ? entry.with(number) : entry;
        return new DecisionLog(entries.stream().map(numbered).toList());
    }

    private DecisionLog with(Entry entry) {
        List<Entry> all = new ArrayList<>(entries);
        int last = all.size() - 1;
        if (last >= 0 && all.get(last).isLike(entry)) {
            all.set(last, all.get(last).again(entry));
        } else {
            all.add(entry);
        }
        return new DecisionLog(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
