package io.mlcicd.versioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@code dvc.yaml}. Source: the reference of DVC 3.64, "dvc.yaml": {@code metrics} at the top level and of each stage, as a
 * path or as a path with options.
 */
public final class DvcPipeline {

    private DvcPipeline() {}

    /** Whether a file is one, by its name. */
    public static boolean is(Path file) {
        return file.getFileName() != null && file.getFileName().toString().equals(DvcFiles.PIPELINE);
    }

    /**
     * The metrics files that it lists, relative to its folder, each once in its order; paths that are computed
     * ({@code ${...}}) are left out.
     *
     * @param shown how messages name it
     * @throws InvalidInputException when it is not there or no YAML
     */
    public static List<String> metrics(Path file, String shown) {
        JsonNode content = YamlDocument.parse(file, Path.of(shown)).content();
        Set<String> paths = new LinkedHashSet<>(paths(content.path("metrics"), ""));
        content.path("stages").forEach(stage -> {
            JsonNode written = stage.has("do") ? stage.path("do") : stage;
            paths.addAll(paths(written.path("metrics"), written.path("wdir").asText("")));
        });
        return paths.stream().filter(path -> !path.contains("${")).toList();
    }

    private static List<String> paths(JsonNode list, String folder) {
        List<String> paths = new ArrayList<>();
        for (JsonNode entry : list) {
            String path = entry.isObject() ? entry.fieldNames().next() : entry.asText();
            paths.add(folder.isEmpty() ? path : folder + "/" + path);
        }
        return paths;
    }
}
