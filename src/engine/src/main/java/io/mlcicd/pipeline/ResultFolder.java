package io.mlcicd.pipeline;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.drift.StoredProfile;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The newest result document of each stage, and the champion's evaluation, in the project's state folder. */
final class ResultFolder {

    private static final String LAST_DRIFT = "last-drift.json";

    private final Path folder;
    private final AcceptedProfiles accepted;

    ResultFolder(Path stateFolder) {
        this.folder = stateFolder.resolve("results");
        this.accepted = new AcceptedProfiles(folder.resolve("accepted"));
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

    /** Where a file beside the documents is, whether or not there is one. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Removes a file beside the documents. */
    void forget(Path file) {
        delete(file);
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
        return accepted.last(dataSet);
    }

    /** The profiles of a data set as they were last accepted, newest first, none twice; at most so many. */
    List<StoredProfile> acceptedHistory(String dataSet, int most) {
        return accepted.last(dataSet, most);
    }

    /** Makes a profile that which later data of the same name are compared with. */
    void accept(DataProfile profile) {
        accepted.accept(profile, Instant.now());
    }

    /**
     * What a new model is compared with: the model that was released last or, while none was, the one whose evaluation was
     * accepted last. One of another task is none, for the model has become another.
     */
    Optional<ChampionSource> champion(Model model) {
        return Stream.of(championFile(), acceptedEvaluation())
                .filter(Files::exists)
                .filter(document -> ofSameTask(document, model))
                .findFirst()
                .map(document -> champion(
                        document,
                        document.equals(championFile())
                                ? "the evaluation of the released model"
                                : "the evaluation that was accepted last"));
    }

    private static boolean ofSameTask(Path document, Model model) {
        try {
            Optional<Task> theirs = ResultDocuments.read(document).model().flatMap(Model::task);
            return theirs.isEmpty() || model.task().isEmpty() || theirs.equals(model.task());
        } catch (InvalidInputException e) {
            // The evaluation itself tells what is wrong with the document when it is read as the champion's.
            return true;
        }
    }

    /** That evaluation, with its predictions where they were kept. */
    private ChampionSource champion(Path document, String title) {
        Optional<DataSource> predictions = predictionsOf(document)
                .map(digest -> EvaluateModel.keptPredictions(predictionsFolder(), digest))
                .filter(Files::exists)
                .map(file -> FileSource.below(
                        predictionsFolder(),
                        "championPredictions",
                        file.getFileName().toString(),
                        Optional.empty(),
                        ReadOptions.SNIFFED));
        return new ChampionSource(Optional.of(document), predictions, true, Optional.of(title));
    }

    /** Takes in a champion that is known elsewhere. */
    ChampionSource adopt(KnownChampion known) {
        AtomicFiles.write(adoptedEvaluation(), known.document());
        predictionsOf(adoptedEvaluation()).ifPresent(digest -> {
            Path kept = EvaluateModel.keptPredictions(predictionsFolder(), digest);
            if (!Files.exists(kept)) {
                known.predictions().ifPresent(bytes -> AtomicFiles.write(kept, out -> out.write(bytes)));
            }
        });
        return champion(adoptedEvaluation(), known.title());
    }

    /** The evaluation of the model that is in use; empty when there is none of that model's task. */
    Optional<Path> acceptedDocument(Model model) {
        return champion(model).flatMap(ChampionSource::document);
    }

    /** The newest drift check, of an earlier run too. */
    Optional<Path> lastDrift() {
        return Optional.of(folder.resolve(LAST_DRIFT)).filter(Files::exists);
    }

    /** Makes the newest drift check the one that the next counts on from; a run that begins does not forget it. */
    void rememberDrift() {
        copy(file(Stage.DRIFT), folder.resolve(LAST_DRIFT));
    }

    /** The predictions that the newest evaluation kept. */
    Optional<Path> keptPredictions() {
        return predictionsOf(file(Stage.EVALUATE))
                .map(digest -> EvaluateModel.keptPredictions(predictionsFolder(), digest))
                .filter(Files::exists);
    }

    private Path adoptedEvaluation() {
        return folder.resolve("adopted-evaluation.json");
    }

    /** Makes the newest evaluation that which later ones are compared with as long as no model is released. */
    void acceptEvaluation() {
        copy(file(Stage.EVALUATE), acceptedEvaluation());
    }

    /** Where evaluations keep predictions, by the digest of the file that they came from. */
    Path predictionsFolder() {
        return folder.resolve("predictions");
    }

    /** Removes kept predictions that no evaluation refers to any more. */
    void forgetPredictions() {
        Set<String> used = new HashSet<>();
        Stream.concat(
                        Stream.of(file(Stage.EVALUATE), acceptedEvaluation(), adoptedEvaluation(), championFile()),
                        list(folder.resolve("released")).stream())
                .filter(Files::exists)
                .forEach(document -> predictionsOf(document)
                        .map(digest -> EvaluateModel.keptPredictions(predictionsFolder(), digest)
                                .getFileName()
                                .toString())
                        .ifPresent(used::add));
        for (Path kept : list(predictionsFolder())) {
            if (!used.contains(kept.getFileName().toString())) {
                delete(kept);
            }
        }
    }

    private static Optional<Digest> predictionsOf(Path document) {
        try {
            return ResultDocuments.read(document).inputs().stream()
                    .filter(input -> input.name().equals("predictions"))
                    .map(Artifact::digest)
                    .findFirst();
        } catch (InvalidInputException e) {
            // The evaluation itself tells what is wrong with the document when it is read as the champion's.
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private Path acceptedEvaluation() {
        return folder.resolve("accepted-evaluation.json");
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
        delete(file(stage));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private Path released(Digest model) {
        return folder.resolve("released").resolve(model.abbreviated() + ".json");
    }

    private Path championFile() {
        return folder.resolve("champion.json");
    }
}
