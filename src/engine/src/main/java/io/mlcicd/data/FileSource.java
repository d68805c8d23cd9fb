package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set in files.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param location the file to read
 * @param shown the location as the user wrote it, for messages and documents
 * @param format how it is written, when somebody said so
 * @param read how it is to be read
 */
public record FileSource(String name, String location, String shown, Optional<Format> format, ReadOptions read)
        implements DataSource {

    /** How the files are written: as said, or else as their name tells. */
    Format formatOrNames() {
        return format.orElseGet(() -> Format.ofFileName(location));
    }

    Path path() {
        return Path.of(location);
    }

    /** Whether there is anything to read. */
    public boolean exists() {
        return Files.exists(path());
    }

    @Override
    public boolean saysNothingOfTypes() {
        return formatOrNames() == Format.CSV || formatOrNames() == Format.TSV;
    }

    /**
     * The data set by its content.
     *
     * @throws InvalidInputException when it cannot be read
     */
    public Artifact artifact() {
        try {
            return Digests.artifact(name, shown, path());
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }
}
