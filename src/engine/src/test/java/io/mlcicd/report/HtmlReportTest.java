package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final String HOSTILE = "<script>alert('x')</script>";

    @TempDir
    Path folder;

    @Test
    void textsFromDataNeverBecomeMarkup() throws Exception {
        Path predictions = Files.writeString(
                folder.resolve("p.csv"), "y,p,\"%1$s\"\n\"%1$s\",\"%1$s\",\"%1$s\"\nb,b,\"<b>&\"\n".formatted(HOSTILE));
        EvaluationRequest request = EvaluationRequest.of(
                        new Model("m", Optional.of(Task.MULTICLASS)),
                        Task.MULTICLASS,
                        DataSource.of("predictions", predictions),
                        "y",
                        "p")
                .withSlices(1, HOSTILE);

        String page = HtmlReport.of(List.of(document(new EvaluateModel().run(request, Progress.NONE))));

        assertThat(page).doesNotContain("<script", "<b>&");
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;b&gt;&amp;");
    }

    @Test
    void theVerdictComesFirstThenTheGatesWithFailedOnesAbove() throws Exception {
        String page = HtmlReport.of(List.of(document(
                drift(Gate.of("drift.compared", Comparison.MIN, 1), Gate.of("drift.share", Comparison.MAX, 0.1)))));

        assertThat(page.indexOf("class=\"verdict FAILED\"")).isPositive().isLessThan(page.indexOf("id=\"gates\""));
        assertThat(page.indexOf("drift.share is")).isLessThan(page.indexOf("drift.compared is"));
        assertThat(page).contains("1 gate of 2 failed", "Retraining is recommended");
    }

    @Test
    void theBodyForOtherPagesHasNeitherStyleNorScript() throws Exception {
        String body = HtmlReport.body(List.of(document(drift())));

        assertThat(body).doesNotContain("<style", "style=", "<script", "onclick");
        assertThat(HtmlReport.stylesheet()).contains("prefers-color-scheme: dark");
    }

    @Test
    void aHeadlineSaysWhatCameOut() throws Exception {
        assertThat(Headline.of(document(drift()))).isEqualTo("1 of 1 column drifted, no gates");
        assertThat(Headline.of(document(drift(Gate.of("drift.share", Comparison.MAX, 0.1)))))
                .isEqualTo("1 of 1 column drifted; 1 of 1 gate failed");
    }

    @Test
    void theHeadlineOfADriftCheckTellsOfTextsAndEmbeddingsToo() throws Exception {
        JsonNode tree = Json.mapper().valueToTree(drift());
        ObjectNode details = (ObjectNode) tree.path("details");
        details.putObject("texts").putArray("columns").addObject().put("drifted", true);
        details.putObject("embeddings").putArray("embeddings").addObject().put("drifted", false);

        assertThat(Headline.of(ResultDocuments.of(tree, "it", JsonNode.class)))
                .isEqualTo("1 of 1 column, 1 of 1 text, none of 1 embedding drifted, no gates");
    }

    @Test
    void detailsOfAnotherShapeAreRefused() throws Exception {
        JsonNode tree = Json.mapper().valueToTree(drift());
        ((ObjectNode) tree.path("details")).put("columns", "none");
        Result<JsonNode> document = ResultDocuments.of(tree, "it", JsonNode.class);

        assertThatThrownBy(() -> HtmlReport.of(List.of(document)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("details that this version cannot read");
    }

    private Result<?> drift(Gate... gates) throws Exception {
        StringBuilder before = new StringBuilder("x\n");
        StringBuilder now = new StringBuilder("x\n");
        for (int i = 0; i < 100; i++) {
            before.append(i).append('\n');
            now.append(i + 80).append('\n');
        }
        Path reference = Files.writeString(folder.resolve("before.csv"), before.toString());
        Path current = Files.writeString(folder.resolve("now.csv"), now.toString());
        DriftRequest request = new DriftRequest(
                Optional.empty(),
                new DriftSide.Raw(DataSource.of("reference", reference)),
                new DriftSide.Raw(DataSource.of("current", current)),
                List.of(),
                List.of(),
                ColumnTests.DEFAULT,
                List.of(gates),
                LineageRecord.EMPTY);
        return new CheckDrift().run(request, Progress.NONE);
    }

    private static Result<JsonNode> document(Result<?> result) {
        return ResultDocuments.of(Json.mapper().valueToTree(result), "it", JsonNode.class);
    }
}
