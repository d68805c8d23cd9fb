package io.mlcicd.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/** Stored profiles: JSON that keeps {@code profile.schema.json}. */
public final class DataProfiles {

    private static final String SCHEMA = "profile.schema.json";

    private DataProfiles() {}

    /** Writes the profile in one step; see {@link AtomicFiles}. */
    public static void write(DataProfile profile, Path file) {
        AtomicFiles.write(file, Json.write(profile));
    }

    /**
     * Reads a profile.
     *
     * @throws InvalidInputException when the file is missing, is not JSON, or is no profile
     */
    public static DataProfile read(Path file) {
        JsonNode tree = Json.read(file);
        List<JsonSchemas.Violation> violations = JsonSchemas.check(SCHEMA, tree);
        if (!violations.isEmpty()) {
            JsonSchemas.Violation first = violations.get(0);
            throw new InvalidInputException(
                    "%s is not a data profile of ml-cicd: %s %s; write one with `mlcicd profile`"
                            .formatted(file, first.pointer(), first.message()));
        }
        try {
            return Json.mapper().treeToValue(tree, DataProfile.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    file + " is not a data profile this version can read: " + e.getOriginalMessage(), e);
        }
    }
}
