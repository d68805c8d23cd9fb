package io.mlcicd.drift;

import io.mlcicd.data.DataSource;
import java.nio.file.Path;

/** One of the two data sets that are compared. */
public sealed interface DriftSide {

    /** The data themselves. */
    record Raw(DataSource source) implements DriftSide {}

    /**
     * A stored profile that stands in for the data, so that they need not be read again.
     *
     * @param path the profile's JSON file
     * @param shown the path as the user wrote it
     */
    record Profile(Path path, String shown) implements DriftSide {}
}
