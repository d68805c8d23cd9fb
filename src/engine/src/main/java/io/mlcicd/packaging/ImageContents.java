package io.mlcicd.packaging;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What goes into an image.
 *
 * @param model the model by content
 * @param modelFiles the model's files
 * @param files the project's other files, none of them twice or a part of the model
 */
record ImageContents(Artifact model, List<ProjectFile> modelFiles, List<ProjectFile> files) {

    /**
     * Finds everything that the request names.
     *
     * @throws InvalidInputException when something is missing, empty, or outside the project's folder
     */
    static ImageContents of(PackagingRequest request) throws IOException {
        ProjectFolder folder = new ProjectFolder(request.baseDirectory());
        Path modelPath = folder.existing(request.modelPath(), "model");
        String modelName = folder.relative(modelPath);
        if (modelName.isEmpty()) {
            throw new InvalidInputException("model: '%s' is the project's folder itself; name the file or folder in it"
                    .formatted(request.modelPath()));
        }
        List<ProjectFile> modelFiles = folder.everyFileOf(modelPath);
        Artifact model = Digests.artifact("model", modelName, modelPath);
        if (model.bytes() == 0) {
            throw new InvalidInputException("model: '%s' is empty".formatted(request.modelPath()));
        }
        return new ImageContents(model, modelFiles, otherFiles(request, folder, modelFiles));
    }

    private static List<ProjectFile> otherFiles(
            PackagingRequest request, ProjectFolder folder, List<ProjectFile> modelFiles) throws IOException {
        TreeSet<ProjectFile> files = new TreeSet<>();
        for (String pattern : request.files()) {
            for (ProjectFile file : folder.find(pattern, "files")) {
                // A tarball left by an earlier run would make each image swallow the one before.
                if (!isOutput(file, request)) {
                    files.add(file);
                }
            }
        }
        modelFiles.forEach(files::remove);
        return List.copyOf(files);
    }

    private static boolean isOutput(ProjectFile file, PackagingRequest request) throws IOException {
        return request.output().isPresent()
                && Files.exists(request.output().get())
                && Files.isSameFile(file.source(), request.output().get());
    }

    /** The other files by content. */
    List<Artifact> fileArtifacts() throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        for (ProjectFile file : files) {
            artifacts.add(Digests.artifact("file", file.path(), file.source()));
        }
        return List.copyOf(artifacts);
    }
}
