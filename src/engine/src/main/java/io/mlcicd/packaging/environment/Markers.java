package io.mlcicd.packaging.environment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a library is needed: one of several ways that lead to it, each under all of its conditions (environment markers,
 * PEP 508).
 *
 * @param ways conditions of each way; a way without any means everywhere
 */
record Markers(Set<Set<String>> ways) {

    static final Markers EVERYWHERE = new Markers(Set.of(Set.of()));

    /** More ways than this are not told apart: one that installs too much is no error, one that lacks is. */
    private static final int MOST = 64;

    /** The same under one more condition; none when it is blank. */
    Markers and(String condition) {
        if (condition.isBlank()) {
            return this;
        }
        Set<Set<String>> longer = new LinkedHashSet<>();
        for (Set<String> way : ways) {
            Set<String> more = new TreeSet<>(way);
            more.add(condition.strip());
            longer.add(more);
        }
        return new Markers(longer);
    }

    /** These ways and those. */
    Markers or(Markers others) {
        Set<Set<String>> all = new LinkedHashSet<>(ways);
        all.addAll(others.ways);
        Set<Set<String>> needed = all.stream()
                .filter(way -> all.stream().noneMatch(other -> !other.equals(way) && way.containsAll(other)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return needed.size() > MOST ? EVERYWHERE : new Markers(needed);
    }

    /** As pip reads it; empty for everywhere. */
    Optional<String> text() {
        if (ways.stream().anyMatch(Set::isEmpty)) {
            return Optional.empty();
        }
        List<String> alternatives = new ArrayList<>();
        for (Set<String> way : ways) {
            String all = way.stream()
                    .map(condition -> way.size() > 1 ? "(" + condition + ")" : condition)
                    .collect(Collectors.joining(" and "));
            alternatives.add(ways.size() > 1 ? "(" + all + ")" : all);
        }
        return Optional.of(alternatives.stream().sorted().collect(Collectors.joining(" or ")));
    }
}
