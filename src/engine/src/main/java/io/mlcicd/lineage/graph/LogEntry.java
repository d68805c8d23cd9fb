package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one event added to the lineage.
 *
 * @param sequence its number, from 1
 * @param at when it was recorded
 * @param previous digest of the entry before it; empty for the first
 * @param model the name of the model that it is about
 * @param event what happened; see {@link LineageEvent#event}
 * @param verdict what came out, such as {@code PASSED}
 * @param started when it began; empty when it took no time
 * @param source where it happened, such as a build's name; empty on a laptop
 * @param nodes what it is about; those known already are repeated as far as something new is known of them
 * @param edges how they depend on each other
 * @param removes digests of entries whose content was removed with this one
 * @param removed whether this entry's content was removed
 * @param digest of the entry as it was written first, which holds the digest of the one before it
 */
public record LogEntry(
        long sequence,
        Instant at,
        Optional<Digest> previous,
        String model,
        String event,
        String verdict,
        Optional<Instant> started,
        Optional<String> source,
        List<Node> nodes,
        List<Edge> edges,
        List<Digest> removes,
        boolean removed,
        Digest digest) {

    public LogEntry {
        nodes = orEmpty(nodes);
        edges = orEmpty(edges);
        removes = orEmpty(removes);
    }

    /** A line leaves out what there is none of. */
    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** What is left when the content is removed: enough for the chain to hold. */
    LogEntry withoutContent() {
        return new LogEntry(
                sequence,
                at,
                previous,
                "",
                "removed",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                true,
                digest);
    }
}
