package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.packaging.environment.RequirementsText.Pinned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code Pipfile.lock}, version 6 of Pipenv's format, whose section {@code default} is all that is needed to run. */
final class PipfileLock {

    private static final Set<String> ELSEWHERE = Set.of("git", "file", "path", "editable", "hg", "svn");

    private PipfileLock() {}

    static RequirementsText read(JsonNode lock, String shown) {
        Map<String, String> sources = new LinkedHashMap<>();
        lock.path("_meta")
                .path("sources")
                .forEach(source -> sources.put(
                        source.path("name").asText(), source.path("url").asText()));
        List<Pinned> pins = new ArrayList<>();
        Map<String, String> elsewhere = new LinkedHashMap<>();
        Map<String, String> indexes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : lock.path("default").properties()) {
            JsonNode library = entry.getValue();
            String version = library.path("version").asText("").replaceFirst("^==", "");
            String key = LockGraph.normal(entry.getKey()) + " " + version;
            List<String> hashes = new ArrayList<>();
            library.path("hashes").forEach(hash -> hashes.add(hash.asText()));
            String marker = library.path("markers").asText("");
            pins.add(new Pinned(
                    entry.getKey(), version, marker.isBlank() ? Optional.empty() : Optional.of(marker), hashes));
            ELSEWHERE.stream().filter(library::has).findFirst().ifPresent(kind -> elsewhere.put(key, kind));
            Optional.ofNullable(sources.get(library.path("index").asText())).ifPresent(url -> indexes.put(key, url));
        }
        return LockedRequirements.of(pins, List.of(), elsewhere, indexes, shown);
    }
}
