package io.jenkins.plugins.mlcicd.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.MlflowMetrics;
import io.mlcicd.report.ModelCard;
import io.mlcicd.report.PullRequestSummary;
import java.util.List;
import java.util.Optional;

/** What a build's documents can be taken away as; drawn anew each time, so old builds have them, too. */
enum Downloads {
    MODEL_CARD("model-card.md", "text/markdown;charset=UTF-8"),
    MODEL_CARD_PAGE("model-card.html", "text/html;charset=UTF-8"),
    SUMMARY("summary.md", "text/markdown;charset=UTF-8"),
    METRICS("metrics.json", "application/json;charset=UTF-8");

    private final String file;
    private final String type;

    Downloads(String file, String type) {
        this.file = file;
        this.type = type;
    }

    String file() {
        return file;
    }

    String type() {
        return type;
    }

    static Optional<Downloads> of(String file) {
        for (Downloads each : values()) {
            if (each.file.equals(file)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Those that make sense of these stages: a card and metrics are of an evaluation. */
    static List<Downloads> of(List<StageSummary> stages) {
        return stages.stream().anyMatch(stage -> stage.getStage().equals(Stage.EVALUATE.key()))
                ? List.of(values())
                : List.of(SUMMARY);
    }

    /** The content. */
    String draw(List<Result<JsonNode>> documents) {
        return switch (this) {
            case MODEL_CARD -> ModelCard.markdown(documents);
            case MODEL_CARD_PAGE -> ModelCard.html(documents);
            case SUMMARY -> PullRequestSummary.markdown(documents);
            case METRICS -> MlflowMetrics.json(documents);
        };
    }
}
