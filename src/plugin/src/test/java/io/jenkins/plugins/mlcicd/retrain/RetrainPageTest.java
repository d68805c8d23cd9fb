package io.jenkins.plugins.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a job's retrainings: what it shows, who may answer, what an answer does. */
@WithJenkins
class RetrainPageTest {

    private static final String REASON = "drift.share of <b>wind</b> is 0.6";

    private static JenkinsRule jenkins;

    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        System.setProperty(RetrainWork.DISABLED, "true");
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
    }

    @AfterAll
    static void restore() {
        System.clearProperty(RetrainWork.DISABLED);
    }

    @BeforeEach
    void proposal() throws Exception {
        job = jenkins.createFreeStyleProject();
        RetrainTrigger trigger = new RetrainTrigger("H 2 1 1 *");
        trigger.setProfile("sensitive");
        job.addTrigger(trigger);
        Instant now = Instant.now();
        Retraining.of(job).look(now.minusSeconds(60), Optional.empty());
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        DriftChecks.record(build, "a", REASON);
        Retraining.of(job).look(now, Optional.of(now));
    }

    private static JenkinsRule.WebClient web(String user) throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        return web.withThrowExceptionOnFailingStatusCode(false).login(user);
    }

    private String id() {
        return Retraining.of(job).content().state().proposal().orElseThrow().id();
    }

    private HtmlPage page(String user) throws Exception {
        return web(user).getPage(job, RetrainAction.URL_NAME + "/");
    }

    private int post(JenkinsRule.WebClient web, String answer) throws Exception {
        WebRequest request = new WebRequest(
                web.createCrumbedUrl(job.getUrl() + RetrainAction.URL_NAME + "/" + answer), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("id", id())));
        return web.getPage(request).getWebResponse().getStatusCode();
    }

    @Test
    void showsTheProposalAndWhatWouldHappenNow() throws Exception {
        HtmlPage page = page("reader");

        String text = page.querySelector("#main-panel").asNormalizedText();
        assertThat(text)
                .containsSubsequence(
                        "Waits for approval", REASON, "What would happen now", "a person has been asked at")
                .containsSubsequence("Decisions", "Proposed", job.getFullName() + "#1")
                .contains("no accepted model is known", "The schedule is due next at");
        assertThat((Object) page.querySelector("#main-panel b[class='']")).isNull();
        assertThat((Object) page.querySelector("form[name=approve]"))
                .as("who may not build may not answer")
                .isNull();
        assertThat((Object) page.querySelector("#main-panel [style], #main-panel script, #main-panel [onclick]"))
                .isNull();
    }

    @Test
    void lookingChangesNothing() throws Exception {
        RetrainMemory.Content before = Retraining.of(job).content();

        page("reader");

        assertThat(Retraining.of(job).content()).isEqualTo(before);
    }

    @Test
    void anApprovalStartsTheBuild() throws Exception {
        HtmlForm form = page("builder").getFormByName("approve");
        HtmlPage after = ((HtmlButton) form.querySelector("button")).click();
        jenkins.waitUntilNoActivity();

        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(200);
        RetrainCause cause = job.getLastBuild().getCause(RetrainCause.class);
        assertThat(cause.getApprovedBy()).isEqualTo("builder");
        assertThat(cause.getReasons()).contains(REASON);
        assertThat(page("reader").querySelector("#main-panel").asNormalizedText())
                .doesNotContain("Waits for approval")
                .contains("builder agreed", "started #2");
    }

    @Test
    void aRefusalIsRemembered() throws Exception {
        HtmlForm form = page("builder").getFormByName("decline");
        ((HtmlButton) form.querySelector("button")).click();
        jenkins.waitUntilNoActivity();

        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
        assertThat(page("reader").querySelector("#main-panel").asNormalizedText())
                .contains("builder declined");
    }

    @Test
    void onlyThoseWhoMayBuildAnswerAndOnlyByPost() throws Exception {
        JenkinsRule.WebClient reader = web("reader");
        assertThat(post(reader, "approve")).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(post(reader, "decline")).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        JenkinsRule.WebClient builder = web("builder");
        Page got = builder.getPage(
                URI.create(jenkins.getURL() + job.getUrl() + RetrainAction.URL_NAME + "/approve?id=" + id())
                        .toURL());
        assertThat(got.getWebResponse().getStatusCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(Retraining.of(job).content().state().proposal()).isPresent();
    }

    @Test
    void programsReadIt() throws Exception {
        JSONObject json = JSONObject.fromObject(web("reader")
                .goTo(job.getUrl() + RetrainAction.URL_NAME + "/api/json", "application/json")
                .getWebResponse()
                .getContentAsString());

        assertThat(json.getJSONArray("decisions").getJSONObject(0).getString("kind"))
                .isEqualTo("propose");
        assertThat(json.getJSONArray("proposals").getJSONObject(0).getString("id"))
                .isEqualTo(id());
        assertThat(json.getJSONObject("now").getString("reason")).isEqualTo("waiting");
        assertThat(json.getJSONObject("now")
                        .getJSONArray("conditions")
                        .getJSONObject(0)
                        .getString("condition"))
                .isEqualTo("drift");
    }

    @Test
    void jobsWithoutATriggerHaveNoSuchPage() throws Exception {
        assertThat(jenkins.createFreeStyleProject().getAction(RetrainAction.class))
                .isNull();
        assertThat(job.getAction(RetrainAction.class)).isNotNull();
    }
}
