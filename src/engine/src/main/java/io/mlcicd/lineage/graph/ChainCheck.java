package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.lineage.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the lines of a log, one after the other, against their digests and those before them. */
final class ChainCheck {
    private final Path file;
    private final Optional<Digest> noted;
    private final List<String> problems = new ArrayList<>();
    private Optional<Digest> head = Optional.empty();
    private long entries;
    private long sequence;
    private boolean found;
    private final Map<Digest, String> removed = new LinkedHashMap<>();
    private final Set<Digest> announced = new HashSet<>();

    ChainCheck(Path file, Optional<Digest> noted) {
        this.file = file;
        this.noted = noted;
    }

    void next(long number, String line) {
        entries++;
        String where = file + ":" + number + ": ";
        try {
            LogEntry entry = LogLine.read(line);
            announced.addAll(entry.removes());
            if (entry.removed()) {
                removed.put(entry.digest(), where + "the content of entry %d was removed".formatted(entry.sequence()));
            } else if (!LogLine.digest(line).equals(entry.digest())) {
                problems.add(where + "entry %d is not as it was written".formatted(entry.sequence()));
            }
            if (entry.sequence() != sequence + 1) {
                problems.add(where
                        + "entry %d follows entry %d; some are missing or moved".formatted(entry.sequence(), sequence));
            } else if (!entry.previous().equals(head)) {
                problems.add(where
                        + "entry %d does not follow from the one before it; that one was replaced"
                                .formatted(entry.sequence()));
            }
            sequence = entry.sequence();
            head = Optional.of(entry.digest());
            found |= noted.equals(head);
        } catch (JsonProcessingException e) {
            problems.add(where + "not a lineage entry: " + e.getOriginalMessage());
        }
    }

    LineageLog.Verification verification() {
        if (noted.isPresent() && !found) {
            problems.add("%s: the entry %s is not there any more"
                    .formatted(file, noted.get().abbreviated()));
        }
        removed.forEach((digest, problem) -> {
            if (!announced.contains(digest)) {
                problems.add(problem + ", and no later entry says so");
            }
        });
        return new LineageLog.Verification(entries, removed.size(), head, problems);
    }
}
