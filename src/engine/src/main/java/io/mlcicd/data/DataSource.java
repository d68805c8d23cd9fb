package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A data set, wherever it is kept. */
public sealed interface DataSource permits FileSource, DatabaseSource, ClusterSource {

    /** What it is to the pipeline, such as {@code train}. */
    String name();

    /** Where it is kept as the user wrote it, for messages and documents; never a secret. */
    String shown();

    /** Whether the source holds texts alone, so that a column's type is our reading of them and not its writer's word. */
    boolean saysNothingOfTypes();

    /**
     * Refuses data sets that results could not tell apart.
     *
     * @throws InvalidInputException when two have the same name
     */
    static void requireOwnNames(List<DataSource> sources) {
        Set<String> names = new HashSet<>();
        for (DataSource source : sources) {
            if (!names.add(source.name())) {
                throw new InvalidInputException(
                        "two data sets are called '%s'; give each its own name".formatted(source.name()));
            }
        }
    }

    /** The file or folder at this path, in the format and form that it tells by itself. */
    static DataSource of(String name, Path path) {
        return new FileSource(name, path.toString(), path.toString(), Optional.empty(), ReadOptions.SNIFFED);
    }
}
