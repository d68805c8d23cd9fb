package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.report.ModelChanges.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What two models were made of otherwise, as their documents tell it. */
class ModelChangesTest {

    private static Result<JsonNode> evaluation(String data, String commit, String more, double accuracy)
            throws Exception {
        return ResultDocuments.of(
                Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "evaluate", "tool": {"name": "ml-cicd", "version": "0"},
                  "model": {"name": "small", "task": "binary"}, "verdict": "PASSED",
                  "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [],
                  "metrics": {"accuracy": %s, "logLoss": 0.5}, "gates": [],
                  "lineage": {
                    "data": [{"name": "train", "path": "t.csv", "digest": "sha256:%s", "bytes": 1500}],
                    "commit": {"sha": "%s", "dirty": false, "remote": "https://github.com/o/r.git"}%s
                  },
                  "details": {"rows": 10, "confidence": 0.95}
                }
                """.formatted(accuracy, data.repeat(64), commit.repeat(40), more)),
                "it",
                JsonNode.class);
    }

    private static final String SEED_ONE = """
            , "parameters": {"files": [], "values": {"seed": "1", "depth": "3"}}, \
            "environment": {"platform": "linux/amd64", "runtime": "Python 3.11", "dependencies": []}""";

    private static final String SEED_TWO = """
            , "parameters": {"files": [], "values": {"seed": "2", "rate": "0.1"}}, \
            "environment": {"platform": "linux/amd64", "runtime": "Python 3.12", "dependencies": []}""";

    @Test
    void eachDifferenceIsNamedWithBothSides() throws Exception {
        ModelChanges changes = ModelChanges.between(
                List.of(evaluation("a", "1", SEED_ONE, 0.8)), List.of(evaluation("b", "2", SEED_TWO, 0.9)));

        assertThat(changes.changed())
                .extracting(Change::kind, Change::name, Change::before, Change::after)
                .containsExactly(
                        tuple("data", "train", "aaaaaaaaaaaa, 1.5 kB", "bbbbbbbbbbbb, 1.5 kB"),
                        tuple("commit", "code", "111111111111", "222222222222"),
                        tuple("parameter", "rate", "", "0.1"),
                        tuple("parameter", "seed", "1", "2"),
                        tuple("parameter", "depth", "3", ""),
                        tuple("environment", "runtime", "Python 3.11", "Python 3.12"));
        assertThat(changes.changed().get(1).url().orElseThrow()).startsWith("https://github.com/o/r/compare/1111");
        assertThat(changes.same()).containsExactly("environment platform");
    }

    @Test
    void whatOneDocumentDoesNotTellIsNotCompared() throws Exception {
        ModelChanges changes = ModelChanges.between(
                List.of(evaluation("a", "1", "", 0.8)),
                List.of(evaluation("a", "1", SEED_TWO.replaceFirst(", \"parameters.*?}},", ","), 0.8)));

        assertThat(changes.changed()).isEmpty();
        assertThat(changes.same()).containsExactly("data train", "commit code");
    }

    @Test
    void thePageSaysWhichWayIsBetterAndWhatTheChangeSeemsToMean() throws Exception {
        List<Result<JsonNode>> now = List.of(evaluation("b", "2", SEED_TWO, 0.9));
        Reference champion = new Reference(
                "build <#1>", "which serves", Optional.of("../1/"), List.of(evaluation("a", "1", SEED_ONE, 0.8)));

        String page = HtmlReport.body(now, Optional.of(champion), LineageLinks.NONE);

        assertThat(page)
                .contains("<p class=\"sentence\">Accepted: no gate was asked, accuracy is 0.9000.</p>")
                .contains("Compared with <a href=\"../1/\">build &lt;#1&gt;</a>, which serves.")
                .containsSubsequence("↑ higher", "0.8000", "0.9000", "+0.1000", "△\u00a0seems better")
                .containsSubsequence("↓ lower", "=\u00a0the same")
                .contains("Unchanged: environment platform.")
                .doesNotContain("style=");
        assertThat(page.indexOf("id=\"changes\"")).isLessThan(page.indexOf("id=\"evaluate\""));
    }

    @Test
    void theLineageIsDrawnAndLinksLeadWhereTheyAreSaidTo() throws Exception {
        LineageLinks links = node -> node.name().equals("train")
                ? Optional.of(new LineageLinks.Link("../7/?a=1&b=2", "build #7"))
                : Optional.empty();

        String page = HtmlReport.body(List.of(evaluation("a", "1", SEED_ONE, 0.8)), Optional.empty(), links);

        assertThat(page)
                .contains("<svg class=\"lineage\" role=\"group\"")
                .contains("href=\"../7/?a=1&amp;b=2\" aria-label=\"data train, aaaaaaaaaaaa, build #7\"")
                .contains("Lineage as a list");
    }
}
