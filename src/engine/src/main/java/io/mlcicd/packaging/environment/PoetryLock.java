package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.packaging.environment.LockGraph.Library;
import io.mlcicd.packaging.environment.LockGraph.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code poetry.lock}, versions 1.x and 2.x of the format. What the project needs is told by {@code pyproject.toml};
 * a lock without one is taken as a whole.
 */
final class PoetryLock {

    private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[([^\\]]*)\\])?.*");

    private PoetryLock() {}

    /**
     * What the project needs without groups of development and without extras.
     *
     * @param project the content of {@code pyproject.toml}; a missing node when there is none
     * @param shown the lock's name for messages
     */
    static RequirementsText read(JsonNode lock, JsonNode project, String shown) {
        LockGraph graph = new LockGraph(shown);
        Map<String, String> elsewhere = new LinkedHashMap<>();
        Map<String, String> indexes = new LinkedHashMap<>();
        List<Need> all = new ArrayList<>();
        for (JsonNode entry : lock.path("package")) {
            Library library = library(entry, lock);
            graph.add(library);
            all.add(new Need(library.name(), library.version(), "", Set.of()));
            String type = entry.path("source").path("type").asText("");
            if (type.equals("legacy")) {
                indexes.put(library.key(), entry.path("source").path("url").asText());
            } else if (!type.isEmpty()) {
                elsewhere.put(library.key(), type);
            }
        }
        List<Need> roots = project.isMissingNode() ? all : roots(project);
        return LockedRequirements.of(graph.needed(roots), List.of(), elsewhere, indexes, shown);
    }

    private static List<Need> roots(JsonNode project) {
        List<Need> roots = new ArrayList<>();
        for (JsonNode line : project.path("project").path("dependencies")) {
            roots.add(need(line.asText()));
        }
        for (Map.Entry<String, JsonNode> entry :
                project.path("tool").path("poetry").path("dependencies").properties()) {
            if (!entry.getKey().equals("python")) {
                roots.addAll(needs(entry.getKey(), entry.getValue()));
            }
        }
        return roots;
    }

    /** A requirement in one line (PEP 508). */
    private static Need need(String line) {
        int semicolon = line.indexOf(';');
        String marker = semicolon < 0 ? "" : line.substring(semicolon + 1).strip();
        Matcher matcher = NAME.matcher(line);
        if (!matcher.matches()) {
            return new Need(line.strip(), "", marker, Set.of());
        }
        Set<String> extras = new TreeSet<>();
        if (matcher.group(2) != null) {
            Pattern.compile("\\s*,\\s*").splitAsStream(matcher.group(2).strip()).forEach(extras::add);
        }
        return new Need(matcher.group(1), "", marker, extras);
    }

    /** A requirement as Poetry writes it: versions, a table, or a list of tables for different environments. */
    private static List<Need> needs(String name, JsonNode written) {
        List<Need> needs = new ArrayList<>();
        for (JsonNode one : written.isArray() ? written : List.of(written)) {
            boolean optional = one.path("optional").asBoolean();
            if (!optional) {
                Set<String> extras = new TreeSet<>();
                one.path("extras").forEach(extra -> extras.add(extra.asText()));
                needs.add(new Need(name, "", one.path("markers").asText(""), extras));
            }
        }
        return needs;
    }

    private static Library library(JsonNode entry, JsonNode lock) {
        String name = entry.path("name").asText();
        Map<String, List<Need>> needs = new LinkedHashMap<>();
        List<Need> always = new ArrayList<>();
        entry.path("dependencies")
                .properties()
                .forEach(dependency -> always.addAll(needs(dependency.getKey(), dependency.getValue())));
        needs.put("", always);
        for (Map.Entry<String, JsonNode> extra : entry.path("extras").properties()) {
            List<Need> wanted = new ArrayList<>();
            extra.getValue().forEach(line -> wanted.add(need(line.asText().replaceFirst("\\(.*\\)", ""))));
            needs.put(LockGraph.normal(extra.getKey()), wanted);
        }
        // Before version 1.2 of the format, the files of all libraries stood at the end.
        JsonNode files = entry.has("files")
                ? entry.path("files")
                : lock.path("metadata").path("files").path(name);
        List<String> hashes = new ArrayList<>();
        files.forEach(file -> {
            if (file.path("hash").isTextual()) {
                hashes.add(file.path("hash").asText());
            }
        });
        JsonNode markers = entry.path("markers");
        String marker =
                markers.isTextual() ? markers.asText() : markers.path("main").asText("");
        return new Library(name, entry.path("version").asText(""), marker, hashes, needs, false);
    }
}
