package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.artifact.ModelVersion.Content;
import io.mlcicd.deployment.artifact.ModelVersion.VersionFile;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.ReleaseOrigin;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes versions of releases. */
final class Versions {

    private final DeploymentHome home;
    private final ArtifactSettings settings;

    Versions(DeploymentHome home, ArtifactSettings settings) {
        this.home = home;
        this.settings = settings;
    }

    /** The release's files. */
    static Path folder(NewRelease release) {
        return release.folder()
                .orElseThrow(() -> new InvalidInputException("release " + release.id()
                        + " is an image only; an artifact holds the model's files, so move on from an environment whose"
                        + " target is process or artifact"));
    }

    /** The version that a release is; reads all of its files. */
    ModelVersion of(NewRelease release) {
        Path folder = folder(release);
        try {
            List<VersionFile> files = new ArrayList<>();
            for (Path file : Digests.filesBelow(folder)) {
                files.add(new VersionFile(
                        folder.relativize(file).toString().replace('\\', '/'),
                        Digests.of(file),
                        Files.size(file),
                        Files.isExecutable(file)));
            }
            ReleaseOrigin origin = ReleaseOrigin.of(home, release.id());
            Content content = new Content(
                    settings.model(),
                    release.id(),
                    release.modelPath(),
                    release.model().digest(),
                    origin.commit(),
                    origin.data(),
                    files);
            return new ModelVersion(OciForm.of(content).manifest().digest(), content);
        } catch (IOException e) {
            throw new OutsideSystemException("release " + release.id() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
