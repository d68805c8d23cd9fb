package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which job a name in the log means. The log is never changed, so a move is an entry of its own, from which on another job
 * may take the name: {@code move} has the old name as its source and the new one as its verdict, {@code delete} the last.
 */
final class JobNames {

    private static final String MOVE = "move";
    private static final String DELETE = "delete";

    private final Map<String, KnownJob> byName = new LinkedHashMap<>();

    /** What to write down when a job is renamed or moved. */
    static LineageEvent move(String from, String to) {
        return new LineageEvent("", MOVE, to, List.of(), List.of()).at(from);
    }

    /** What to write down when a job is deleted. */
    static LineageEvent delete(String name) {
        return new LineageEvent("", DELETE, "PASSED", List.of(), List.of()).at(name);
    }

    /** Follows the log: where the entry comes from; empty for one from nowhere, or one that is only about a name. */
    Optional<Source> next(LogEntry entry) {
        if (entry.source().isEmpty()) {
            return Optional.empty();
        }
        String source = entry.source().get();
        if (entry.event().equals(MOVE)) {
            Optional.ofNullable(byName.remove(source)).ifPresent(job -> {
                job.moved(entry.verdict());
                byName.put(entry.verdict(), job);
            });
            return Optional.empty();
        }
        if (entry.event().equals(DELETE)) {
            Optional.ofNullable(byName.remove(source)).ifPresent(KnownJob::deleted);
            return Optional.empty();
        }
        Source.Written written = Source.Written.of(source);
        return Optional.of(new Source(byName.computeIfAbsent(written.job(), KnownJob::new), written.build()));
    }

    /** The job that has this name now. */
    Optional<KnownJob> named(String fullName) {
        return Optional.ofNullable(byName.get(fullName));
    }

    /** All jobs that have not been deleted. */
    List<KnownJob> all() {
        return new ArrayList<>(byName.values());
    }
}
