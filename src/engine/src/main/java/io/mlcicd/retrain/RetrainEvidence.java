package io.mlcicd.retrain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known when it is decided whether to train a model anew.
 *
 * @param scheduled the scheduled time that is due
 * @param monitoring the newest drift check
 * @param accepted the model that is in use
 * @param dataThen the data sets that it was trained with, or that a retraining was started for last, by name
 * @param dataNow the data sets as they are now, by name
 */
public record RetrainEvidence(
        Optional<Instant> scheduled,
        Optional<Monitoring> monitoring,
        Optional<AcceptedModel> accepted,
        SortedMap<String, DataState> dataThen,
        SortedMap<String, DataState> dataNow) {

    /** Nothing known. */
    public static final RetrainEvidence NONE =
            new RetrainEvidence(Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>(), new TreeMap<>());

    public RetrainEvidence {
        dataThen = new TreeMap<>(dataThen);
        dataNow = new TreeMap<>(dataNow);
    }

    /** What a drift check alone knows. */
    public static RetrainEvidence of(Monitoring monitoring) {
        return NONE.with(monitoring);
    }

    public RetrainEvidence with(Monitoring newest) {
        return new RetrainEvidence(scheduled, Optional.of(newest), accepted, dataThen, dataNow);
    }

    public RetrainEvidence with(AcceptedModel model) {
        return new RetrainEvidence(scheduled, monitoring, Optional.of(model), dataThen, dataNow);
    }

    public RetrainEvidence withData(Map<String, DataState> then, Map<String, DataState> now) {
        return new RetrainEvidence(scheduled, monitoring, accepted, new TreeMap<>(then), new TreeMap<>(now));
    }

    public RetrainEvidence withScheduled(Instant due) {
        return new RetrainEvidence(Optional.of(due), monitoring, accepted, dataThen, dataNow);
    }
}
