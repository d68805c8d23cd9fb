package io.mlcicd.lineage;

/**
 * A file or folder by its content.
 *
 * @param name what it is to the pipeline: {@code train}, {@code current}, {@code predictions}, {@code contract}, ...
 * @param path where it was read, as the user named it, with forward slashes
 * @param digest digest of the content; of a folder, see {@link Digests#of(java.nio.file.Path)}
 * @param bytes its size in bytes
 */
public record Artifact(String name, String path, Digest digest, long bytes) {}
