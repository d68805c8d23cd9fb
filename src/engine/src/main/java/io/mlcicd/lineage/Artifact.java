package io.mlcicd.lineage;

import java.util.Optional;

/**
 * A file or folder by its content.
 *
 * @param name what it is to the pipeline: {@code train}, {@code current}, {@code predictions}, {@code contract}, ...
 * @param path where it was read, as the user named it, with forward slashes
 * @param digest digest of the content; of a folder, see {@link Digests#of(java.nio.file.Path)}
 * @param bytes its size in bytes
 * @param dvc how DVC records it; empty when DVC does not, or nobody asked
 */
public record Artifact(String name, String path, Digest digest, long bytes, Optional<DvcVersion> dvc) {

    /** A file or folder of which nothing but its content is known. */
    public Artifact(String name, String path, Digest digest, long bytes) {
        this(name, path, digest, bytes, Optional.empty());
    }

    /** The same, as DVC records it. */
    public Artifact withDvc(DvcVersion version) {
        return new Artifact(name, path, digest, bytes, Optional.of(version));
    }
}
