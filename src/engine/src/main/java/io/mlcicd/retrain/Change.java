package io.mlcicd.retrain;

import io.mlcicd.retrain.RetrainState.Intent;
import io.mlcicd.retrain.RetrainState.Waiting;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state in the making. */
final class Change {

    private Optional<String> schedule;
    private Optional<Instant> looked;
    private List<Instant> ticks;
    private List<String> answered;
    private Optional<Instant> lastStart;
    private Optional<Instant> lastDecline;
    private Optional<Waiting> pending;
    private Optional<Waiting> proposal;
    private Optional<Intent> intent;
    private SortedMap<String, DataState> baseline;

    Change(RetrainState from) {
        this.schedule = from.schedule();
        this.looked = from.looked();
        this.ticks = from.ticks();
        this.answered = from.answered();
        this.lastStart = from.lastStart();
        this.lastDecline = from.lastDecline();
        this.pending = from.pending();
        this.proposal = from.proposal();
        this.intent = from.intent();
        this.baseline = from.baseline();
    }

    Change schedule(Optional<String> value) {
        this.schedule = value;
        return this;
    }

    Change looked(Optional<Instant> value) {
        this.looked = value;
        return this;
    }

    Change lastStart(Optional<Instant> value) {
        this.lastStart = value;
        return this;
    }

    Change lastDecline(Optional<Instant> value) {
        this.lastDecline = value;
        return this;
    }

    Change pending(Optional<Waiting> value) {
        this.pending = value;
        return this;
    }

    Change proposal(Optional<Waiting> value) {
        this.proposal = value;
        return this;
    }

    Change intent(Optional<Intent> value) {
        this.intent = value;
        return this;
    }

    /** Scheduled times are remembered as times: there are many, and old ones do not come again. */
    Change answer(Collection<String> evidence) {
        List<Instant> times = evidence.stream()
                .flatMap(id -> EvidenceId.scheduled(id).stream())
                .toList();
        List<String> others = evidence.stream()
                .filter(id -> EvidenceId.scheduled(id).isEmpty())
                .toList();
        this.ticks = RetrainState.newest(ticks, times, RetrainState.MOST_TICKS);
        this.answered = RetrainState.newest(answered, others, RetrainState.MOST_ANSWERED);
        return this;
    }

    /** These data sets take the place of those of the same names. */
    Change baseline(Map<String, DataState> data) {
        SortedMap<String, DataState> all = new TreeMap<>(baseline);
        all.putAll(data);
        this.baseline = all;
        return this;
    }

    /** These data sets are kept unless there are others of their names. */
    Change firstSeen(Map<String, DataState> data) {
        SortedMap<String, DataState> all = new TreeMap<>(data);
        all.putAll(baseline);
        this.baseline = all;
        return this;
    }

    RetrainState done() {
        return new RetrainState(
                schedule, looked, ticks, answered, lastStart, lastDecline, pending, proposal, intent, baseline);
    }
}
