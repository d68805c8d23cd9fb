package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hudson.model.Item;
import io.mlcicd.document.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people and programs see: pages without script errors, REST, files; and who may see it. */
@WithJenkins
class PagesTest {

    private static JenkinsRule jenkins;
    private static WorkflowJob job;
    private static WorkflowRun unstable;
    private static WorkflowRun failed;

    @BeforeAll
    static void buildThrice(JenkinsRule rule, @TempDir Path temp) throws Exception {
        jenkins = rule;
        ModelProject project = new ModelProject(temp);
        job = jenkins.createProject(WorkflowJob.class, "model");
        String steps = "validateData(); evaluateModel %s; checkDrift()";
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps.formatted("()")), true));
        jenkins.buildAndAssertSuccess(job);
        String gate = "gates: [gate(metric: 'accuracy', min: 0.8, criticality: '%s')]";
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps.formatted(gate.formatted("UNSTABLE"))), true));
        unstable = jenkins.assertBuildStatus(hudson.model.Result.UNSTABLE, job.scheduleBuild2(0));
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps.formatted(gate.formatted("FAILURE"))), true));
        failed = jenkins.assertBuildStatus(hudson.model.Result.FAILURE, job.scheduleBuild2(0));
    }

    @Test
    void theBuildsPageTellsTheVerdictFirst() throws Exception {
        HtmlPage page = jenkins.createWebClient().getPage(unstable, "ml-cicd/");

        String text = page.querySelector(".ml-cicd-report").asNormalizedText();
        assertThat(text).startsWith("small").contains("UNSTABLE", "accuracy", "Drift");
        assertThat((Object) page.querySelector(".ml-cicd-report script")).isNull();
        assertThat((Object) page.querySelector(".ml-cicd-report [style]")).isNull();
        assertThat((Object) page.querySelector(".ml-cicd-report style")).isNull();
    }

    @Test
    void theBuildsPageShowsWhatBrokeInTheDataAndWhere(@TempDir Path temp) throws Exception {
        ModelProject project = new ModelProject(temp);
        project.write("strict.yml", """
                contract: strict
                columns:
                  age: { type: integer, max: 65, description: "<i>Years</i> since birth.", distribution: { method: psi, max: 0.2 } }
                """);
        WorkflowJob strict = jenkins.createProject(WorkflowJob.class, "strict");
        strict.setDefinition(new CpsFlowDefinition(
                project.pipeline("validateData data: 'older.csv', contract: 'strict.yml'"), true));
        WorkflowRun run = jenkins.assertBuildStatus(hudson.model.Result.FAILURE, strict.scheduleBuild2(0));

        HtmlPage page = jenkins.createWebClient().getPage(run, "ml-cicd/");

        assertThat(page.querySelector(".ml-cicd-report").asNormalizedText())
                .containsSubsequence("✗ 1 broken", "✓ 1 kept", "– 1 skipped", "range expected: at most 65", "found:")
                .containsSubsequence("<i>Years</i> since birth.", "60 to 89", "Skipped", "distribution.psi");
        assertThat(page.querySelector(".ml-cicd-report .samples tbody tr").asNormalizedText())
                .matches("7\\s+66");
        assertThat((Object) page.querySelector(".ml-cicd-report [style]")).isNull();
    }

    @Test
    void theStyleSheetIsAFileAndConfinedToTheReport() throws Exception {
        HtmlPage page = jenkins.createWebClient().withJavaScriptEnabled(false).getPage(unstable, "ml-cicd/");
        String href = page.querySelector("link[href*='ml-cicd-report']")
                .getAttributes()
                .getNamedItem("href")
                .getNodeValue();

        Page style = jenkins.createWebClient().goTo(href.replaceFirst("^/jenkins/", ""), "text/css");

        assertThat(style.getWebResponse().getContentAsString()).startsWith(".ml-cicd-report {");
    }

    @Test
    void theBuildsMainPageHasALineForEachStage() throws Exception {
        HtmlPage page = jenkins.createWebClient().withJavaScriptEnabled(false).getPage(failed);

        assertThat(page.querySelectorAll(".ml-cicd-summary li")).hasSize(2);
        assertThat(page.querySelector(".ml-cicd-summary").asNormalizedText()).contains("evaluate", "0.75");
    }

    @Test
    void theJobsPageDrawsTrendsAndFailedBuildsAreInThem() throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        HtmlPage page = web.getPage(job, "ml-cicd/");
        web.waitForBackgroundJavaScript(10_000);

        assertThat(page.querySelectorAll(".ml-cicd-trends figcaption"))
                .extracting(caption -> caption.getTextContent())
                .contains("Quality", "Share of drifted columns");
        HtmlPage main = web.getPage(job);
        web.waitForBackgroundJavaScript(10_000);
        assertThat(main.querySelectorAll(".ml-cicd-trends--box figcaption")).isNotEmpty();
    }

    @Test
    void restTellsResultsAndTrends() throws Exception {
        JSONObject build = jenkins.getJSON(failed.getUrl() + "ml-cicd/api/json").getJSONObject();
        assertThat(build.getString("verdict")).isEqualTo("FAILED");
        JSONObject evaluation = build.getJSONArray("results").getJSONObject(1);
        assertThat(evaluation.getString("stage")).isEqualTo("evaluate");
        assertThat(evaluation.getJSONObject("metrics").getDouble("accuracy")).isEqualTo(0.75);

        JSONObject trends = jenkins.getJSON(job.getUrl() + "ml-cicd/api/json").getJSONObject();
        assertThat(trends.getJSONArray("builds").size()).isEqualTo(3);
        JSONObject drift = trends.getJSONArray("charts").getJSONObject(1);
        assertThat(drift.getString("id")).isEqualTo("DRIFT");
        assertThat(drift.getJSONArray("lines")
                        .getJSONObject(0)
                        .getJSONArray("values")
                        .toString())
                .isEqualTo("[0,0,null]");
    }

    @Test
    void documentsAreServedAsTheyWereWrittenAndNothingElseIs() throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        Page document = web.goTo(failed.getUrl() + "ml-cicd/documents/2-evaluate.json", "application/json");
        assertThat(document.getWebResponse().getContentAsString())
                .isEqualTo(Files.readString(failed.getRootDir().toPath().resolve("ml-cicd/2-evaluate.json")));
        for (String other : List.of("3-drift.json", "../build.xml", "..%2Fbuild.xml", "")) {
            web.assertFails(failed.getUrl() + "ml-cicd/documents/" + other, 404);
        }
    }

    @Test
    void modelCardSummaryAndMetricsCanBeTakenAway() throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();

        assertThat(download(web, "model-card.md", "text/markdown")).contains("# Model card: small", "accuracy");
        assertThat(download(web, "model-card.html", "text/html"))
                .startsWith("<!DOCTYPE html>")
                .contains("accuracy");
        assertThat(download(web, "summary.md", "text/markdown")).contains("small: FAILED");
        assertThat(Json.mapper()
                        .readTree(download(web, "metrics.json", "application/json"))
                        .path("accuracy")
                        .asDouble())
                .isEqualTo(0.75);
        web.assertFails(failed.getUrl() + "ml-cicd/downloads/build.xml", 404);
    }

    private static String download(JenkinsRule.WebClient web, String name, String type) throws Exception {
        Page page = web.goTo(failed.getUrl() + "ml-cicd/downloads/" + name, type);
        assertThat(page.getWebResponse().getResponseHeaderValue("Content-Disposition"))
                .startsWith("attachment");
        return page.getWebResponse().getContentAsString();
    }

    @Test
    void trendsHaveTheirIntervalsAndTheirNumbersInATable() throws Exception {
        JSONObject line = jenkins.getJSON(job.getUrl() + "ml-cicd/api/json")
                .getJSONObject()
                .getJSONArray("charts")
                .getJSONObject(0)
                .getJSONArray("lines")
                .getJSONObject(0);
        assertThat(line.getString("metric")).isEqualTo("accuracy");
        // Wilson's interval of 30 hits in 40 rows, by statsmodels' proportion_confint.
        assertThat(line.getJSONArray("lower").getDouble(0)).isCloseTo(0.598061, within(1e-6));
        assertThat(line.getJSONArray("upper").getDouble(0)).isCloseTo(0.858129, within(1e-6));

        JenkinsRule.WebClient web = jenkins.createWebClient();
        HtmlPage page = web.getPage(job, "ml-cicd/");
        web.waitForBackgroundJavaScript(10_000);
        assertThat(page.querySelector(".ml-cicd-trends table").getTextContent())
                .contains("accuracy", "0.75 (0.598 – 0.858)");
    }

    @Test
    void theBuildsOwnXmlHoldsOnlySummaries() throws Exception {
        String xml = Files.readString(failed.getRootDir().toPath().resolve("build.xml"));

        assertThat(xml).contains("2-evaluate.json").doesNotContain("sha256:").doesNotContain("schemaVersion");
    }

    @Test
    void nobodySeesResultsOfAJobTheyMayNotRead() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        try {
            for (String url : List.of(job.getUrl() + "ml-cicd/", failed.getUrl() + "ml-cicd/api/json")) {
                JenkinsRule.WebClient stranger =
                        jenkins.createWebClient().withJavaScriptEnabled(false).login("stranger");
                stranger.assertFails(url, 404);
                jenkins.createWebClient()
                        .withJavaScriptEnabled(false)
                        .login("reader")
                        .goTo(url, null);
            }
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(null);
            jenkins.jenkins.setSecurityRealm(null);
        }
    }
}
