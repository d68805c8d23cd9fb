package io.mlcicd.deployment;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A release as it is kept: a copy of the model and its files that nobody changes any more, laid out as in the project, or
 * for an image the note of which one it is.
 *
 * @param id the first twelve digits of the content's digest
 * @param folder where it is kept
 * @param model the model, by content
 * @param modelPath the model's file or folder, relative to the folder
 * @param image the image; empty for files
 */
record Release(String id, Path folder, Artifact model, String modelPath, Optional<ImageContent> image) {

    private static final String NOTES = "notes";

    /** What a release is made of besides its files, as it is kept beside them. */
    record Note(Artifact model, String modelPath, Optional<ImageContent> image) {}

    /** Keeps what the files of a release do not tell. */
    void note() {
        AtomicFiles.write(noteOf(folder), Json.write(new Note(model, modelPath, image)));
    }

    /** Apart from the folder, for what is in that decides the release's id. */
    private static Path noteOf(Path folder) {
        return folder.getParent().resolveSibling(NOTES).resolve(folder.getFileName() + ".json");
    }

    /** Removes the note of a release that is removed. */
    static void forget(Path folder) {
        ReleaseFolders.remove(noteOf(folder));
    }

    /**
     * A release that is kept.
     *
     * @param modelPath where the model is in a release that was kept without a note
     * @throws InvalidInputException when there is none of that id
     */
    static Release kept(DeploymentHome home, String id, String modelPath) {
        Path folder = home.releases().resolve(id);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("the deployment '" + home.name() + "' keeps no release " + id);
        }
        if (Files.exists(noteOf(folder))) {
            Note kept = Json.mapper().convertValue(Json.read(noteOf(folder)), Note.class);
            return new Release(id, folder, kept.model(), kept.modelPath(), kept.image());
        }
        try {
            Artifact model = Digests.artifact("model", modelPath, folder.resolve(modelPath));
            return new Release(id, folder, model, modelPath, Optional.empty());
        } catch (IOException e) {
            throw new OutsideSystemException("release " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * This release, run as a request says.
     *
     * @param approvedBy who approved that
     */
    NewRelease toRun(DeploymentRequest request, Optional<String> approvedBy) {
        return new NewRelease(
                id,
                model,
                image.isPresent() ? Optional.empty() : Optional.of(folder),
                modelPath,
                image.map(ImageContent::reference),
                image.flatMap(ImageContent::archive),
                request.command(),
                request.env(),
                request.health(),
                approvedBy);
    }
}
