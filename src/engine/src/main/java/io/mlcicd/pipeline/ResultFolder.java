package io.mlcicd.pipeline;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The newest result document of each stage, and the champion's evaluation, in the project's state folder. */
final class ResultFolder {

    private final Path folder;

    ResultFolder(Path stateFolder) {
        this.folder = stateFolder.resolve("results");
    }

    /** Keeps a document as the newest of its stage and returns where it is. */
    Path keep(Result<?> result) {
        Path file = file(result.stage());
        ResultDocuments.write(result, file);
        return file;
    }

    /** Where the newest document of a stage is, whether or not there is one. */
    Path file(Stage stage) {
        return folder.resolve(stage.key() + ".json");
    }

    /** The lineage in the newest document of a stage; empty when there is none, or none that can be read. */
    Optional<LineageRecord> lineage(Stage stage) {
        if (!Files.exists(file(stage))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ResultDocuments.read(file(stage)).lineage());
        } catch (InvalidInputException e) {
            // A document of another version tells this one nothing; the stage that wrote it can be run again.
            return Optional.empty();
        }
    }

    /** The profile of a data set as it was last accepted; empty when it never was, or by another version. */
    Optional<DataProfile> accepted(String dataSet) {
        if (!Files.exists(acceptedFile(dataSet))) {
            return Optional.empty();
        }
        try {
            return Optional.of(DataProfiles.read(acceptedFile(dataSet)));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** Makes a profile that which later data of the same name are compared with. */
    void accept(DataProfile profile) {
        DataProfiles.write(profile, acceptedFile(profile.name()));
    }

    private Path acceptedFile(String dataSet) {
        return folder.resolve("accepted").resolve(URLEncoder.encode(dataSet, StandardCharsets.UTF_8) + ".json");
    }

    /** The evaluation of the model that was released last, if any was. */
    Optional<Path> champion() {
        return Optional.of(championFile()).filter(Files::exists);
    }

    /** Makes the newest evaluation the champion's, for that model has just been released. */
    void crown(Digest model) {
        Path evaluation = file(Stage.EVALUATE);
        copy(evaluation, released(model));
        copy(evaluation, championFile());
    }

    /** Makes the evaluation of a model that was released before the champion's again. */
    void crownAgain(Digest model) {
        if (Files.exists(released(model))) {
            copy(released(model), championFile());
        }
    }

    private static void copy(Path from, Path to) {
        AtomicFiles.write(to, out -> Files.copy(from, out));
    }

    /** Forgets what an earlier run left, so that no stage takes it for this run's. */
    void forget(Stage stage) {
        try {
            Files.deleteIfExists(file(stage));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + file(stage) + ": " + e.getMessage(), e);
        }
    }

    private Path released(Digest model) {
        return folder.resolve("released").resolve(model.abbreviated() + ".json");
    }

    private Path championFile() {
        return folder.resolve("champion.json");
    }
}
