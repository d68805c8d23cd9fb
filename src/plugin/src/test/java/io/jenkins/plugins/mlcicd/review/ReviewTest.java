package io.jenkins.plugins.mlcicd.review;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.history.ModelBuilds;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a reviewer of a build reads first. */
@WithJenkins
class ReviewTest {

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;
    private static FreeStyleBuild first;
    private static FreeStyleBuild refused;

    @BeforeAll
    static void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject();
        ModelBuilds builds = new ModelBuilds(jenkins, job);
        first = builds.evaluated("one", 0.8, "");
        builds.released(first, "one", "production", "2026-01-01T10:00:00Z", "");
        // Accepted later, but not released: the champion is what serves.
        builds.evaluated("two", 0.9, "");
        refused = builds.evaluated("three", 0.7, ModelBuilds.failedGate(0.7));
    }

    private static HtmlPage page(FreeStyleBuild build) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).getPage(build, "ml-cicd/");
    }

    @Test
    void theVerdictComesFirstAndSaysWhy() throws Exception {
        HtmlPage page = page(refused);

        assertThat(page.querySelector(".ml-cicd-report .sentence").getTextContent())
                .isEqualTo("Refused: accuracy is 0.7, must be at least <b>0.9</b>.");
        assertThat(page(first).querySelector(".ml-cicd-report .sentence").getTextContent())
                .isEqualTo("Accepted: no gate was asked, accuracy is 0.800 (0.780–0.820).");
    }

    @Test
    void whatChangedAgainstTheModelThatServesComesNext() throws Exception {
        String changes = page(refused).querySelector("#changes").asNormalizedText();

        assertThat(changes)
                .contains("Compared with build #1, the model that was released last, to production.")
                .containsPattern("accuracy\\s+↑ higher\\s+0.800\\s+0.700")
                .containsPattern("logLoss\\s+↓ lower")
                .contains("▽ seems worse", "data train", "commit code", "model content");
        assertThat((Object) page(first).querySelector("#changes")).isNull();
    }

    @Test
    void restTellsTheChanges() throws Exception {
        JSONObject build =
                jenkins.getJSON(refused.getUrl() + "ml-cicd/api/json").getJSONObject();

        assertThat(build.getJSONObject("champion").getInt("build")).isEqualTo(1);
        JSONObject accuracy = build.getJSONArray("metricChanges").getJSONObject(0);
        assertThat(accuracy.getString("name")).isEqualTo("accuracy");
        assertThat(accuracy.getDouble("before")).isEqualTo(0.8);
        assertThat(accuracy.getDouble("after")).isEqualTo(0.7);
        JSONArray changes = build.getJSONArray("changes");
        assertThat(changes.toString()).contains("https://github.com/example/small/compare/");
        assertThat(jenkins.getJSON(first.getUrl() + "ml-cicd/api/json")
                        .getJSONObject()
                        .get("champion"))
                .isEqualTo(JSONNull.getInstance());
    }

    @Test
    void theLineageIsAPictureWhoseNodesLeadToTheBuildsThatMadeThem() throws Exception {
        HtmlPage page = page(refused);

        assertThat(page.querySelectorAll("svg.lineage a.node"))
                .extracting(node -> node.getAttributes().getNamedItem("href").getNodeValue())
                .contains(
                        "/jenkins/" + job.getUrl() + "3/ml-cicd/",
                        "/jenkins/" + job.getUrl() + "3/ml-cicd/documents/1-evaluate.json")
                .anyMatch(url -> url.startsWith("https://github.com/example/small/commit/"));
        assertThat(page.querySelectorAll("svg.lineage .node[aria-label]"))
                .hasSameSizeAs(page.querySelectorAll("svg.lineage .node"));
        assertThat((Object) page.querySelector("svg.lineage [style]")).isNull();
    }
}
