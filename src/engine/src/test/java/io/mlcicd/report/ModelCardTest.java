package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCardTest {

    private static final List<Result<JsonNode>> DOCUMENTS = List.of(EvaluationDocuments.binary());

    private static final Result<JsonNode> DRIFT = EvaluationDocuments.parse("""
            { "schemaVersion": "1.0", "stage": "drift", "tool": { "name": "ml-cicd", "version": "1" }, "verdict": "PASSED",
              "started": "2026-11-25T17:00:00Z", "seconds": 1, "inputs": [],
              "metrics": { "drift.columns": 1, "drift.compared": 3 }, "gates": [],
              "lineage": { "data": [], "image": { "reference": "registry.example/weather:1", "digest": "%s" } },
              "details": { "retrain": { "recommended": true, "reasons": ["wind has moved"] } } }
            """.formatted("sha256:" + "cd".repeat(32)));

    @Test
    void sectionsFollowThePaper() {
        assertThat(ModelCard.markdown(DOCUMENTS))
                .containsSubsequence(
                        "# Model card: weather",
                        "## Model details",
                        "| Code | 0123456789abcdef on main, with uncommitted changes |",
                        "## Intended use",
                        "Nobody has stated the intended use",
                        "## Decision",
                        "Verdict: FAILED.",
                        "| failed | evaluate | f1 has fallen | failure |",
                        "| passed | evaluate | accuracy is sure enough | failure |",
                        "## Factors",
                        "## Metrics",
                        "95 % confidence intervals (wilson, delong, bootstrap)",
                        "## Evaluation data",
                        "1,500 rows.",
                        "| predictions | p.csv | 2.5 kB | sha256:abab",
                        "## Training data",
                        "| train | t.csv |",
                        "## Quantitative analyses",
                        "| accuracy | 0.85 | 0.80–0.89 |",
                        "### Where it does worst",
                        "### Slices by season",
                        "### Fairness by sex",
                        "### Behavioural tests",
                        "### The model's own tests",
                        "## Caveats and recommendations",
                        "- liftTop10 needs ten rows",
                        "- 1 slice had too few rows to be held against gates.");
    }

    @Test
    void otherStagesAddWhatTheyKnowOfTheModel() {
        String card = ModelCard.markdown(List.of(EvaluationDocuments.binary(), DRIFT));

        assertThat(card)
                .contains("| Image | registry.example/weather:1, sha256:cdcd")
                .contains("Drift: 1 of 3 columns drifted, no gates.")
                .contains("- Retraining is recommended: wind has moved");
    }

    @Test
    void theNewestEvaluationIsTheOneThatTheCardIsAbout() {
        assertThat(ModelCard.markdown(List.of(
                        EvaluationDocuments.binary(),
                        EvaluationDocuments.parse(io.mlcicd.document.Json.write(EvaluationDocuments.multiclass())
                                .replace("2026-11-25T16:00:00Z", "2026-11-26T16:00:00Z")))))
                .contains("| Task | multiclass |");
    }

    @Test
    void ownWordsTakeThePlaceOfWhatNobodyStated() {
        String about = "## Intended use\n\nTo plan *picnics* | walks.\n\n- not for <aviation>\n";

        assertThat(ModelCard.markdown(DOCUMENTS, Optional.of(about)))
                .contains("\n## Intended use\n\nTo plan *picnics* | walks.\n\n- not for <aviation>\n")
                .doesNotContain("Nobody has stated");
        assertThat(ModelCard.html(DOCUMENTS, Optional.of(about)))
                .contains("<h2>Intended use</h2>", "<p>To plan *picnics* | walks.</p>")
                .contains("<li>not for &lt;aviation&gt;</li>")
                .doesNotContain("Nobody has stated");
    }

    @Test
    void thePageIsSelfContainedAndHasTheCurves() {
        String page = ModelCard.html(DOCUMENTS);

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Model card: weather</title>", "<h1>Model card: weather</h1>")
                .contains("aria-label=\"ROC\"", "prefers-color-scheme: dark")
                .doesNotContain("<script", " style=", "src=", "url(");
    }

    @Test
    void hostileTextsStayTexts() {
        List<Result<JsonNode>> hostile = List.of(EvaluationDocuments.hostile("<script>alert(1)</script>|@all"));

        assertThat(ModelCard.html(hostile)).doesNotContain("<script");
        assertThat(ModelCard.markdown(hostile))
                .doesNotContain("<script", "@all")
                .contains("&lt;/script&gt;\\|@\u200Ball");
    }

    @Test
    void earlyDocumentsHaveACardThatSaysWhatIsMissing() {
        assertThat(ModelCard.markdown(List.of(EvaluationDocuments.early())))
                .contains("The metrics have no confidence intervals");
    }

    @Test
    void withoutAnEvaluationThereIsNoCard() {
        assertThat(ModelCard.canBeDrawn(List.of(DRIFT))).isFalse();
        assertThat(ModelCard.canBeDrawn(DOCUMENTS)).isTrue();
        assertThatThrownBy(() -> ModelCard.markdown(List.of(DRIFT)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none of the documents is one");
    }
}
