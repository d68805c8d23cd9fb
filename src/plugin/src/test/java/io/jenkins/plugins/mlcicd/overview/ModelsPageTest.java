package io.jenkins.plugins.mlcicd.overview;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ListView;
import io.jenkins.plugins.mlcicd.lineage.Told;
import io.jenkins.plugins.mlcicd.retrain.RetrainTrigger;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The models of a controller and of a folder, the column, the badge, and who may see them. */
@WithJenkins
class ModelsPageTest {

    private static JenkinsRule jenkins;
    private static FreeStyleProject open;

    @BeforeAll
    static void tell(JenkinsRule rule) throws Exception {
        jenkins = rule;
        MockFolder folder = rule.createFolder("team");
        open = folder.createProject(FreeStyleProject.class, "open");
        open.addTrigger(new RetrainTrigger("H 2 * * *"));
        rule.buildAndAssertSuccess(open);
        FreeStyleProject secret = rule.createFreeStyleProject("secret");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(folder, open)
                .to("reader")
                .grant(BadgeRoot.VIEW_STATUS)
                .onItems(open)
                .to("badger"));
        Told.release("team/open #1", "forecast", "data", "one", "staging");
        Told.release("team/open #1", "forecast", "data", "two", "production");
        Told.evaluation("team/open #1", "forecast", "UNSTABLE", 0.87654);
        Told.drift("team/open #1", "forecast", "PASSED", 0.6, true);
        Told.release("secret #1", "hidden <i>model</i>", "data", "three", "");
        Told.evaluation("secret #2", "hidden <i>model</i>", "FAILED", 0.5);
    }

    private static JenkinsRule.WebClient web(String user) throws Exception {
        return jenkins.createWebClient().login(user);
    }

    private static JSONArray models(String user, String url) throws Exception {
        return web(user).getJSON(url).getJSONObject().getJSONArray("models");
    }

    @Test
    void eachModelHasItsVersionInProductionVerdictMetricDriftAndNextRetraining() throws Exception {
        JSONObject model = models("reader", "ml-cicd/api/json?depth=1").getJSONObject(0);

        assertThat(model.getString("name")).isEqualTo("forecast");
        assertThat(model.getString("verdict")).isEqualTo("UNSTABLE");
        assertThat(model.getString("metric")).isEqualTo("accuracy");
        assertThat(model.getDouble("metricValue")).isEqualTo(0.87654);
        JSONObject production = model.getJSONObject("production");
        assertThat(production.getString("environment")).isEqualTo("production");
        assertThat(production.getString("approvedBy")).isEqualTo("ann");
        assertThat(Instant.parse(production.getString("since")))
                .isBefore(Instant.now().minusSeconds(7000));
        assertThat(model.getJSONArray("environments").size()).isEqualTo(2);
        assertThat(model.getJSONObject("drift").getString("state")).isEqualTo("retrain");
        assertThat(model.getJSONObject("drift").getDouble("share")).isEqualTo(0.6);
        assertThat(model.getString("retraining")).isEqualTo("scheduled");
        assertThat(Instant.parse(model.getString("retrainingTime"))).isAfter(Instant.now());

        HtmlPage page = web("reader").goTo("ml-cicd/");
        assertThat(page.querySelector("#ml-cicd-models tbody tr").asNormalizedText())
                .contains("forecast", "unstable #1", "production", "approved by ann", "0.8765", "60 % of the columns");
        assertThat(page.getAnchors())
                .extracting(anchor -> anchor.getHrefAttribute())
                .contains("/jenkins/job/team/job/open/1/ml-cicd/");
    }

    @Test
    void nobodySeesModelsOfJobsTheyMayNotRead() throws Exception {
        assertThat(models("reader", "ml-cicd/api/json").size()).isEqualTo(1);
        assertThat(web("reader").goTo("ml-cicd/").asNormalizedText()).doesNotContain("hidden", "secret");
        assertThat(models("stranger", "ml-cicd/api/json").size()).isZero();
        assertThat(models("admin", "ml-cicd/api/json").size()).isEqualTo(2);
    }

    @Test
    void aFolderShowsItsOwnAndIsItselfHidden() throws Exception {
        assertThat(models("admin", "job/team/ml-cicd/api/json").size()).isEqualTo(1);
        assertThat(web("reader").goTo("job/team/ml-cicd/").asNormalizedText()).contains("forecast");
        web("stranger").assertFails("job/team/ml-cicd/", 404);
    }

    @Test
    void aTextFiltersByNameWhateverItsCase() throws Exception {
        assertThat(models("admin", "ml-cicd/api/json?filter=HIDDEN").size()).isEqualTo(1);
        HtmlPage page = web("admin").goTo("ml-cicd/?filter=nothing-like-it");

        assertThat(page.asNormalizedText()).contains("No model matches");
    }

    @Test
    void namesAreEscapedAndNothingIsInline() throws Exception {
        HtmlPage page = jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .login("admin")
                .goTo("ml-cicd/");

        assertThat((Object) page.querySelector("#main-panel i")).isNull();
        assertThat(page.asNormalizedText()).contains("hidden <i>model</i>");
        assertThat((Object) page.querySelector("#main-panel [style], #main-panel style, #main-panel [onclick]"))
                .isNull();
    }

    @Test
    void aListViewHasAColumnForIt() throws Exception {
        ListView view = new ListView("models", jenkins.jenkins);
        jenkins.jenkins.addView(view);
        view.getColumns().add(new ModelColumn());
        view.add(jenkins.jenkins.getItem("secret"));
        view.add(jenkins.jenkins.getItem("team"));
        view.setRecurse(true);
        view.add(open);

        String text = web("admin")
                .goTo("view/models/")
                .querySelector("#projectstatus")
                .asNormalizedText();

        assertThat(text).contains("Model", "forecast", "▲ calls for a new model", "hidden <i>model</i>");
        assertThat(web("reader").goTo("view/models/").asNormalizedText())
                .contains("forecast")
                .doesNotContain("hidden");
        HtmlPage form = web("admin").goTo("view/models/configure");
        jenkins.submit(form.getFormByName("viewConfig"));
        assertThat(view.getColumns()).anyMatch(ModelColumn.class::isInstance);
    }

    @Test
    void aBadgeIsForThoseWhoMaySeeTheStatus() throws Exception {
        Page badge = web("badger").goTo("ml-cicd-badge/svg?job=team/open", "image/svg+xml");
        String svg = badge.getWebResponse().getContentAsString();
        assertThat(svg).contains(">forecast</text>", "unstable · ").doesNotContain("http://fonts", "<script", "style");
        web("reader").goTo("ml-cicd-badge/svg?job=team/open", "image/svg+xml");
        web("stranger").assertFails("ml-cicd-badge/svg?job=team/open", 404);
        jenkins.createWebClient().assertFails("ml-cicd-badge/svg?job=team/open", 404);
        web("badger").assertFails("ml-cicd-badge/svg?job=nothing", 404);
        web("badger").assertFails("ml-cicd-badge/svg?job=secret", 404);
        String hidden = web("admin")
                .goTo("ml-cicd-badge/svg?job=secret", "image/svg+xml")
                .getWebResponse()
                .getContentAsString();
        assertThat(hidden).contains("hidden &lt;i&gt;model&lt;/i&gt;");
        String none = web("admin")
                .goTo("ml-cicd-badge/svg?job=secret&model=%22%3E%3Cscript%3E", "image/svg+xml")
                .getWebResponse()
                .getContentAsString();
        assertThat(none).contains("not known").doesNotContain("<script");
    }

    @Test
    void twoHundredModelsOpenInUnderASecond() throws Exception {
        for (int i = 0; i < 200; i++) {
            jenkins.createFreeStyleProject("many-" + i);
            Told.release("many-" + i + " #1", "model-" + i, "data", "content " + i, "production");
        }
        JenkinsRule.WebClient web =
                jenkins.createWebClient().withJavaScriptEnabled(false).login("admin");
        web.goTo("ml-cicd/");

        Instant before = Instant.now();
        HtmlPage page = web.goTo("ml-cicd/?filter=model-");
        Duration taken = Duration.between(before, Instant.now());

        assertThat(page.querySelectorAll("#ml-cicd-models tbody tr")).hasSize(200);
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
        for (int i = 0; i < 200; i++) {
            jenkins.jenkins.getItem("many-" + i).delete();
        }
    }
}
