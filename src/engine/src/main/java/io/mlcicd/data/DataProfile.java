package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import java.util.List;
import java.util.Optional;

/**
 * A compact summary of a data set that stands in for it: contracts are inferred from it, and drift compares two of them.
 *
 * @param schemaVersion version of the profile's JSON Schema, {@value #SCHEMA_VERSION} for profiles made now
 * @param name what the data set is to the pipeline, such as {@code train}
 * @param sources the files it sums up, by content; more than one after a merge, none when they were not digested
 * @param rows number of rows
 * @param columns one profile for each column, in the columns' order
 */
public record DataProfile(
        String schemaVersion, String name, List<Artifact> sources, long rows, List<ColumnProfile> columns) {

    /** The version of the profile's schema that this code writes. */
    public static final String SCHEMA_VERSION = "1.0";

    public DataProfile {
        sources = List.copyOf(sources);
        columns = List.copyOf(columns);
    }

    /** The profile of the column of that exact name, if there is one. */
    public Optional<ColumnProfile> find(String column) {
        return columns.stream().filter(profile -> profile.name().equals(column)).findFirst();
    }

    /** The share of all cells that are null, 0 to 1; 0 for a data set without cells. */
    public double nullShare() {
        long cells = rows * columns.size();
        long nulls = columns.stream().mapToLong(ColumnProfile::nulls).sum();
        return cells == 0 ? 0 : (double) nulls / cells;
    }

    /** The same profile, with the files it was computed from. */
    public DataProfile withSources(List<Artifact> files) {
        return new DataProfile(schemaVersion, name, files, rows, columns);
    }
}
