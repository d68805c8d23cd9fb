package io.mlcicd.lineage;

import java.util.Optional;

/**
 * A version of data as DVC names it.
 *
 * @param file the file that records it, a {@code .dvc} file or {@code dvc.lock}, relative to the project
 * @param hash algorithm and hash as DVC writes them, such as {@code md5:054d30773552f5a25613c5e9b93611d0.dir}
 * @param remote the address of the DVC remote that has it, without credentials, else the remote's name; empty when none is
 *     configured
 */
public record DvcVersion(String file, String hash, Optional<String> remote) {}
