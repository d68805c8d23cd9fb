package io.jenkins.plugins.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.operation.ResultDocuments;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How the model in use does over builds, with its retrainings. */
@WithJenkins
class RetrainTrendTest {

    private static final String REASON = "accuracy fell from 0.9 to <b>0.7</b>";

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void buildThrice(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject();
        watch(build(new Cause.UserIdCause()), """
                "performance.accuracy": 0.9, "estimated.accuracy": 0.91, "performance.alarms": 0, \
                "performance.labelled": 1, "performance.accuracy.change": 0.01, "performance.bias": -0.5, \
                "service.latency.p95": 120, "service.errors.share": 0.01, "service.requests.perSecond": 7""");
        watch(build(new Cause.UserIdCause()), """
                "performance.accuracy": 0.7, "estimated.accuracy": 0.75""");
        FreeStyleBuild retrained = build(new RetrainCause(
                "d1", Optional.of("watch#2"), List.of("performance"), List.of(REASON), Optional.of("ann")));
        record(retrained, "deploy", "\"smoke.latency.p50\": 3");
        watch(retrained, "\"estimated.accuracy\": 0.92");
    }

    private static FreeStyleBuild build(Cause cause) throws Exception {
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, cause));
    }

    private static void watch(FreeStyleBuild build, String metrics) throws Exception {
        record(build, "drift", metrics);
    }

    private static void record(FreeStyleBuild build, String stage, String metrics) throws Exception {
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "%s", "tool": {"name": "ml-cicd", "version": "0"},
                  "verdict": "PASSED", "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [],
                  "metrics": {%s}, "gates": [], "lineage": {"data": []}, "details": {}
                }
                """.formatted(stage, metrics));
        ModelBuildAction.record(build, ResultDocuments.of(document, "the test's document", JsonNode.class));
    }

    private static JSONObject trends() throws Exception {
        return jenkins.getJSON(job.getUrl() + "ml-cicd/api/json").getJSONObject();
    }

    private static JSONObject chart(String id) throws Exception {
        for (Object chart : trends().getJSONArray("charts")) {
            if (((JSONObject) chart).getString("id").equals(id)) {
                return (JSONObject) chart;
            }
        }
        throw new AssertionError("no chart " + id);
    }

    @Test
    void anEstimateStandsBesideItsMetricAndIsCalledOne() throws Exception {
        JSONArray lines = chart("WATCHED").getJSONArray("lines");

        assertThat(lines.size()).isEqualTo(2);
        JSONObject measured = lines.getJSONObject(0);
        assertThat(measured.getString("metric")).isEqualTo("performance.accuracy");
        assertThat(measured.getString("title")).isEqualTo("accuracy (measured)");
        assertThat(measured.getBoolean("estimated")).isFalse();
        assertThat(measured.getJSONArray("values").toString()).isEqualTo("[0.9,0.7,null]");
        JSONObject estimated = lines.getJSONObject(1);
        assertThat(estimated.getString("metric")).isEqualTo("estimated.accuracy");
        assertThat(estimated.getString("title")).isEqualTo("accuracy (estimate)");
        assertThat(estimated.getString("subject")).isEqualTo("accuracy");
        assertThat(estimated.getBoolean("estimated")).isTrue();
        assertThat(estimated.getJSONArray("values").toString()).isEqualTo("[0.91,0.75,0.92]");
        assertThat(chart("WATCHED_ERROR").getJSONArray("lines").getJSONObject(0).getString("metric"))
                .isEqualTo("performance.bias");
    }

    @Test
    void theServiceHasItsTrends() throws Exception {
        for (String id : List.of("SERVICE_LATENCY", "SERVICE_ERRORS", "SERVICE_LOAD")) {
            assertThat(chart(id).getJSONArray("lines").size()).as(id).isEqualTo(1);
            assertThat(chart(id).getBoolean("marked")).as(id).isFalse();
        }
    }

    @Test
    void restTellsWhichBuildsWereRetrainingsAndDeployments() throws Exception {
        JSONArray builds = trends().getJSONArray("builds");

        assertThat(builds.getJSONObject(1).get("retraining")).isEqualTo(JSONNull.getInstance());
        assertThat(builds.getJSONObject(1).getBoolean("deployed")).isFalse();
        assertThat(builds.getJSONObject(2).getString("retraining")).contains("watch #2", REASON, "ann agreed");
        assertThat(builds.getJSONObject(2).getBoolean("deployed")).isTrue();
        assertThat(chart("WATCHED").getBoolean("marked")).isTrue();
    }

    @Test
    void theTableHasTheReasonsAsText() throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        HtmlPage page = web.getPage(job, "ml-cicd/");
        web.waitForBackgroundJavaScript(10_000);

        assertThat(page.querySelectorAll(".ml-cicd-trends figcaption"))
                .extracting(caption -> caption.getTextContent())
                .contains("Quality of the model in use", "Milliseconds of the service to answer");
        String table = page.querySelector(".ml-cicd-trends table").getTextContent();
        assertThat(table)
                .startsWith("Quality of the model in use")
                .containsSubsequence("accuracy (measured)", "accuracy (estimate)", "Retraining, deployment")
                .containsSubsequence("#3", "0.92", "Retraining: ", REASON, "A new model was deployed", "#2", "0.7");
        assertThat((Object) page.querySelector(".ml-cicd-trends table b")).isNull();
    }
}
