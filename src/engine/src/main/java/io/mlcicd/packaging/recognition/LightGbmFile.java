package io.mlcicd.packaging.recognition;

import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the head of a LightGBM model in text (GBDT::SaveModelToString of LightGBM, versions v2 to v4). */
final class LightGbmFile {

    private static final String FIRST = "tree";
    private static final int MOST_LINES = 64;

    private LightGbmFile() {}

    /**
     * Reads up to the first tree.
     *
     * @return empty for any other file
     */
    static Optional<ModelFacts> read(Path file) throws IOException {
        Map<String, String> head = new TreeMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (!FIRST.equals(reader.readLine())) {
                return Optional.empty();
            }
            String line = reader.readLine();
            for (int i = 0; i < MOST_LINES && line != null && !line.isBlank(); i++) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    head.put(line.substring(0, equals), line.substring(equals + 1));
                }
                line = reader.readLine();
            }
        } catch (MalformedInputException e) {
            return Optional.empty();
        }
        if (!head.containsKey("feature_names")) {
            throw new IOException("its head names no features");
        }
        Map<String, String> versions = new TreeMap<>();
        head.computeIfPresent("version", (key, value) -> put(versions, "format", value));
        head.computeIfPresent("objective", (key, value) -> put(versions, "objective", value));
        List<Field> inputs = new ArrayList<>();
        for (String name : head.get("feature_names").split(" ", -1)) {
            inputs.add(Field.column(name, Optional.empty()));
        }
        List<Field> outputs = List.of(
                new Field("", Optional.of("double"), List.of("?", head.getOrDefault("num_tree_per_iteration", "1"))));
        return Optional.of(new ModelFacts(ModelKind.LIGHTGBM, versions, new Signature(inputs, outputs)));
    }

    private static String put(Map<String, String> versions, String name, String value) {
        versions.put(name, value);
        return value;
    }
}
