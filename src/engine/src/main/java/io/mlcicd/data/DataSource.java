package io.mlcicd.data;

import java.nio.file.Path;

/**
 * A data set.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param path the file to read
 * @param shown the path as the user wrote it, for messages and documents
 * @param format how it is written
 */
public record DataSource(String name, Path path, String shown, Format format) {

    /** A data set in the format that the file's name tells. */
    public static DataSource of(String name, Path path) {
        return new DataSource(name, path, path.toString(), Format.ofFileName(path.toString()));
    }
}
