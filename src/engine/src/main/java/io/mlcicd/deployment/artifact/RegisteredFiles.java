package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.ModelVersion;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a version in MLflow's model registry.
 *
 * @param digest what they were when they were registered
 */
record RegisteredFiles(ModelVersion version, Digest digest, MlflowArtifacts artifacts)
        implements PulledFolder.Contents {

    @Override
    public boolean isIn(Path folder) throws IOException {
        return Digests.of(folder).equals(digest);
    }

    @Override
    public void writeTo(Path folder, Progress progress) throws IOException, InterruptedException {
        artifacts.download(version, folder, progress);
        Digest found = Digests.of(folder);
        if (!found.equals(digest)) {
            throw new OutsideSystemException(
                    ("the files of version %s of '%s' are not those that were registered: they are %s, and its tag says"
                                    + " %s; nothing was put into place, for somebody has changed them")
                            .formatted(version.version(), version.name(), found, digest));
        }
    }
}
