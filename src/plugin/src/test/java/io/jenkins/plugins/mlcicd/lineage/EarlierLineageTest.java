package io.jenkins.plugins.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.ModelProjects;
import io.jenkins.plugins.mlcicd.history.ModelBuilds;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.pipeline.LineageEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds did before the plugin kept a log. */
@WithJenkins
class EarlierLineageTest {

    private static List<String> log(JenkinsRule jenkins) throws Exception {
        Path log = jenkins.jenkins.getRootDir().toPath().resolve("ml-cicd/lineage/log.jsonl");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static FreeStyleProject released(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "old");
        ModelBuilds builds = new ModelBuilds(jenkins, job);
        FreeStyleBuild first = builds.evaluated("one", 0.8, "");
        builds.released(first, "one", "production", "2026-01-01T10:00:00Z", "ann");
        builds.evaluated("two", 0.7, ModelBuilds.failedGate(0.7));
        return job;
    }

    @Test
    void theyAreTakenInOnceAndShownWithTheirOwnTimes(JenkinsRule jenkins) throws Exception {
        released(jenkins);
        jenkins.createFreeStyleProject("without");
        assertThat(log(jenkins)).isEmpty();

        EarlierLineage.get().takeInAll();
        new EarlierLineage().takeInAll();

        assertThat(log(jenkins))
                .hasSize(3)
                .allMatch(line -> line.contains("\"source\":\"team/old #"))
                .last()
                .asString()
                .contains("team/old #2");
        JSONArray models = jenkins.getJSON("job/team/ml-cicd/api/json?depth=1")
                .getJSONObject()
                .getJSONArray("models");
        assertThat(models.size()).isEqualTo(1);
        JSONObject model = models.getJSONObject(0);
        assertThat(model.getString("verdict")).isEqualTo("FAILED");
        assertThat(model.getInt("build")).isEqualTo(2);
        assertThat(model.getDouble("metricValue")).isEqualTo(0.7);
        assertThat(Instant.parse(model.getString("at"))).isEqualTo("2026-11-22T00:00:00Z");
        assertThat(model.getJSONObject("production").getString("approvedBy")).isEqualTo("ann");
        assertThat(Instant.parse(model.getJSONObject("production").getString("since")))
                .isEqualTo("2026-01-01T10:00:00Z");
        HtmlPage page = jenkins.createWebClient().goTo("job/team/");
        assertThat(page.getAnchors())
                .extracting(anchor -> anchor.getHrefAttribute())
                .anyMatch(href -> href.endsWith("/job/team/ml-cicd"));
    }

    @Test
    void aNewBuildTellsAfterTheEarlierOnes(JenkinsRule jenkins) throws Exception {
        ModelBuilds builds = new ModelBuilds(jenkins, released(jenkins));
        FreeStyleBuild third = builds.evaluated("three", 0.9, "");
        Path file = third.getRootDir().toPath().resolve("ml-cicd/1-evaluate.json");
        LineageRecorder.stage(third, ResultDocuments.read(file), Digests.of(Files.readAllBytes(file)), "evaluate");

        assertThat(log(jenkins))
                .extracting(line -> line.replaceAll(".*\"source\":\"([^\"]*)\".*", "$1"))
                .containsExactly("team/old #1", "team/old #1", "team/old #2", "team/old #3");
    }

    @Test
    void aDocumentThatABuildKeepsTellsTheSameAsTheAgentsDid(JenkinsRule jenkins, @TempDir Path temp) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "model");
        job.setDefinition(new CpsFlowDefinition(
                ModelProjects.pipeline(
                        temp, "validateData(); evaluateModel(); packageModel(); deployModel(); checkDrift()"),
                true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        for (String name : List.of("1-validate", "2-evaluate", "3-package", "4-deploy", "5-drift")) {
            Path file = run.getRootDir().toPath().resolve("ml-cicd").resolve(name + ".json");
            assertThat(LineageEvents.of(ResultDocuments.read(file), Digests.of(Files.readAllBytes(file)))
                            .nodes())
                    .isNotEmpty()
                    .allMatch(node -> ControllerLineage.get().knows(node.id()));
        }
    }
}
