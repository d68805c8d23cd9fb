package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.LockGraph.Library;
import io.mlcicd.packaging.environment.LockGraph.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads {@code uv.lock}, version 1 of the format (docs.astral.sh/uv, "Project structure: the lockfile"). */
final class UvLock {

    private UvLock() {}

    /**
     * What the project needs without its tools of development and without extras.
     *
     * @param shown the file's name for messages
     * @throws InvalidInputException when it needs something that pip cannot install by hash
     */
    static RequirementsText read(JsonNode lock, String shown) {
        LockGraph graph = new LockGraph(shown);
        List<Need> roots = new ArrayList<>();
        boolean rooted = false;
        Map<String, String> elsewhere = new LinkedHashMap<>();
        Map<String, String> indexes = new LinkedHashMap<>();
        for (JsonNode entry : lock.path("package")) {
            Library library = library(entry);
            JsonNode source = entry.path("source");
            graph.add(library);
            if (isRoot(source)) {
                rooted = true;
                roots.addAll(library.needs().get(""));
            }
            if (source.path("registry").asText().contains("://")) {
                indexes.put(library.key(), source.path("registry").asText());
            } else if (!library.local()) {
                source.properties().stream().findFirst().ifPresent(kind -> elsewhere.put(library.key(), kind.getKey()));
            }
        }
        if (!rooted) {
            throw new InvalidInputException(
                    "%s holds no project of its own folder; give a requirements.txt (uv export)".formatted(shown));
        }
        return LockedRequirements.of(graph.needed(roots), graph.local(), elsewhere, indexes, shown);
    }

    private static boolean isRoot(JsonNode source) {
        return source.path("virtual").asText().equals(".")
                || source.path("editable").asText().equals(".")
                || source.path("directory").asText().equals(".");
    }

    private static Library library(JsonNode entry) {
        Map<String, List<Need>> needs = new LinkedHashMap<>();
        needs.put("", needs(entry.path("dependencies")));
        for (Map.Entry<String, JsonNode> extra :
                entry.path("optional-dependencies").properties()) {
            needs.put(LockGraph.normal(extra.getKey()), needs(extra.getValue()));
        }
        JsonNode source = entry.path("source");
        boolean local = source.has("virtual") || source.has("editable") || source.has("directory");
        List<String> hashes = new ArrayList<>();
        if (entry.path("sdist").path("hash").isTextual()) {
            hashes.add(entry.path("sdist").path("hash").asText());
        }
        for (JsonNode wheel : entry.path("wheels")) {
            if (wheel.path("hash").isTextual()) {
                hashes.add(wheel.path("hash").asText());
            }
        }
        // Where several versions are locked, each is for some environments only.
        String marker = StreamSupport.stream(entry.path("resolution-markers").spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .collect(Collectors.joining(") or (", "(", ")"));
        return new Library(
                entry.path("name").asText(),
                entry.path("version").asText(""),
                marker.equals("()") ? "" : plain(marker),
                hashes,
                needs,
                local);
    }

    private static String plain(String marker) {
        return marker.contains(") or (") ? marker : marker.substring(1, marker.length() - 1);
    }

    private static List<Need> needs(JsonNode entries) {
        Set<Need> needs = new LinkedHashSet<>();
        for (JsonNode entry : entries) {
            Set<String> extras = new TreeSet<>();
            entry.path("extra").forEach(extra -> extras.add(extra.asText()));
            needs.add(new Need(
                    entry.path("name").asText(),
                    entry.path("version").asText(""),
                    entry.path("marker").asText(""),
                    extras));
        }
        return List.copyOf(needs);
    }
}
