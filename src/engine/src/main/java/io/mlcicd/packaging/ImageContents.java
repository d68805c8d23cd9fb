package io.mlcicd.packaging;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.signature.SignatureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes into an image.
 *
 * @param model the model by content
 * @param modelFiles the model's files
 * @param files the project's other files, none of them twice or a part of the model or the dependencies
 * @param dependencies the files of the libraries that the model needs, where they lie in the project's folder
 */
record ImageContents(
        Artifact model, List<ProjectFile> modelFiles, List<ProjectFile> files, List<ProjectFile> dependencies) {

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
        List<ProjectFile> dependencies =
                new ArrayList<>(found(request, folder, request.dependencies(), "dependencies"));
        dependencies.removeAll(Set.copyOf(modelFiles));
        List<ProjectFile> files = new ArrayList<>(found(request, folder, request.files(), "files"));
        files.removeAll(Set.copyOf(modelFiles));
        files.removeAll(Set.copyOf(dependencies));
        return new ImageContents(model, modelFiles, List.copyOf(files), List.copyOf(dependencies));
    }

    private static Set<ProjectFile> found(
            PackagingRequest request, ProjectFolder folder, List<String> patterns, String key) throws IOException {
        TreeSet<ProjectFile> files = new TreeSet<>();
        for (String pattern : patterns) {
            for (ProjectFile file : folder.find(pattern, key)) {
                // A tarball left by an earlier run would make each image swallow the one before.
                if (!isOutput(file, request)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static boolean isOutput(ProjectFile file, PackagingRequest request) throws IOException {
        if (request.output().isEmpty()) {
            return false;
        }
        Path output = request.output().get();
        for (String ending : SignatureFiles.ALL) {
            Path written = output.resolveSibling(output.getFileName() + ending);
            if (Files.exists(written) && Files.isSameFile(file.source(), written)) {
                return true;
            }
        }
        return false;
    }

    /** The other files by content, and each folder of dependencies as one. */
    List<Artifact> fileArtifacts(PackagingRequest request) throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        for (String path : request.dependencies()) {
            Path source = request.baseDirectory().resolve(path);
            if (Files.exists(source)) {
                artifacts.add(Digests.artifact("dependencies", path, source));
            }
        }
        for (ProjectFile file : files) {
            artifacts.add(Digests.artifact("file", file.path(), file.source()));
        }
        return List.copyOf(artifacts);
    }
}
