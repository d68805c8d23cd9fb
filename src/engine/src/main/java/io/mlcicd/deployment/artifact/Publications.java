package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a name pointed at, the oldest first.
 *
 * @param entries the last of them, up to the one that it points at now if it does
 * @param pointing whether it points at the last one; else it points at nothing
 */
public record Publications(List<Publication> entries, boolean pointing) {

    /** Of a name that there is not. */
    public static final Publications NONE = new Publications(List.of(), false);

    private static final int KEPT = 50;

    public Publications {
        entries = List.copyOf(entries.subList(Math.max(0, entries.size() - KEPT), entries.size()));
    }

    /**
     * What was noted, as far as it came true: whoever was killed before the name was moved has noted one too many.
     *
     * @param now the version that the name points at; empty when it points at nothing
     */
    static Publications upTo(List<Publication> noted, Optional<Digest> now) {
        if (now.isEmpty()) {
            return new Publications(noted, false);
        }
        for (int i = noted.size(); i > 0; i--) {
            if (noted.get(i - 1).version().equals(now.get())) {
                return new Publications(noted.subList(0, i), true);
            }
        }
        return NONE;
    }

    /** What it points at now. */
    public Optional<Publication> current() {
        return pointing ? Optional.of(entries.get(entries.size() - 1)) : Optional.empty();
    }

    /** The publication before the present one that a rollback goes to: what was itself rolled back is passed over. */
    public Optional<Publication> previous() {
        Deque<Publication> line = new ArrayDeque<>();
        for (Publication entry : entries) {
            while (entry.back() && !line.isEmpty() && !line.peek().version().equals(entry.version())) {
                line.pop();
            }
            if (entry.back() && !line.isEmpty()) {
                line.pop();
            }
            line.push(entry);
        }
        return pointing ? line.stream().skip(1).findFirst() : line.stream().findFirst();
    }

    /** The last publication of a version. */
    public Optional<Publication> of(Digest version) {
        return upTo(entries, Optional.of(version)).current();
    }

    /** These and one more, which the name is to point at. */
    public Publications with(Publication next) {
        List<Publication> all = new ArrayList<>(entries);
        all.add(next);
        return new Publications(all, true);
    }
}
