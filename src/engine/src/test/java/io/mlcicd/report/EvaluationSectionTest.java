package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.Result;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EvaluationSectionTest {

    private static String draw(Result<JsonNode> document) {
        return HtmlReport.body(List.of(document));
    }

    /** But for one attribute without a value the page's content can be read as XML. */
    private static Document tree(Result<JsonNode> document) throws Exception {
        String content = draw(document).replace("<details open>", "<details open=\"\">");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<main>" + content + "</main>")));
    }

    private static List<Element> elements(Document tree, String name) {
        NodeList found = tree.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static boolean within(Element element, String name) {
        for (Node node = element.getParentNode(); node instanceof Element parent; node = parent.getParentNode()) {
            if (parent.getTagName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void tilesTellTheMainMetricsWithIntervalAndWhatHasBecomeOfThemInWords() {
        String page = draw(EvaluationDocuments.binary());

        assertThat(page)
                .contains("<b>0.85<small> (0.80–0.89)</small></b><span>accuracy</span>")
                .contains("≈\u00A0undecided</span> <span>+0.015 (-0.010 to +0.040)</span>")
                .contains("▲\u00A0better</span> <span>+0.034 (+0.014 to +0.054)</span>")
                .contains("▼\u00A0worse</span> <span>-0.050 (-0.070 to -0.030)</span>")
                .contains("the 95 % confidence interval");
    }

    @Test
    void aChangeWithoutIntervalOnlySeemsToBeOneAndOneOfNoDirectionIsNotJudged() {
        assertThat(draw(EvaluationDocuments.binary())).contains("▽\u00A0seems worse", "≠\u00A0changed");
    }

    @Test
    void everythingInTheDetailsIsShown() {
        assertThat(draw(EvaluationDocuments.binary()))
                .contains("evaluated 20 November 2026, 08:00 UTC. Both models were judged by the same rows")
                .contains("The model is right in 61 rows where the champion is wrong.")
                .contains("<li>Where season = winter and wind is 6.2 or more, 39.1 % are wrong, elsewhere 18.2 %.</li>")
                .contains("season = winter and wind 6.2 or more", "&lt; 0.001")
                .contains("Drawn: accuracy of each season with its 95 % interval; the dashed line is 0.8452")
                .contains("0.790 (0.750–0.820)", "summer<span class=\"soft\"> (too small for gates)</span>")
                .contains("The groups are 12 points apart.", "0.120", "0.100–0.140")
                .contains("typos: 4 rows of 100 that did not behave", "row 3: &#39;rian&#39; got sun")
                .contains("test_shapes: (3, 4) is not (3, 5)")
                .contains("Thresholds that stand out", "in use", "Mean cost")
                .contains("<td class=\"number\">74.1 %</td>")
                .contains(">700</td>", ">60.5</td>")
                .contains("liftTop10 needs ten rows");
    }

    @Test
    void classesAreJudgedAndTheCommonestMistakeSaid() {
        assertThat(draw(EvaluationDocuments.multiclass()))
                .contains("fog taken for rain: 2 rows, 66.7 % of all fog")
                .contains("0.50 (0.35–0.65)")
                .contains("ROC by class", "ROC of fog as a table")
                .contains("3 metrics of single classes");
    }

    @Test
    void regressionsShowTheirErrorsAndQuantilesTheirCoverage() {
        String page =
                draw(EvaluationDocuments.of("quantile", "PASSED", "{ \"rows\": 4, \"pinball\": 0.2 }", "[]", """
                { "task": "quantile", "rows": 4, "confidence": 0.95,
                  "residuals": [ { "from": -1, "to": 0.5, "rows": 3 }, { "from": 0.5, "to": 2, "rows": 1.5 } ],
                  "coverage": [ { "level": 0.1, "observed": 0.15 }, { "level": 0.9, "observed": 0.8 } ] }
                """));

        assertThat(page).contains("-1.0 to 0.5", ">1.5</td>", "Calibration of the quantiles as a table", "0.1500");
    }

    @Test
    void everyPictureHasAnotherWayToItsNumbers() throws Exception {
        for (Result<JsonNode> document : List.of(EvaluationDocuments.binary(), EvaluationDocuments.multiclass())) {
            Document tree = tree(document);
            List<Element> pictures = elements(tree, "svg");
            assertThat(pictures).isNotEmpty();
            for (Element picture : pictures) {
                if (picture.getAttribute("class").equals("lineage")) {
                    // Its nodes are told one by one, and once more as a list.
                    assertThat(picture.getAttribute("role")).isEqualTo("group");
                    continue;
                }
                // Those in a table's row are told by the numbers beside them; the others have a table below.
                boolean inRow = within(picture, "td");
                assertThat(inRow || within(picture, "figure")).isTrue();
                if (!inRow) {
                    assertThat(picture.getAttribute("aria-label")).isNotEmpty();
                    assertThat(picture.getAttribute("role")).isEqualTo("img");
                }
            }
            for (Element figure : elements(tree, "figure")) {
                assertThat(figure.getElementsByTagName("table").getLength()).isEqualTo(1);
                assertThat(figure.getElementsByTagName("summary").getLength()).isEqualTo(1);
            }
            for (Element head : elements(tree, "th")) {
                assertThat(head.getAttribute("scope")).isIn("row", "col");
            }
        }
    }

    @Test
    void tablesThatMayBeWideHaveACaptionAndScrollByKeys() throws Exception {
        for (Element region : elements(tree(EvaluationDocuments.binary()), "div")) {
            if (region.getAttribute("class").equals("scroll")) {
                assertThat(region.getAttribute("tabindex")).isEqualTo("0");
                assertThat(region.getAttribute("role")).isEqualTo("region");
                assertThat(region.getAttribute("aria-label")).isNotEmpty();
                assertThat(region.getElementsByTagName("caption").getLength()
                                + region.getElementsByTagName("svg").getLength())
                        .isPositive();
            }
        }
    }

    @Test
    void thereIsNoScriptAndNoInlineStyle() {
        for (Result<JsonNode> document :
                List.of(EvaluationDocuments.binary(), EvaluationDocuments.multiclass(), EvaluationDocuments.early())) {
            assertThat(draw(document)).doesNotContain("<script", "<style", " style=", " onclick", "javascript:");
        }
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        String hostile = "\"><script>alert('x')</script><b a='";
        String page = draw(EvaluationDocuments.hostile(hostile));

        assertThat(page).doesNotContain("<script", "<b a=");
        assertThat(elements(tree(EvaluationDocuments.hostile(hostile)), "script"))
                .isEmpty();
        assertThat(page.split("&lt;script&gt;", -1)).hasSizeGreaterThan(30);
    }

    @Test
    void earlyDocumentsAreDrawnAsFarAsTheyGo() {
        assertThat(draw(EvaluationDocuments.early()))
                .contains("<b>0.7500</b><span>accuracy</span>")
                .contains("△\u00A0seems better</span> <span>+0.2500</span>", "=\u00A0the same")
                .contains("aria-label=\"ROC\"", "aria-label=\"Precision and recall\"", "aria-label=\"Calibration\"")
                .contains("Slices by where")
                .doesNotContain("NaN", "null");
    }

    @Test
    void ofTooManyTheRestIsCounted() {
        String classes = IntStream.range(0, 70)
                .mapToObj(i -> "{ \"name\": \"c%d\", \"support\": %d, \"precision\": 1, \"recall\": 1, \"f1\": 1 }"
                        .formatted(i, i + 1))
                .collect(Collectors.joining(", "));
        String slices = IntStream.range(0, 61)
                .mapToObj(i -> ("{ \"column\": \"s\", \"value\": \"v%d\", \"rows\": %d, \"gated\": true,"
                                + " \"metrics\": { \"accuracy\": 0.5 } }")
                        .formatted(i, i + 1))
                .collect(Collectors.joining(", "));
        String points = IntStream.range(0, 300)
                .mapToObj(i -> "{ \"x\": %s, \"y\": 0.5 }".formatted(i / 299.0))
                .collect(Collectors.joining(", "));
        String curves = IntStream.range(0, 20)
                .mapToObj(i -> "{ \"kind\": \"roc\", \"about\": \"c%d\", \"points\": [%s] }".formatted(i, points))
                .collect(Collectors.joining(", "));
        String page = draw(EvaluationDocuments.of(
                "multiclass", "PASSED", "{ \"accuracy\": 0.5 }", "[]", """
                { "task": "multiclass", "rows": 9, "classes": [%s], "slices": [%s], "plots": [%s] }
                """.formatted(classes, slices, curves)));

        assertThat(page)
                .contains("and 20 more smaller classes, in the result document")
                .contains("and 11 more slices, in the result document", ">v60</th>", ">v11</th>")
                .doesNotContain(">v10</th>")
                .contains("and 8 more curves, in the result document")
                .contains("25 of 300 points");
    }

    @Test
    void reportedMetricsAreShownUnderTheirOwnNames() {
        String page = draw(EvaluationDocuments.of(
                "regression",
                "PASSED",
                "{ \"val_loss\": 0.25, \"epochs\": 12 }",
                "[]",
                "{ \"task\": \"regression\", \"rows\": 0 }"));

        assertThat(page).contains("<b>0.2500</b><span>val_loss</span>", "<b>12</b><span>epochs</span>", "reported,");
    }
}
