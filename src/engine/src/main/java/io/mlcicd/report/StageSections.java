package io.mlcicd.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.deployment.BatchDetails;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.packaging.PackagingDetails;
import io.mlcicd.pipeline.TrainingDetails;

/** Chooses who draws the details of a stage. */
final class StageSections {

    private StageSections() {}

    static Markup draw(Result<JsonNode> stage) {
        JsonNode details = stage.details();
        return switch (stage.stage()) {
            case VALIDATE -> ValidationSection.draw(bind(details, ValidationDetails.class));
            case PROFILE -> ProfileSection.draw(bind(details, ProfileDetails.class));
            case TRAIN -> TrainingSection.draw(bind(details, TrainingDetails.class));
            case EVALUATE -> EvaluationSection.draw(Evaluation.of(stage));
            case PACKAGE -> PackagingSection.draw(bind(details, PackagingDetails.class));
            case DEPLOY ->
                details.path("target").asText().equals("batch")
                        ? DeploymentSection.draw(bind(details, BatchDetails.class))
                        : DeploymentSection.draw(bind(details, DeploymentDetails.class));
            case DRIFT -> DriftSection.draw(bind(details, DriftDetails.class));
            case RUN -> Markup.NONE;
        };
    }

    /** A document's details. */
    static <D> D bind(JsonNode details, Class<D> type) {
        try {
            return Json.mapper().treeToValue(details, type);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "a result document has details that this version cannot read: " + e.getOriginalMessage(), e);
        }
    }
}
