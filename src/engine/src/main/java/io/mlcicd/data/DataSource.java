package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A data set.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param path the file to read
 * @param shown the path as the user wrote it, for messages and documents
 * @param format how it is written
 */
public record DataSource(String name, Path path, String shown, Format format) {

    /**
     * Refuses data sets that results could not tell apart.
     *
     * @throws InvalidInputException when two have the same name
     */
    public static void requireOwnNames(List<DataSource> sources) {
        Set<String> names = new HashSet<>();
        for (DataSource source : sources) {
            if (!names.add(source.name())) {
                throw new InvalidInputException(
                        "two data sets are called '%s'; give each its own name".formatted(source.name()));
            }
        }
    }

    /**
     * The data set by its content.
     *
     * @throws InvalidInputException when it cannot be read
     */
    public Artifact artifact() {
        try {
            return Digests.artifact(name, shown, path);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }

    /** A data set in the format that the file's name tells. */
    public static DataSource of(String name, Path path) {
        return new DataSource(name, path, path.toString(), Format.ofFileName(path.toString()));
    }
}
