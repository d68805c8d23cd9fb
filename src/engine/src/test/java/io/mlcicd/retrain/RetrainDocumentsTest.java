package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is read out of result documents, old ones among them. */
class RetrainDocumentsTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static Result<JsonNode> drift(String retrain) throws Exception {
        String artifact =
                "{\"name\": \"current\", \"path\": \"c.csv\", \"digest\": \"%s\", \"bytes\": 1}".formatted(DIGEST);
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "drift", "tool": {"name": "ml-cicd", "version": "0"},
                  "verdict": "UNSTABLE", "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [%1$s],
                  "metrics": {"drift.share": 0.6, "performance.accuracy": 0.8},
                  "gates": [{"metric": "drift.share", "comparison": "MAX", "threshold": 0.3, "criticality": "UNSTABLE",
                             "actual": 0.6, "outcome": "FAILED", "message": "drift.share is 0.6"}],
                  "lineage": {"data": [%1$s]},
                  "details": {
                    "current": {"name": "current", "path": "c.csv", "profile": false, "rows": 12},
                    "columns": [{"name": "wind", "drifted": true, "message": "PSI is 0.3"}, {"name": "rain", "drifted": false}],
                    "missing": [{"name": "fog", "type": "text", "missingFrom": "current"}],
                    "retrain": %2$s
                  }
                }
                """.formatted(artifact, retrain));
        return ResultDocuments.of(document, "the test's document", JsonNode.class);
    }

    @Test
    void readsWhatADriftCheckFound() throws Exception {
        Monitoring monitoring =
                RetrainDocuments.monitoring(drift("{\"recommended\": true, \"reasons\": [\"drift.share is 0.6\"]}"));

        assertThat(monitoring.driftShare()).hasValue(0.6);
        assertThat(monitoring.performance()).containsEntry("accuracy", 0.8);
        assertThat(monitoring.drifted())
                .containsEntry("wind", "PSI is 0.3")
                .containsEntry("fog", "the current data do not have it")
                .doesNotContainKey("rain");
        assertThat(monitoring.inputs()).containsEntry("current", DIGEST);
        assertThat(monitoring.asks())
                .containsExactly(new Monitoring.Ask(Condition.DRIFT, "drift.share", "drift.share is 0.6"));
    }

    @Test
    void whatTheFileConcludedCountsUnderItsOwnCondition() throws Exception {
        Result<JsonNode> document = drift("""
                {"recommended": true, "approval": "required", "reasons": ["accuracy fell"], "conditions": [
                  {"condition": "performance", "state": "holds", "message": "accuracy fell", "evidence": "performance-1"},
                  {"condition": "drift", "state": "told", "message": "drift.share is 0.6", "evidence": "drift-1"}]}
                """);

        RetrainAdvice byDrift =
                RetrainPolicy.BY_GATES.advise(RetrainEvidence.of(RetrainDocuments.monitoring(document)), NOW);
        RetrainAdvice byPerformance = RetrainSpecTest.of(null, Condition.PERFORMANCE)
                .policy()
                .advise(RetrainEvidence.of(RetrainDocuments.monitoring(document)), NOW);

        assertThat(byDrift.recommended()).isFalse();
        assertThat(byPerformance.reasons()).containsExactly("accuracy fell");
        assertThat(byPerformance.approval()).isEqualTo(Approval.REQUIRED);
    }

    @Test
    void conditionsOfALaterVersionDoNotHideWhatWasConcluded() throws Exception {
        RetrainAdvice advice = RetrainDocuments.advice(drift("""
                {"recommended": true, "reasons": ["the moon is full"],
                 "conditions": [{"condition": "moon", "state": "holds", "message": "the moon is full"}]}
                """));

        assertThat(advice.recommended()).isTrue();
        assertThat(advice.reasons()).containsExactly("the moon is full");
    }

    @Test
    void readsTheDataWithTheirRows() throws Exception {
        assertThat(RetrainDocuments.data(drift("{\"recommended\": false, \"reasons\": []}")))
                .containsEntry("current", new DataState(DIGEST, OptionalLong.of(12)));
    }

    @Test
    void aContentCheckAsksForNothing() throws Exception {
        assertThat(RetrainDocuments.monitoring(drift("{\"recommended\": false, \"reasons\": []}"))
                        .asks())
                .isEqualTo(List.of());
    }
}
