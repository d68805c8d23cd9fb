package io.jenkins.plugins.mlcicd.trend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.operation.ResultDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The drift of columns over builds: what matters comes first, signs and numbers say what colours do. */
@WithJenkins
class DriftMapTest {

    private static JenkinsRule jenkins;

    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void job() throws Exception {
        job = jenkins.createFreeStyleProject();
    }

    private static String column(String name, String method, double value, double threshold, String reasons) {
        return """
                {"name": "%s", "method": "%s", "value": %s, "threshold": %s, "drifted": %s, "reasons": [%s]}""".formatted(name, method, value, threshold, !reasons.isEmpty(), reasons);
    }

    private FreeStyleBuild build(String... columns) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "drift", "tool": {"name": "ml-cicd", "version": "0"},
                  "verdict": "PASSED", "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [],
                  "metrics": {"drift.share": 0.1}, "gates": [], "lineage": {"data": []}, "details": {}
                }
                """);
        ((ObjectNode) document.path("details"))
                .set("columns", Json.mapper().readTree("[" + String.join(",", columns) + "]"));
        ModelBuildAction.record(build, ResultDocuments.of(document, "the test's document", JsonNode.class));
        return build;
    }

    private HtmlPage page() throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).getPage(job, "ml-cicd/");
    }

    private static List<String> texts(HtmlPage page, String selector) {
        return page.querySelectorAll(selector).stream()
                .map(node -> node.asNormalizedText())
                .toList();
    }

    @Test
    void theMostSevereOfTheNewestBuildsComeFirstWithSignsAndNumbers() throws Exception {
        build(
                column("was <b>bad</b>", "psi", 0.9, 0.2, "\"distribution\""),
                column("calm", "psi", 0.01, 0.2, ""),
                column("near", "ks", 0.08, 0.05, ""));
        build(
                column("now far", "ks", 1e-9, 0.05, "\"distribution\""),
                column("was <b>bad</b>", "psi", 0.1, 0.2, ""),
                column("calm", "psi", 0.02, 0.2, "\"missing\""),
                column("near", "ks", 0.4, 0.05, ""));

        HtmlPage page = page();

        assertThat(texts(page, ".ml-cicd-heat th[scope=row]"))
                .containsExactly("now far", "calm", "was <b>bad</b>", "near");
        assertThat(texts(page, ".ml-cicd-heat thead th")).containsExactly("Column", "#1", "#2");
        assertThat(page.querySelectorAll(".ml-cicd-heat tbody td"))
                .extracting(cell -> ((DomElement) cell).getAttribute("title"))
                .containsExactly(
                        "no number",
                        "far beyond: ks 1E-9, threshold 0.05; because of: distribution",
                        "not drifted: psi 0.01, threshold 0.2",
                        "drifted: psi 0.02, threshold 0.2; because of: missing",
                        "far beyond: psi 0.9, threshold 0.2; because of: distribution",
                        "near: psi 0.1, threshold 0.2",
                        "near: ks 0.08, threshold 0.05",
                        "not drifted: ks 0.4, threshold 0.05");
        assertThat(page.querySelectorAll(".ml-cicd-heat tbody td > span:first-child"))
                .extracting(sign -> sign.getTextContent())
                .containsExactly("–", "▲▲", "·", "▲", "▲▲", "△", "△", "·");
        assertThat(page.querySelectorAll(".ml-cicd-heat tbody td .ml-cicd-heat__spoken"))
                .hasSize(8);
        assertThat(page.querySelectorAll(".ml-cicd-heat thead a"))
                .extracting(link -> ((DomElement) link).getAttribute("href"))
                .containsExactly("/jenkins/" + job.getUrl() + "1/ml-cicd/", "/jenkins/" + job.getUrl() + "2/ml-cicd/");
        assertThat((Object) page.querySelector(".ml-cicd-heat [style], .ml-cicd-heat script, .ml-cicd-heat b"))
                .isNull();
        assertThat((Object) page.querySelector(".ml-cicd-heat__more")).isNull();
    }

    @Test
    void ofManyColumnsFiftyAreShownAndTheRestIsTold() throws Exception {
        String[] columns = new String[230];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column("c" + i, "psi", 1 - i / 1000.0, 0.2, "\"distribution\"");
        }
        FreeStyleBuild build = build(columns);

        HtmlPage page = page();

        assertThat(texts(page, ".ml-cicd-heat th[scope=row]")).hasSize(50).startsWith("c0", "c1");
        assertThat(texts(page, ".ml-cicd-heat__more"))
                .containsExactly("Columns besides, less severe in the newest builds: 180");
        assertThat(build.getAction(ModelBuildAction.class).getResults().get(0).getColumns())
                .hasSize(200);
    }

    @Test
    void restTellsTheMap() throws Exception {
        build(column("wind", "psi", 0.3, 0.2, "\"distribution\""));
        build(column("rain", "psi", 0.1, 0.2, ""));

        JSONObject map = jenkins.getJSON(job.getUrl() + "ml-cicd/api/json")
                .getJSONObject()
                .getJSONObject("driftMap");

        assertThat(map.getInt("more")).isZero();
        JSONObject rain = map.getJSONArray("columns").getJSONObject(0);
        assertThat(rain.getString("name")).isEqualTo("rain");
        JSONArray cells = map.getJSONArray("columns").getJSONObject(1).getJSONArray("cells");
        JSONObject first = cells.getJSONObject(0);
        assertThat(first.getInt("build")).isEqualTo(1);
        assertThat(first.getString("level")).isEqualTo("drifted");
        assertThat(first.getDouble("value")).isEqualTo(0.3);
        assertThat(first.getDouble("threshold")).isEqualTo(0.2);
        assertThat(first.getString("method")).isEqualTo("psi");
        assertThat(cells.getJSONObject(1).getString("level")).isEqualTo("unknown");
        JSONObject build = jenkins.getJSON(job.getUrl() + "1/ml-cicd/api/json").getJSONObject();
        assertThat(build.getJSONArray("results")
                        .getJSONObject(0)
                        .getJSONArray("columns")
                        .getJSONObject(0)
                        .getString("name"))
                .isEqualTo("wind");
    }

    @Test
    void buildsOfTheFirstVersionHaveNoColumnsAndNoMap() throws Exception {
        FreeStyleBuild build = build(column("wind", "psi", 0.3, 0.2, "\"distribution\""));
        Path xml = build.getRootDir().toPath().resolve("build.xml");
        String old = Files.readString(xml)
                .replaceAll("(?s)<columns>.*?</columns>", "")
                .replaceAll("<comparedColumns>.*?</comparedColumns>", "");
        assertThat(old).contains("drift.share").doesNotContain("wind");
        Files.writeString(xml, old);
        build.reload();

        assertThat(build.getAction(ModelBuildAction.class).getResults().get(0).getColumns())
                .isEmpty();
        assertThat((Object) page().querySelector(".ml-cicd-heat")).isNull();
    }

    @Test
    void whatIsNoNumberIsNoColumn() throws Exception {
        FreeStyleBuild build = build(
                "{\"name\": \"text\", \"method\": \"psi\", \"value\": \"high\", \"threshold\": 0.2}",
                "{\"name\": \"huge\", \"method\": \"psi\", \"value\": 1e999, \"threshold\": 0.2}",
                "{}",
                column("later", "ofALaterVersion", 0.5, 0.2, "\"distribution\""));

        assertThat(build.getAction(ModelBuildAction.class).getResults().get(0).getColumns())
                .extracting(column -> column.getName())
                .containsExactly("later");
        assertThat(texts(page(), ".ml-cicd-heat th[scope=row]")).containsExactly("later");
    }
}
