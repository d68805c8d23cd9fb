package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pyproject.toml} (PEP 621, Poetry), {@code poetry.lock} 1.x and 2.x, {@code uv.lock} 1, {@code Pipfile.lock} 6. */
final class LockFiles {

    private LockFiles() {}

    static List<Dependency> project(JsonNode toml, String shown) {
        List<String> lines = new ArrayList<>();
        toml.path("project").path("dependencies").forEach(line -> lines.add(line.asText()));
        List<Dependency> found = new ArrayList<>(Requirements.lines(lines, shown));
        for (Map.Entry<String, JsonNode> entry :
                toml.path("tool").path("poetry").path("dependencies").properties()) {
            if (!entry.getKey().equals("python")) {
                JsonNode value = entry.getValue();
                String wanted = value.isTextual()
                        ? value.asText()
                        : value.path("version").asText("");
                found.add(dependency(entry.getKey(), Optional.empty(), wanted, List.of(), shown));
            }
        }
        return found;
    }

    static List<Dependency> poetry(JsonNode toml, String shown) {
        List<Dependency> found = new ArrayList<>();
        for (JsonNode entry : toml.path("package")) {
            found.add(locked(entry, hashes(entry.path("files"), "hash"), shown));
        }
        return found;
    }

    static List<Dependency> uv(JsonNode toml, String shown) {
        List<Dependency> found = new ArrayList<>();
        for (JsonNode entry : toml.path("package")) {
            // The project itself is listed, too; it comes from no registry.
            boolean own =
                    entry.path("source").has("virtual") || entry.path("source").has("editable");
            if (!own) {
                List<String> hashes = hashes(entry.path("wheels"), "hash");
                JsonNode source = entry.path("sdist").path("hash");
                if (source.isTextual()) {
                    hashes.add(source.asText());
                }
                found.add(locked(entry, hashes, shown));
            }
        }
        return found;
    }

    static List<Dependency> pipfile(JsonNode json, String shown) {
        List<Dependency> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.path("default").properties()) {
            String wanted = entry.getValue().path("version").asText("");
            Optional<String> version = wanted.startsWith("==") ? Optional.of(wanted.substring(2)) : Optional.empty();
            List<String> hashes = new ArrayList<>();
            entry.getValue().path("hashes").forEach(hash -> hashes.add(hash.asText()));
            found.add(dependency(entry.getKey(), version, wanted, hashes, shown));
        }
        return found;
    }

    private static Dependency locked(JsonNode entry, List<String> hashes, String shown) {
        String version = entry.path("version").asText("");
        return dependency(
                entry.path("name").asText(),
                version.isEmpty() ? Optional.empty() : Optional.of(version),
                version.isEmpty() ? "" : "==" + version,
                hashes,
                shown);
    }

    private static List<String> hashes(JsonNode files, String key) {
        List<String> hashes = new ArrayList<>();
        for (JsonNode file : files) {
            if (file.path(key).isTextual()) {
                hashes.add(file.path(key).asText());
            }
        }
        return hashes;
    }

    private static Dependency dependency(
            String name, Optional<String> version, String wanted, List<String> hashes, String shown) {
        return new Dependency(name, version, wanted, "pypi", hashes, shown);
    }
}
