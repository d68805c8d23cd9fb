package io.jenkins.plugins.mlcicd.trend;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.history.ModelBuilds;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which model serves where, since when, by whose approval; and all models that a job has made. */
@WithJenkins
class VersionsTest {

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void releaseThreeModels(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject();
        ModelBuilds builds = new ModelBuilds(jenkins, job);
        FreeStyleBuild one = builds.evaluated("one", 0.8, "");
        builds.released(one, "one", "production", "2026-01-01T10:00:00Z", "Ann <b>(ann)</b>");
        FreeStyleBuild two = builds.evaluated("two", 0.9, "");
        builds.released(two, "two", "staging", "2026-02-01T10:00:00Z", "");
        builds.released(two, "two", "production", "2026-02-02T10:00:00Z", "Bob (bob)");
        builds.evaluated("three", 0.7, ModelBuilds.failedGate(0.7));
        // The same content again: no version of its own.
        builds.evaluated("one", 0.81, "");
    }

    private static JSONObject rest() throws Exception {
        return jenkins.getJSON(job.getUrl() + "ml-cicd/api/json").getJSONObject();
    }

    @Test
    void restTellsWhoServesNow() throws Exception {
        JSONArray serving = rest().getJSONArray("serving");

        assertThat(serving.size()).isEqualTo(2);
        JSONObject production = serving.getJSONObject(0);
        assertThat(production.getString("place")).isEqualTo("production");
        assertThat(production.getString("digest")).isEqualTo(ModelBuilds.digest("two"));
        assertThat(production.getString("approvedBy")).isEqualTo("Bob (bob)");
        assertThat(production.getInt("build")).isEqualTo(2);
        assertThat(production.get("until")).isEqualTo(JSONNull.getInstance());
        assertThat(serving.getJSONObject(1).getString("place")).isEqualTo("staging");
    }

    @Test
    void eachContentIsOneVersionWithThePlacesItServed() throws Exception {
        JSONArray versions = rest().getJSONArray("versions");

        assertThat(versions.size()).isEqualTo(3);
        JSONObject one = versions.getJSONObject(2);
        assertThat(one.getInt("build")).isEqualTo(1);
        assertThat(one.getInt("lastBuild")).isEqualTo(4);
        assertThat(one.getJSONObject("metrics").getDouble("accuracy")).isEqualTo(0.81);
        assertThat(one.getBoolean("serving")).isFalse();
        JSONObject served = one.getJSONArray("served").getJSONObject(0);
        assertThat(served.getString("since")).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(served.getString("until")).isEqualTo("2026-02-02T10:00:00Z");
        assertThat(served.getString("approvedBy")).startsWith("Ann");
        assertThat(one.getString("commitUrl")).startsWith("https://github.com/example/small/commit/");
        assertThat(versions.getJSONObject(0).getString("verdict")).isEqualTo("FAILED");
    }

    @Test
    void thePageHasBothAsTablesThatNeedNoColourAndNoScript() throws Exception {
        HtmlPage page = page("");

        List<String> rows = texts(page, "#ml-cicd-versions ~ div tbody tr");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).contains("● serves now", "production", "– now", "approved by Bob (bob)", "0.9");
        assertThat(rows.get(2)).contains("Ann <b>(ann)</b>", "build #1", "last: #4");
        assertThat(texts(page, "#ml-cicd-serving ~ div tbody tr").get(0)).contains("production", "process", "build #2");
        assertThat((Object) page.querySelector(".ml-cicd-table b > b")).isNull();
    }

    @Test
    void versionsAreSortedByAMetric() throws Exception {
        assertThat(texts(page("?sort=accuracy&order=asc"), "#ml-cicd-versions ~ div tbody tr"))
                .extracting(row -> row.replaceAll("(?s).*(0\\.7|0\\.81|0\\.9)\\b.*", "$1"))
                .containsExactly("0.7", "0.81", "0.9");
        HtmlPage page = page("?sort=accuracy&order=asc");
        assertThat(page.querySelectorAll("th[aria-sort]")).hasSize(1);
        assertThat(page.querySelector("th[aria-sort]").getTextContent()).contains("accuracy", "↑");
        assertThat(texts(page("?sort=nonsense&order=x&page=99"), "#ml-cicd-versions ~ div tbody tr"))
                .hasSize(3);
    }

    @Test
    void chartsTellWhereAModelWasDeployedAndSingleMetricsAreGivenOnRequest() throws Exception {
        JSONObject series = jenkins.getJSON(job.getUrl() + "ml-cicd/series?metric=logLoss&metric=none&builds=2")
                .getJSONObject();

        assertThat(series.getJSONArray("charts").size()).isEqualTo(1);
        assertThat(series.getJSONArray("charts")
                        .getJSONObject(0)
                        .getJSONArray("lines")
                        .getJSONObject(0)
                        .getJSONArray("values")
                        .size())
                .isEqualTo(2);
        assertThat(series.getJSONArray("metrics").toString()).isEqualTo("[\"accuracy\",\"logLoss\"]");
        JSONObject all = jenkins.getJSON(job.getUrl() + "ml-cicd/series").getJSONObject();
        assertThat(all.getJSONArray("builds")
                        .getJSONObject(1)
                        .getJSONArray("deployedTo")
                        .toString())
                .isEqualTo("[\"staging\",\"production\"]");
    }

    private static HtmlPage page(String query) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).getPage(job, "ml-cicd/" + query);
    }

    private static List<String> texts(HtmlPage page, String selector) {
        return page.querySelectorAll(selector).stream()
                .map(DomNode::asNormalizedText)
                .toList();
    }
}
