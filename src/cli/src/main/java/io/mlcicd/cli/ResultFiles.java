package io.mlcicd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.report.MlflowMetrics;
import io.mlcicd.report.ModelCard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the model card and MLflow's metrics where they were asked for. */
final class ResultFiles {

    /** For commands without an evaluation. */
    static final ResultFiles NONE = new ResultFiles(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<Path> card;
    private final Optional<Path> mlflow;
    private final Optional<String> about;

    private ResultFiles(Optional<Path> card, Optional<Path> mlflow, Optional<String> about) {
        this.card = card;
        this.mlflow = mlflow;
        this.about = about;
    }

    /**
     * Reads what is needed to write them, so that a mistake shows before the work and not after it.
     *
     * @throws InvalidInputException when the user's own words cannot be read
     */
    static ResultFiles of(EvaluationOutputs outputs) {
        return new ResultFiles(outputs.card(), outputs.mlflow(), outputs.about());
    }

    /** Writes them, and says which could not be drawn, and why: a run may have failed before its evaluation. */
    Optional<String> write(List<Result<JsonNode>> documents) {
        mlflow.ifPresent(file -> AtomicFiles.write(file, MlflowMetrics.json(documents)));
        if (card.isPresent() && !ModelCard.canBeDrawn(documents)) {
            return Optional.of("no model card, for there is no evaluation to draw it from");
        }
        card.ifPresent(file -> AtomicFiles.write(
                file,
                EvaluationOutputs.isPage(file)
                        ? ModelCard.html(documents, about)
                        : ModelCard.markdown(documents, about)));
        return Optional.empty();
    }
}
