package io.mlcicd.pipeline;

import io.mlcicd.config.Project;
import io.mlcicd.data.FileSource;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitRepository;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import io.mlcicd.operation.Stage;
import io.mlcicd.versioning.DvcRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the project's folder tells, right now, of where its model comes from. */
final class ProjectLineage {

    private final Project project;
    private final ResultFolder results;
    private final TrainingContext context;
    private final DvcRepository dvc;

    ProjectLineage(Project project, ResultFolder results) {
        this.project = project;
        this.results = results;
        this.dvc = new DvcRepository(project.folder());
        this.context = new TrainingContext(project, dvc);
    }

    /** Data, commit, training command, model; the evaluation too, when it is one of this very model. */
    LineageRecord known() throws InterruptedException {
        LineageRecord known = LineageRecord.EMPTY.withData(data());
        known = GitRepository.read(project.folder()).map(known::withCommit).orElse(known);
        known = project.trainingCommand()
                .map(command -> new Training(command, OptionalDouble.empty()).withData(project.trainingData()))
                .map(known::withTraining)
                .orElse(known);
        known = known.withEnvironment(context.environment());
        known = context.parameters().map(known::withParameters).orElse(known);
        Optional<Artifact> model = model();
        known = model.map(known::withModel).orElse(known);
        Optional<Artifact> evaluation = evaluation(model);
        return evaluation.isPresent() ? tracked(known).withEvaluation(evaluation.get()) : known;
    }

    /** Where a tracking server keeps this very model, as its evaluation found out. */
    private LineageRecord tracked(LineageRecord known) {
        LineageRecord evaluated = results.lineage(Stage.EVALUATE).orElse(LineageRecord.EMPTY);
        LineageRecord joined = evaluated.registered().map(known::withRegistered).orElse(known);
        return evaluated
                .training()
                .flatMap(Training::run)
                .map(run -> joined.withTraining(known.training()
                        .orElse(new Training(List.of(), OptionalDouble.empty()))
                        .withRun(run)))
                .orElse(joined);
    }

    private List<Artifact> data() {
        List<Artifact> artifacts = new ArrayList<>();
        for (FileSource files : project.dataFiles()) {
            if (files.exists()) {
                Artifact artifact = files.artifact();
                artifacts.add(dvc.version(files.base()).map(artifact::withDvc).orElse(artifact));
            }
            pointer(files).ifPresent(artifacts::add);
        }
        return artifacts;
    }

    /** The file by which DVC points at a data set: it changes with the data, also where these were not pulled. */
    private Optional<Artifact> pointer(FileSource files) {
        String path = files.shown() + ".dvc";
        Path file = project.folder().resolve(path);
        return Files.isRegularFile(file)
                ? Optional.of(Digests.required(files.name() + ".dvc", path, file))
                : Optional.empty();
    }

    private Optional<Artifact> model() {
        return project.modelPath()
                .filter(path -> Files.exists(project.folder().resolve(path)))
                .map(path -> Digests.required("model", path, project.folder().resolve(path)));
    }

    private Optional<Artifact> evaluation(Optional<Artifact> model) {
        Path file = results.file(Stage.EVALUATE);
        if (model.isEmpty() || !Files.exists(file)) {
            return Optional.empty();
        }
        boolean ofThisModel = results.lineage(Stage.EVALUATE)
                .flatMap(LineageRecord::model)
                .filter(evaluated -> evaluated.digest().equals(model.get().digest()))
                .isPresent();
        String shown = project.folder()
                .toAbsolutePath()
                .relativize(file.toAbsolutePath())
                .toString();
        return ofThisModel ? Optional.of(Digests.required("evaluation", shown, file)) : Optional.empty();
    }
}
