package io.mlcicd.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void metricsAreTheSameUpToRoundingAndAMissingOneIsNot() throws Exception {
        JsonNode mine = Json.mapper().readTree("{\"accuracy\": 0.75, \"rocAuc\": 0.9, \"rows\": 3}");
        JsonNode theirs = Json.mapper().readTree("{\"accuracy\": 0.7500000000001, \"rocAuc\": 0.90001, \"f1\": 0.5}");

        assertThat(Differences.between(mine, theirs)).containsExactly("rocAuc", "f1");
    }
}
