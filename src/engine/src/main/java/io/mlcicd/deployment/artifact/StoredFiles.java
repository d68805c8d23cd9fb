package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.artifact.ModelVersion.VersionFile;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a version that was published in a folder or a registry. */
record StoredFiles(ModelVersion version, VersionStore store) implements PulledFolder.Contents {

    @Override
    public Digest digest() {
        return version.digest();
    }

    @Override
    public boolean isIn(Path folder) throws IOException {
        List<VersionFile> files = version.content().files();
        if (Digests.filesBelow(folder).size() != files.size()) {
            return false;
        }
        for (VersionFile file : files) {
            Path path = folder.resolve(file.path());
            if (!Files.isRegularFile(path) || !Digests.of(path).equals(file.digest())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void writeTo(Path folder, Progress progress) throws InterruptedException {
        store.fetch(version, folder, progress);
    }
}
