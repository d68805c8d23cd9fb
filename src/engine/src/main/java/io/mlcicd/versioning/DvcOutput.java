package io.mlcicd.versioning;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file or folder that DVC records.
 *
 * @param recordedIn the {@code .dvc} file or {@code dvc.lock} that records it
 * @param location where it is in the workspace
 * @param hash its hash; empty where nothing was recorded yet
 * @param remote the DVC remote that has it, where the file names one
 */
record DvcOutput(Path recordedIn, Path location, Optional<DvcHash> hash, Optional<String> remote) {

    /** What brings the recorded content into the workspace. */
    String pulling(Path project) {
        return "dvc pull " + DvcFiles.relative(project, isPointer() ? recordedIn : location);
    }

    boolean isPointer() {
        return recordedIn.getFileName().toString().endsWith(".dvc");
    }
}
