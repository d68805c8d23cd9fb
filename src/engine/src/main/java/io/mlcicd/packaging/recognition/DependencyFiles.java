package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.TomlDocument;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a project declares that it needs, from the files in which Python projects do so. */
final class DependencyFiles {

    private static final long LARGEST = 1 << 26;

    /** Reads one file's dependencies. */
    @FunctionalInterface
    private interface Reader {
        List<Dependency> read(Path file, String shown) throws IOException;
    }

    private static final Map<String, Reader> READERS = readers();

    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("requirements.txt", (file, shown) -> Requirements.lines(Files.readAllLines(file), shown));
        readers.put("conda.yaml", DependencyFiles::conda);
        readers.put("conda.yml", DependencyFiles::conda);
        readers.put("environment.yaml", DependencyFiles::conda);
        readers.put("environment.yml", DependencyFiles::conda);
        readers.put("python_env.yaml", DependencyFiles::conda);
        readers.put("pyproject.toml", (file, shown) -> LockFiles.project(TomlDocument.read(file, shown), shown));
        readers.put("poetry.lock", (file, shown) -> LockFiles.poetry(TomlDocument.read(file, shown), shown));
        readers.put("uv.lock", (file, shown) -> LockFiles.uv(TomlDocument.read(file, shown), shown));
        readers.put(
                "Pipfile.lock", (file, shown) -> LockFiles.pipfile(Json.mapper().readTree(file.toFile()), shown));
        return readers;
    }

    /**
     * Reads all such files in that folder; files below it are somebody else's.
     *
     * @param project the folder that shown paths are relative to
     */
    void read(Path folder, Path project) throws IOException {
        for (Map.Entry<String, Reader> entry : READERS.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            String shown = project.relativize(file).toString().replace('\\', '/');
            if (!Files.isRegularFile(file) || files.contains(shown)) {
                continue;
            }
            files.add(shown);
            try {
                if (Files.size(file) > LARGEST) {
                    throw new IOException("it is longer than %d bytes".formatted(LARGEST));
                }
                dependencies.addAll(entry.getValue().read(file, shown));
            } catch (JsonProcessingException e) {
                notes.add("%s cannot be read: line %d: %s"
                        .formatted(
                                shown,
                                e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                e.getOriginalMessage()));
            } catch (MalformedInputException e) {
                notes.add(shown + " cannot be read: it is not text in UTF-8");
            } catch (IOException | InvalidInputException e) {
                notes.add("%s cannot be read: %s".formatted(shown, e.getMessage()));
            }
        }
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    List<String> files() {
        return files;
    }

    List<String> notes() {
        return notes;
    }

    /** Conda's environments, and MLflow's, which list what pip installs in the same way. */
    private static List<Dependency> conda(Path file, String shown) {
        JsonNode content = YamlDocument.parse(file).content();
        List<Dependency> found = new ArrayList<>();
        for (JsonNode entry : content.path("dependencies")) {
            if (entry.isTextual()) {
                if (shown.endsWith("python_env.yaml")) {
                    found.addAll(Requirements.lines(List.of(entry.asText()), shown));
                } else {
                    found.add(Requirements.conda(entry.asText(), shown));
                }
            }
            List<String> pip = new ArrayList<>();
            entry.path("pip").forEach(line -> pip.add(line.asText()));
            found.addAll(Requirements.lines(pip, shown));
        }
        return found;
    }
}
