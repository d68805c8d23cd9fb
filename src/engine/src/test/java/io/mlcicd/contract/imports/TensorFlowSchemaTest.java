package io.mlcicd.contract.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.Contract;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowSchemaTest {

    /** In the manner of the schema of the tool's Chicago taxi example, with one of each message it may have. */
    private static final String TAXI = """
            # inferred, then curated
            feature {
              name: "payment_type"
              value_count { min: 1 max: 1 }
              type: BYTES
              domain: "payment_type"
              presence { min_fraction: 1.0 min_count: 1 }
              drift_comparator { infinity_norm { threshold: 0.01 } }
              distribution_constraints { min_domain_mass: 0.9 }
            }
            feature {
              name: "second_type" type: BYTES domain: "payment_type"
              presence { min_count: 1 }
            }
            feature <
              name: "trip_miles"; type: FLOAT;
              float_domain { min: 0.0 max: 1e3 disallow_nan: true }
              presence: { min_fraction: 0.75 min_count: 20 }
              skew_comparator { jensen_shannon_divergence { threshold: 0.25 } }
            >
            feature {
              name: "hour" type: INT
              int_domain { name: "hour" min: 0 max: 23 }
              presence { min_fraction: 1 }
              shape { dim { size: 1 } }
              drift_comparator { normalized_abs_difference { threshold: 0.1 } }
            }
            feature {
              name: "floor" type: FLOAT
              float_domain { min: -inf max: 9 }
              presence { min_fraction: 1 }
            }
            feature {
              name: "tips" type: FLOAT
              not_in_environment: "SERVING"
              presence { min_fraction: 1 }
            }
            feature { name: "paid" type: BYTES bool_domain { true_value: "yes" false_value: "no" } presence { min_fraction: 1 } }
            feature { name: "words" type: BYTES value_count { min: 0 max: 5 } presence { min_fraction: 0 } }
            feature { name: "grid" type: INT shape { dim { size: 2 } } group_presence { required: true } }
            string_domain {
              name: "payment_type"
              value: "Cash" value: 'Credit' ' Card' value: "Troms\\303\\270" value: "a\\"b"
            }
            default_environment: ["TRAINING", "SERVING"]
            dataset_constraints { min_examples_count: 10 num_examples_drift_comparator { min_fraction_threshold: 1 } }
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("taxi.pbtxt"), text);
    }

    @Test
    void theSchemaIsCarried() throws IOException {
        JsonNode contract = ContractImport.read(file(TAXI)).orElseThrow().content();

        JsonNode columns = contract.path("columns");
        assertThat(columns.path("payment_type").path("checks").path(1).path("values"))
                .extracting(JsonNode::asText)
                .containsExactly("Cash", "Credit Card", "Tromsø", "a\"b");
        assertThat(columns.path("payment_type")
                        .path("checks")
                        .path(1)
                        .path("mostly")
                        .asDouble())
                .isEqualTo(0.9);
        assertThat(columns.path("payment_type")
                        .path("checks")
                        .path(0)
                        .path("distribution")
                        .path("max")
                        .asDouble())
                .isEqualTo(0.01);
        assertThat(columns.path("second_type").path("values")).hasSize(4);
        assertThat(columns.path("second_type").has("maxNullShare")).isFalse();
        assertThat(columns.path("trip_miles").path("maxNullShare").asDouble()).isEqualTo(0.25);
        assertThat(columns.path("trip_miles").path("max").asDouble()).isEqualTo(1000);
        assertThat(columns.path("hour").path("max").asInt()).isEqualTo(23);
        assertThat(columns.path("floor").has("min")).isFalse();
        assertThat(columns.path("floor").path("max").asInt()).isEqualTo(9);
        assertThat(columns.path("tips").path("required").asBoolean(true)).isFalse();
        assertThat(columns.path("paid").path("values"))
                .extracting(JsonNode::asText)
                .containsExactly("yes", "no");
        assertThat(contract.path("rows").path("min").asInt()).isEqualTo(10);
        // The root of the divergence 0.25 is the distance 0.5.
        assertThat(contract.path("checks").path(0).path("skew").path("max").asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void whatIsNotCarriedIsNamed() throws IOException {
        assertThat(ContractImport.read(file(TAXI)).orElseThrow().left())
                .extracting(ImportedContract.Left::what)
                .containsExactlyInAnyOrder(
                        "feature trip_miles: float_domain.disallow_nan",
                        "feature trip_miles: presence.min_count 20",
                        "feature hour: drift_comparator.normalized_abs_difference",
                        "feature tips: not_in_environment",
                        "feature words: value_count",
                        "feature grid: shape",
                        "feature grid: group_presence",
                        "default_environment",
                        "dataset_constraints: num_examples_drift_comparator");
    }

    @Test
    void theImportedSchemaIsAContract() throws IOException {
        assertThat(Contract.read(file(TAXI)).types()).hasSize(9);
    }

    @Test
    void brokenSyntaxIsRefusedWithItsLine() throws IOException {
        assertRefused("feature {\n  name: \"a\"\n", ":3: ends within a message");
        assertRefused("feature {\n  name: \"a\n}\n", ":2: not the text format");
        assertRefused("feature {\n  name:\n}\n", ":3: expected a value");
        assertRefused("feature { name: \"a\" }\n}\n", ":2: expected a field's name");
        assertRefused("feature { name: [\"a\"", ":1: expected a value");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Contract.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("taxi.pbtxt" + message);
    }
}
