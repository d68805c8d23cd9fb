package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.strategy.StageReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeploymentSectionTest {

    private static String drawn(Map<String, Double> figures) {
        DeploymentDetails details = new DeploymentDetails(
                "weather",
                "process",
                Optional.empty(),
                "4f3c2a1b0d9e",
                Optional.empty(),
                "http://127.0.0.1:8501",
                Optional.empty(),
                OptionalLong.empty(),
                false,
                true,
                Optional.of("too often wrong"),
                1,
                List.of(),
                "log",
                List.of(),
                "canary",
                List.of(new StageReport(0.3, 2.5, "failed", "live.accuracy is 0.6", figures)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return DeploymentSection.draw(details).toString();
    }

    @Test
    void whatLabelsToldHasColumnsWhereThereWereLabels() {
        assertThat(drawn(Map.of("live.requests", 31.0, "live.labels", 31.0, "live.accuracy", 0.5806)))
                .contains("Requests", "Labels", "Accuracy", "58")
                .doesNotContain("Old accuracy", "Mean absolute error");
        assertThat(drawn(Map.of("live.requests", 31.0))).contains("Requests").doesNotContain("Labels", "Accuracy");
    }
}
