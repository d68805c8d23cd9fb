package io.mlcicd.deployment.artifact;

import java.nio.file.Path;

/**
 * A folder on a disk that publishers and applications share, laid out as an OCI image layout (image-layout.md of the OCI
 * image specification 1.1).
 *
 * @param folder the folder; made when something is published
 */
public record FolderPlace(Path folder) implements ArtifactPlace {

    public FolderPlace {
        folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String reference(String name) {
        return folder + ":" + name;
    }

    @Override
    public VersionStore open() {
        return new OciStore(new FolderBlobs(folder), folder.toString());
    }
}
