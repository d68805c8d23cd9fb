package io.mlcicd.retrain;

import io.mlcicd.retrain.RetrainAdvice.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds data sets as they are now against those that the model was trained with. */
final class NewData {

    private final SortedMap<String, DataState> then;
    private final SortedMap<String, DataState> now;
    private final OptionalLong leastRows;

    NewData(RetrainEvidence evidence, OptionalLong leastRows) {
        this.then = evidence.dataThen();
        this.now = evidence.dataNow();
        this.leastRows = leastRows;
    }

    void tell(Assessment assessment) {
        TreeMap<String, DataState> known = new TreeMap<>(now);
        known.keySet().retainAll(then.keySet());
        if (known.isEmpty()) {
            assessment.tell(
                    Condition.NEW_DATA,
                    State.UNKNOWN,
                    now.isEmpty() ? "no data are known" : "there are no earlier data to compare with");
            return;
        }
        List<String> changed = known.keySet().stream()
                .filter(name -> !known.get(name).digest().equals(then.get(name).digest()))
                .toList();
        if (changed.isEmpty()) {
            assessment.tell(
                    Condition.NEW_DATA,
                    State.DOES_NOT_HOLD,
                    "the data have not changed: " + String.join(", ", known.keySet()));
        } else if (leastRows.isPresent()) {
            count(changed, leastRows.getAsLong(), assessment);
        } else {
            assessment.holds(
                    Condition.NEW_DATA, changed.stream().map(this::changed).toList(), id(changed));
        }
    }

    /** Rows that took the place of others cannot be told from old ones, so only what a data set grew by is new. */
    private void count(List<String> changed, long least, Assessment assessment) {
        List<String> uncounted = new ArrayList<>();
        long rows = 0;
        for (String name : changed) {
            Optional<Long> growth = growth(name);
            if (growth.isEmpty()) {
                uncounted.add(name);
            }
            rows += growth.orElse(0L);
        }
        String message = "there are %d new rows, %s %d, in: %s"
                .formatted(rows, rows >= least ? "at least" : "fewer than", least, String.join(", ", changed));
        if (rows >= least) {
            assessment.holds(Condition.NEW_DATA, List.of(message), id(changed));
        } else if (uncounted.size() == changed.size()) {
            String names = String.join(", ", uncounted);
            assessment.tell(
                    Condition.NEW_DATA, State.UNKNOWN, "the data changed, but their rows are not counted: " + names);
        } else {
            assessment.tell(Condition.NEW_DATA, State.DOES_NOT_HOLD, message);
        }
    }

    private Optional<Long> growth(String name) {
        OptionalLong before = then.get(name).rows();
        OptionalLong after = now.get(name).rows();
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(Math.max(0, after.getAsLong() - before.getAsLong()));
    }

    private String changed(String name) {
        String rows = growth(name)
                .map(growth -> ", from %d to %d rows"
                        .formatted(
                                then.get(name).rows().getAsLong(),
                                now.get(name).rows().getAsLong()))
                .orElse("");
        return "the data set '%s' changed, from %s to %s%s"
                .formatted(
                        name,
                        Wording.digest(then.get(name).digest()),
                        Wording.digest(now.get(name).digest()),
                        rows);
    }

    private String id(List<String> changed) {
        TreeSet<String> parts = new TreeSet<>();
        changed.forEach(name -> parts.add(name + "=" + now.get(name).digest()));
        return EvidenceId.of(Condition.NEW_DATA, parts);
    }
}
