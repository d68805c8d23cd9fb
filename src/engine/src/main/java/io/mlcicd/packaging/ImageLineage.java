package io.mlcicd.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.ImageRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Parameters;
import io.mlcicd.lineage.Training;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The lineage that an image carries in its label {@value #LABEL}. */
public final class ImageLineage {

    /** The label's name; its value is a lineage record as compact JSON. */
    public static final String LABEL = "io.mlcicd.lineage";

    private ImageLineage() {}

    /**
     * Reads the lineage out of an image's tarball, completed by the image's own name and digest.
     *
     * @return empty when the image carries none
     * @throws InvalidInputException when the file is no such tarball, or the label no lineage
     */
    public static Optional<LineageRecord> read(Path tarball) {
        try {
            ImageTarball image = ImageTarball.open(tarball);
            return of(image.labels()).map(record -> record.withImage(new ImageRef(image.name(), image.digest())));
        } catch (IOException e) {
            throw new InvalidInputException(tarball + " is not the tarball of an OCI image: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the lineage out of an image's labels.
     *
     * @return empty when they hold none
     * @throws InvalidInputException when the label is no lineage
     */
    public static Optional<LineageRecord> of(Map<String, String> labels) {
        String label = labels.get(LABEL);
        if (label == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(label, LineageRecord.class));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "the image's label %s is not a lineage record: %s".formatted(LABEL, e.getOriginalMessage()), e);
        }
    }

    /** The label's value. */
    static String label(LineageRecord record) {
        try {
            return Json.mapper()
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(reproducible(record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a lineage record must serialize", e);
        }
    }

    /**
     * The record without anything that differs between two runs on the same input or between two machines: times,
     * the evaluation's digest (its document holds times), the branch, folders and environment of this machine, where an
     * earlier image went.
     */
    private static LineageRecord reproducible(LineageRecord record) {
        return new LineageRecord(
                record.data().stream().map(ImageLineage::withoutFolder).toList(),
                record.commit().map(ImageLineage::withoutPlace),
                record.training().map(Training::withoutTime),
                record.model().map(ImageLineage::withoutFolder),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                record.parameters().map(Parameters::withoutFiles),
                Optional.empty());
    }

    private static GitCommit withoutPlace(GitCommit commit) {
        return new GitCommit(
                commit.sha(), Optional.empty(), commit.dirty(), commit.remote().flatMap(SourceUrl::of));
    }

    private static Artifact withoutFolder(Artifact artifact) {
        boolean absolute = artifact.path().startsWith("/") || artifact.path().matches("[A-Za-z]:/.*");
        String path = absolute ? artifact.path().substring(artifact.path().lastIndexOf('/') + 1) : artifact.path();
        return new Artifact(artifact.name(), path, artifact.digest(), artifact.bytes());
    }
}
