package io.mlcicd.mlflow;

import java.util.Optional;

/** A folder of artifacts that a server hands out; paths are relative to it, with forward slashes. */
sealed interface ArtifactPlace permits ProxiedPlace, RunPlace {

    /**
     * Lists a folder.
     *
     * @param path its path; empty for the folder itself
     * @param page what the page before said of the next one
     */
    MlflowAnswer list(String path, Optional<String> page) throws InterruptedException;

    /** What the server calls a folder, before the names of the files in it. */
    String told(String path);

    /** Where a file is. */
    String address(String path);
}
