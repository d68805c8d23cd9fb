package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ListView;
import io.jenkins.plugins.mlcicd.overview.ModelColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogRecord;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The plugin in a Jenkins without the plugins that it can do without, and without those that need them. */
class BareTest {

    private static final String[] WITHOUT = {"checks-api", "dashboard-view", "junit"};

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins(WITHOUT);

    @TempDir
    Path temp;

    @Test
    void stepsAndPagesNeedNeitherChecksNorDashboards() throws Throwable {
        String pipeline = new ModelProject(temp)
                .pipeline("validateData(); evaluateModel(); packageModel(); deployModel(); checkDrift()");

        jenkins.then(rule -> {
            for (String plugin : WITHOUT) {
                assertThat(rule.jenkins.pluginManager.getPlugin(plugin))
                        .as(plugin)
                        .isNull();
            }
            WorkflowJob job = rule.createProject(WorkflowJob.class, "model");
            job.setDefinition(new CpsFlowDefinition(pipeline, true));
            rule.buildAndAssertSuccess(job);
            ListView list = new ListView("models", rule.jenkins);
            list.getColumns().add(new ModelColumn());
            rule.jenkins.addView(list);
            pagesOpen(rule);
            assertThat(Jenkins.logRecords)
                    .filteredOn(BareTest::isOfMissingClass)
                    .extracting(logged -> logged.getLoggerName() + ": " + logged.getThrown())
                    .isEmpty();
        });
    }

    private static void pagesOpen(JenkinsRule rule) throws Exception {
        JenkinsRule.WebClient web = rule.createWebClient().withJavaScriptEnabled(false);
        for (String page : List.of(
                "job/model/",
                "job/model/configure",
                "job/model/ml-cicd/",
                "job/model/1/",
                "job/model/1/ml-cicd/",
                "job/model/1/ml-cicd-lineage/",
                "ml-cicd/",
                "ml-cicd/lineage/",
                "view/models/",
                "view/models/configure",
                "manage/configure",
                "pipeline-syntax/")) {
            web.goTo(page);
        }
    }

    private static boolean isOfMissingClass(LogRecord logged) {
        for (Throwable cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
                return true;
            }
        }
        return false;
    }
}
