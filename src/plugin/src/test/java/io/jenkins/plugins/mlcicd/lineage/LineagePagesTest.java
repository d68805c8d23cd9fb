package io.jenkins.plugins.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.mlcicd.lineage.graph.Node;
import java.net.URL;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of the lineage, and who sees what of it. */
@WithJenkins
class LineagePagesTest {

    private static JenkinsRule jenkins;

    /** Of the open job, the open job's second model, and the secret job. */
    private static final Node FIRST = Told.model("open", "one");

    private static final Node SECOND = Told.model("open", "two");
    private static final Node SECRET = Told.model("secret <b>model</b>", "three");

    @BeforeAll
    static void tell(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject open = rule.createFreeStyleProject("open");
        FreeStyleProject secret = rule.createFreeStyleProject("secret");
        rule.buildAndAssertSuccess(open);
        rule.buildAndAssertSuccess(secret);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(open)
                .to("reader"));
        Told.release("open #1", "open", "shared", "one", "");
        Told.release("open #2", "open", "other", "two", "");
        Told.release("secret #1", "secret <b>model</b>", "shared", "three", "");
    }

    private static JenkinsRule.WebClient web(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }

    @Test
    void aNodeShowsWhatItCameFromAndWhatCameOfItAndLeadsThere() throws Exception {
        HtmlPage page = web("admin").goTo(NodeView.url(FIRST.id()));

        assertThat(page.querySelectorAll(".ml-cicd-box")).hasSize(4);
        assertThat(page.querySelectorAll(".ml-cicd-box--chosen")).hasSize(1);
        assertThat(page.asNormalizedText()).contains("Came from", "training training", "Went into", "release open");
        HtmlPage data = (HtmlPage) page.getAnchors().stream()
                .filter(anchor -> anchor.getTextContent().equals("train"))
                .findFirst()
                .orElseThrow()
                .click();
        assertThat(data.querySelectorAll(".ml-cicd-box")).hasSize(7);
    }

    @Test
    void namesAreEscaped() throws Exception {
        HtmlPage page = web("admin").goTo(NodeView.url(SECRET.id()));

        assertThat((Object) page.querySelector("#main-panel b")).isNull();
        assertThat(page.asNormalizedText()).contains("secret <b>model</b>");
        assertThat((Object) page.querySelector("#main-panel script")).isNull();
        assertThat((Object) page.querySelector("#main-panel [style]")).isNull();
        assertThat((Object) page.querySelector("#main-panel [onclick]")).isNull();
    }

    @Test
    void whoMayNotReadAJobSeesNothingThatOnlyItTold() throws Exception {
        JenkinsRule.WebClient reader = web("reader");

        reader.assertFails(NodeView.url(SECRET.id()), 404);
        reader.assertFails(NodeView.url(SECRET.id()) + "api/json", 404);
        reader.assertFails("ml-cicd/lineage/diff/?before=" + hex(FIRST) + "&after=" + hex(SECRET), 404);
        HtmlPage shared = reader.goTo(NodeView.url(Told.data("shared").id()));
        assertThat(shared.asNormalizedText()).contains("open #1").doesNotContain("secret");
        assertThat(shared.querySelectorAll(".ml-cicd-box")).hasSize(4);
        assertThat(reader.goTo("ml-cicd/lineage/?q=secret").asNormalizedText()).contains("Nothing of that name");
        assertThat(reader.goTo("ml-cicd/lineage/").asNormalizedText())
                .contains("open")
                .doesNotContain("secret");
        assertThat(web("stranger").goTo("ml-cicd/lineage/").asNormalizedText()).doesNotContain("open");
        web("stranger").assertFails(NodeView.url(FIRST.id()), 404);
    }

    @Test
    void whoSeesLessSeesWhatIsNewToo() throws Exception {
        JenkinsRule.WebClient reader = web("reader");
        reader.goTo("ml-cicd/lineage/");

        Told.release("open #3", "open", "other", "later", "");

        assertThat(reader.goTo(NodeView.url(Told.model("open", "later").id())).asNormalizedText())
                .contains("open #3");
    }

    @Test
    void aSearchTakesNamesAndBeginningsOfDigests() throws Exception {
        HtmlPage page = web("admin").goTo("ml-cicd/lineage/");
        HtmlForm form = page.getForms().stream()
                .filter(each -> each.getAttribute("class").contains("ml-cicd-search"))
                .findFirst()
                .orElseThrow();
        form.getInputByName("q").setValue(Told.digest("two").substring(7, 17));
        HtmlPage found = (HtmlPage) form.getElementsByTagName("button").get(0).click();

        assertThat(found.querySelectorAll(".ml-cicd-nodes li")).isNotEmpty();
        assertThat(found.querySelector(".ml-cicd-nodes").asNormalizedText())
                .contains("model open", Told.digest("two").substring(7, 19));
    }

    @Test
    void twoModelsAreCompared() throws Exception {
        JSONObject diff = jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .login("reader")
                .getJSON("ml-cicd/lineage/diff/api/json?before=" + hex(FIRST) + "&after=" + hex(SECOND))
                .getJSONObject();
        assertThat(diff.getJSONArray("changed").toString())
                .contains("\"kind\":\"data\"", "\"kind\":\"model\"", Told.digest("other"), Told.digest("shared"));

        HtmlPage page = web("reader").goTo("ml-cicd/lineage/diff/?before=" + hex(FIRST) + "&after=" + hex(SECOND));
        assertThat(page.asNormalizedText()).contains("What changed", "digest", Told.digest("other"));
    }

    @Test
    void theRemoteApiTellsANodeWithBothDirections() throws Exception {
        JSONObject node = jenkins.createWebClient()
                .login("reader")
                .getJSON(NodeView.url(FIRST.id()) + "api/json")
                .getJSONObject();

        assertThat(node.getJSONObject("node").getJSONObject("facts").getString("digest"))
                .isEqualTo(Told.digest("one"));
        assertThat(node.getJSONArray("upstream").size()).isEqualTo(2);
        assertThat(node.getJSONArray("downstream").getJSONObject(0).getInt("distance"))
                .isEqualTo(1);
        assertThat(node.getJSONArray("sources").getJSONObject(0).getString("url"))
                .isEqualTo("job/open/1/");
        assertThat(jenkins.createWebClient()
                        .login("reader")
                        .getJSON("ml-cicd/lineage/api/json?q=open")
                        .getJSONObject()
                        .getJSONArray("found")
                        .size())
                .isGreaterThan(2);
    }

    @Test
    void onlyAdministratorsCheckTheLogAndOnlyByPost() throws Exception {
        HtmlPage checked = (HtmlPage) jenkins.submit(jenkins.createWebClient()
                .login("admin")
                .goTo("ml-cicd/lineage/")
                .getFormByName("verify"));
        assertThat(checked.asNormalizedText()).contains("Every entry is as it was written");

        web("admin").assertFails("ml-cicd/lineage/verify", 404);
        JenkinsRule.WebClient reader = web("reader").withThrowExceptionOnFailingStatusCode(false);
        assertThat((Object) reader.goTo("ml-cicd/lineage/").querySelector("form[name=verify]"))
                .isNull();
        WebRequest post = new WebRequest(new URL(jenkins.getURL(), "ml-cicd/lineage/verify"), HttpMethod.POST);
        assertThat(reader.getPage(reader.addCrumb(post)).getWebResponse().getStatusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoDigestIsNoPage() throws Exception {
        for (String token : new String[] {"nonsense", "..%2F..", "sha256:", "0".repeat(64)}) {
            web("admin").assertFails("ml-cicd/lineage/" + token + "/", 404);
        }
    }

    private static String hex(Node node) {
        return node.id().value().substring(7);
    }
}
