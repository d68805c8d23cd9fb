package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a model: its files and where they come from. The same files with the same origin are the same version
 * wherever they are published.
 *
 * @param digest by which everybody knows it: of the manifest in the OCI form, which names everything else by digest
 * @param content what it holds
 */
public record ModelVersion(Digest digest, Content content) {

    /**
     * What a version holds, as its configuration has it.
     *
     * @param model the model's name
     * @param release the release that it was published from: twelve digits of its content's digest
     * @param modelPath the model's file or folder among the files
     * @param modelDigest the model's own digest (see {@link io.mlcicd.lineage.Digests#of(java.nio.file.Path)})
     * @param commit the code that made it
     * @param data the data that made it, digests by name
     * @param files all files, sorted by path
     */
    public record Content(
            String model,
            String release,
            String modelPath,
            Digest modelDigest,
            Optional<String> commit,
            Map<String, Digest> data,
            List<VersionFile> files) {

        public Content {
            data = Collections.unmodifiableMap(new TreeMap<>(data));
            files = List.copyOf(files);
        }

        /** The size of all files together. */
        public long bytes() {
            return files.stream().mapToLong(VersionFile::size).sum();
        }
    }

    /**
     * One file.
     *
     * @param path relative, with forward slashes
     * @param digest of its content
     * @param size in bytes
     * @param executable whether it may be run
     */
    public record VersionFile(String path, Digest digest, long size, boolean executable) {}
}
