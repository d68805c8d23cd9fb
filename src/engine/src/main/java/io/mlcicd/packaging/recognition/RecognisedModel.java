package io.mlcicd.packaging.recognition;

import java.util.List;
import java.util.Map;

/**
 * What a model is, as its own files tell.
 *
 * @param kind the kind of model
 * @param file the file that told, relative to the project's folder; empty when the kind is unknown
 * @param versions of format, library and producer, by name
 * @param signature inputs and outputs
 * @param external files with weights that an ONNX model keeps outside of its own, relative to the project's folder
 * @param dependencies what the files beside the model and in the project's folder declare
 * @param dependencyFiles those files, relative to the project's folder
 * @param notes one sentence for each file that could not be read as what it claims to be
 */
public record RecognisedModel(
        ModelKind kind,
        String file,
        Map<String, String> versions,
        Signature signature,
        List<String> external,
        List<Dependency> dependencies,
        List<String> dependencyFiles,
        List<String> notes) {

    public RecognisedModel {
        versions = versions == null ? Map.of() : versions;
        signature = signature == null ? Signature.NONE : signature;
        external = external == null ? List.of() : List.copyOf(external);
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
        dependencyFiles = dependencyFiles == null ? List.of() : List.copyOf(dependencyFiles);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }
}
