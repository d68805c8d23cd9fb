package io.mlcicd.packaging.environment;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.RequirementsText.Pinned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The libraries of a lock file and what they need: from it follows what a project needs to run, which is less than what
 * is locked, for tools of development and extras that nobody asked for are locked, too.
 */
final class LockGraph {

    private final String file;
    private final Map<String, List<Library>> libraries = new LinkedHashMap<>();
    private final Set<String> local = new TreeSet<>();

    LockGraph(String file) {
        this.file = file;
    }

    /**
     * A library that is needed.
     *
     * @param name as written
     * @param version the one version; empty for whichever is locked
     * @param marker where; blank for everywhere
     * @param extras the extras that are asked for
     */
    record Need(String name, String version, String marker, Set<String> extras) {}

    /**
     * A locked library.
     *
     * @param needs what it needs itself, by extra; under {@code ""} what it needs always
     * @param local whether it is code of the project, which pip has nothing to do with
     */
    record Library(
            String name,
            String version,
            String marker,
            List<String> hashes,
            Map<String, List<Need>> needs,
            boolean local) {

        String key() {
            return normal(name) + " " + version;
        }
    }

    /** Names of libraries with the same letters mean the same (PEP 503). */
    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    void add(Library library) {
        libraries
                .computeIfAbsent(normal(library.name()), name -> new ArrayList<>())
                .add(library);
    }

    /** One reached library with the extra by which it was reached. */
    private record Reached(Library library, String extra) {}

    /**
     * All that is needed, with the conditions under which it is.
     *
     * @throws InvalidInputException when the lock lacks a library that is needed
     */
    List<Pinned> needed(List<Need> roots) {
        Map<Reached, Markers> reached = new LinkedHashMap<>();
        Deque<Reached> open = new ArrayDeque<>();
        for (Need root : roots) {
            follow(root, Markers.EVERYWHERE, true, reached, open);
        }
        while (!open.isEmpty()) {
            Reached one = open.remove();
            for (Need need : one.library().needs().getOrDefault(one.extra(), List.of())) {
                follow(need, reached.get(one), false, reached, open);
            }
        }
        Map<String, Library> needed = new LinkedHashMap<>();
        Map<String, Markers> where = new LinkedHashMap<>();
        reached.forEach((one, markers) -> {
            if (one.library().local()) {
                local.add(one.library().name());
            } else {
                needed.put(one.library().key(), one.library());
                where.merge(one.library().key(), markers, Markers::or);
            }
        });
        return needed.entrySet().stream()
                .map(entry -> pinned(entry.getValue(), where.get(entry.getKey()).text()))
                .toList();
    }

    /** What was needed, but is code of the project's own. */
    Set<String> local() {
        return Set.copyOf(local);
    }

    private static Pinned pinned(Library library, Optional<String> marker) {
        return new Pinned(library.name(), library.version(), marker, library.hashes());
    }

    private void follow(
            Need need, Markers before, boolean required, Map<Reached, Markers> reached, Deque<Reached> open) {
        List<Library> found = libraries.getOrDefault(normal(need.name()), List.of()).stream()
                .filter(library -> need.version().isEmpty() || need.version().equals(library.version()))
                .toList();
        if (found.isEmpty() && required) {
            throw new InvalidInputException(
                    "%s does not hold '%s', which the project needs; lock it again".formatted(file, need.name()));
        }
        Set<String> extras = new TreeSet<>(need.extras());
        extras.add("");
        for (Library library : found) {
            Markers here = before.and(need.marker()).and(library.marker());
            for (String extra : extras) {
                Reached one = new Reached(library, normal(extra));
                Markers known = reached.get(one);
                Markers all = known == null ? here : known.or(here);
                if (!all.equals(known)) {
                    reached.put(one, all);
                    open.add(one);
                }
            }
        }
    }
}
