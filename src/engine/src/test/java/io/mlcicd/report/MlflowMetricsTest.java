package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlflowMetricsTest {

    @Test
    void metricsAreFlatWithTheLimitsOfTheirIntervalsBeside() throws Exception {
        JsonNode metrics = Json.mapper().readTree(MlflowMetrics.json(EvaluationDocuments.binary()));

        assertThat(metrics.path("rows").asDouble()).isEqualTo(1500);
        assertThat(metrics.path("accuracy").asDouble()).isEqualTo(0.8452);
        assertThat(metrics.path("accuracy.lower95").asDouble()).isEqualTo(0.8);
        assertThat(metrics.path("accuracy.upper95").asDouble()).isEqualTo(0.889);
        assertThat(metrics.has("f1.lower95")).isFalse();
        metrics.forEach(value -> assertThat(value.isNumber()).isTrue());
    }

    @Test
    void theirPercentageIsTheDocuments() {
        assertThat(MlflowMetrics.json(EvaluationDocuments.multiclass())).contains("\"f1.fog.lower90\"");
    }

    @Test
    void namesAreLegalAndNoneIsLost() throws Exception {
        JsonNode metrics = Json.mapper()
                .readTree(MlflowMetrics.json(EvaluationDocuments.of(
                        "ranking",
                        "PASSED",
                        "{ \"ndcg@10\": 0.5, \"recall.<a>\": 1, \"recall.(a)\": 2, \"a/../b\": 3, \"\": 4, \"Größe\": 5 }",
                        "[]",
                        "{ \"task\": \"ranking\", \"rows\": 3 }")));

        assertThat(metrics.path("ndcg_at_10").asDouble()).isEqualTo(0.5);
        assertThat(metrics.path("recall._a_").asDouble()).isEqualTo(1);
        assertThat(metrics.path("recall._a__2").asDouble()).isEqualTo(2);
        assertThat(metrics.path("Größe").asDouble()).isEqualTo(5);
        assertThat(metrics).hasSize(6);
        metrics.fieldNames()
                .forEachRemaining(name -> assertThat(name)
                        .matches("(?U)[/\\w.\\- :]{1,250}")
                        .doesNotContain("/../", "//")
                        .doesNotStartWith("/")
                        .doesNotEndWith("/"));
    }

    @Test
    void longNamesAreShortenedAndStayApart() throws Exception {
        String name = "x".repeat(300);
        JsonNode metrics = Json.mapper()
                .readTree(MlflowMetrics.json(EvaluationDocuments.of(
                        "binary",
                        "PASSED",
                        "{ \"%sa\": 1, \"%sb\": 2 }".formatted(name, name),
                        "[]",
                        "{ \"task\": \"binary\", \"rows\": 3 }")));

        assertThat(metrics).hasSize(2);
        metrics.fieldNames().forEachRemaining(each -> assertThat(each.length()).isLessThanOrEqualTo(250));
    }

    @Test
    void metricsOfOtherStagesStandAfterTheStage() {
        assertThat(MlflowMetrics.json(List.of(EvaluationDocuments.parse("""
                        { "schemaVersion": "1.0", "stage": "package", "tool": { "name": "ml-cicd", "version": "1" },
                          "verdict": "PASSED", "started": "2026-11-25T17:00:00Z", "seconds": 1, "inputs": [],
                          "metrics": { "image.bytes": 12 }, "gates": [], "lineage": { "data": [] }, "details": {} }
                        """))))
                .contains("\"package.image.bytes\" : 12.0");
    }
}
