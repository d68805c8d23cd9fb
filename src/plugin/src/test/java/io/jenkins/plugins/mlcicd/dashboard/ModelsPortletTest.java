package io.jenkins.plugins.mlcicd.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.View;
import hudson.plugins.view.dashboard.Dashboard;
import io.jenkins.plugins.mlcicd.lineage.ToldPages;
import io.jenkins.plugins.mlcicd.retrain.RetrainTrigger;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The models on a dashboard: of its jobs, for those who may read them. */
@WithJenkins
class ModelsPortletTest {

    private static JenkinsRule jenkins;
    private static Dashboard dashboard;

    @BeforeAll
    static void tell(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject reviewed = rule.createFreeStyleProject("reviewed");
        reviewed.addTrigger(new RetrainTrigger("H 2 * * *"));
        rule.buildAndAssertSuccess(reviewed);
        rule.createFreeStyleProject("other");
        ToldPages.tell();
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, View.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(reviewed)
                .to("reader"));
        dashboard = new Dashboard("models");
        rule.jenkins.addView(dashboard);
        dashboard.add(reviewed);
        dashboard.setTopPortlets(List.of(new ModelsPortlet("Our models")));
    }

    private static HtmlPage page(String user, String url) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .login(user)
                .goTo(url);
    }

    @Test
    void eachModelHasItsVersionInProductionAgeVerdictDriftAndNextRetraining() throws Exception {
        HtmlPage page = page("reader", "view/models/");

        assertThat(page.asNormalizedText()).contains("Our models");
        assertThat(page.querySelectorAll(".ml-cicd-models tbody tr")).hasSize(1);
        assertThat(page.querySelector(".ml-cicd-models tbody tr").asNormalizedText())
                .contains("small", "reviewed", "unstable #2", "in production", "for 2 hr", "approved by ann")
                .contains("0.8765", "calls for a new model", "60 % of the columns", "in ");
        assertThat((Object) page.querySelector(".ml-cicd-models time[datetime*='T02:']"))
                .as("the next retraining")
                .isNotNull();
        assertThat((Object) page.querySelector(".ml-cicd-models [style]")).isNull();
    }

    @Test
    void itHasAPageOfItsOwn() throws Exception {
        assertThat(page("reader", "view/models/topPortlets/0/")
                        .querySelector(".ml-cicd-models tbody tr")
                        .asNormalizedText())
                .contains("unstable #2");
    }

    @Test
    void nobodySeesModelsOfJobsTheyMayNotRead() throws Exception {
        assertThat(page("stranger", "view/models/").asNormalizedText()).doesNotContain("small");
        assertThat(page("stranger", "view/models/topPortlets/0/").asNormalizedText())
                .contains("No build of these jobs has told of a model yet")
                .doesNotContain("small");
    }

    @Test
    void jobsThatAreNotTheDashboardsAreNotShown() throws Exception {
        Dashboard empty = new Dashboard("empty");
        jenkins.jenkins.addView(empty);
        empty.add(jenkins.jenkins.getItem("other"));
        empty.setTopPortlets(List.of(new ModelsPortlet("None")));

        assertThat((Object) page("admin", "view/empty/").querySelector(".ml-cicd-models"))
                .isNull();
    }

    @Test
    void whatIsConfiguredComesBack() throws Exception {
        HtmlPage form = jenkins.createWebClient().login("admin").goTo("view/models/configure");
        jenkins.submit(form.getFormByName("viewConfig"));

        assertThat(dashboard.getTopPortlets()).singleElement().isInstanceOfSatisfying(ModelsPortlet.class, portlet -> {
            assertThat(portlet.getName()).isEqualTo("Our models");
        });
    }
}
