package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationSectionTest {

    private static final String CONTRACT = """
            contract: people
            rows: { min: 2 }
            columns:
              name: { type: string, values: [Ada, Bo], criticality: UNSTABLE, description: "Given <name>." }
              secret: { type: string, sensitive: true, pattern: "[0-9]+" }
              age: { type: integer, min: 0, max: 120, mean: { max: 90 } }
              score: { type: number, criticality: NOTE, maxNullShare: 0, distribution: { method: psi, max: 0.2 } }
              later: { type: string, required: false, description: Comes next year. }
            """;

    private static final String DATA = """
            name,secret,age,score,extra
            Ada,123,30,1,x
            <b>Eve</b>,hush-hush,40,,x
            Bo,987654321,200,3,x
            """;

    @TempDir
    Path folder;

    @Test
    void countsWhatWasKeptBrokenWarnedNotedAndSkipped() throws Exception {
        assertThat(text(page()))
                .contains("✗ 2 broken", "✗ 1 warned", "✗ 1 noted", "– 1 skipped")
                .containsPattern("✓ [0-9]+ kept");
    }

    @Test
    void brokenChecksComeFirstAndTheWorstOfThemAbove() throws Exception {
        assertThat(text(page()))
                .containsSubsequence(
                        "✗ broken pattern",
                        "✗ broken range",
                        "✗ warned values",
                        "✗ noted nullShare",
                        "5 columns",
                        "✓ type integer",
                        "Skipped",
                        "score distribution.psi");
    }

    @Test
    void sampleRowsHaveTheirNumberAndValue() throws Exception {
        assertThat(page())
                .contains(
                        "<td class=\"number\">3</td><td><code class=\"value\">200</code></td>",
                        "<td class=\"number\">2</td><td><code class=\"value\">&lt;b&gt;Eve&lt;/b&gt;</code></td>",
                        "<td class=\"number\">2</td><td><span class=\"soft\">no value</span></td>");
    }

    @Test
    void sensitiveValuesAreNowhereOnThePage() throws Exception {
        assertThat(page())
                .doesNotContain("hush-hush", "987654321")
                .contains("<td class=\"number\">2</td><td><span class=\"soft\">(hidden)</span></td>")
                .contains("sensitive</span>");
    }

    @Test
    void columnsAreDescribedWhetherTheyAreThereOrNot() throws Exception {
        assertThat(text(page()))
                .contains("Given &lt;name&gt;.", "Comes next year. not in the data", "promises nothing")
                .contains("30 to 200 · mean 90");
        assertThat(page()).contains("aria-label=\"Distribution of age\"").doesNotContain("<b>Eve", "style=");
    }

    @Test
    void anAloneValidationDoesNotTellItsGatesTwice() throws Exception {
        assertThat(page()).doesNotContain("id=\"gates\"");
    }

    @Test
    void drawsDocumentsThatDoNotDescribeColumns() throws Exception {
        JsonNode tree = Json.mapper().valueToTree(validated());
        tree.path("details").path("data").forEach(data -> ((ObjectNode) data).remove("columns"));

        String page = HtmlReport.body(List.of(ResultDocuments.of(tree, "it", JsonNode.class)));

        assertThat(text(page)).contains("✗ broken range", "5 columns");
    }

    private String page() throws Exception {
        return HtmlReport.body(
                List.of(ResultDocuments.of(Json.mapper().valueToTree(validated()), "it", JsonNode.class)));
    }

    private Result<?> validated() throws Exception {
        Path contract = Files.writeString(folder.resolve("contract.yml"), CONTRACT);
        Path data = Files.writeString(folder.resolve("people.csv"), DATA);
        ContractedData people = new ContractedData(DataSource.of("people", data), contract);
        return new ValidateData().run(new ValidationRequest(Optional.empty(), List.of(people)), Progress.NONE);
    }

    /** What a reader sees, in one line. */
    private static String text(String page) {
        Matcher tags = Pattern.compile("<[^>]*>").matcher(page);
        return tags.replaceAll(" ").replaceAll("\\s+", " ");
    }
}
