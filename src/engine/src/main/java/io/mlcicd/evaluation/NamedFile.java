package io.mlcicd.evaluation;

import java.nio.file.Path;

/**
 * A file that is read whole.
 *
 * @param path where it is
 * @param shown as the user wrote it, for messages and documents
 */
public record NamedFile(Path path, String shown) {}
