package io.jenkins.plugins.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Result;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The log of the whole controller: jobs that move and go, builds that are deleted, damage. */
@WithJenkins
class ControllerLineageTest {

    private JenkinsRule jenkins;
    private FreeStyleProject job;
    private FreeStyleBuild first;
    private FreeStyleBuild second;

    @BeforeEach
    void twoReleases(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject("weather");
        first = rule.buildAndAssertSuccess(job);
        second = rule.buildAndAssertSuccess(job);
        Told.release("weather #1", "weather", "data", "one", "production");
        Told.release("weather #2", "weather", "data", "two", "production");
    }

    private static List<String> sources() {
        return ControllerLineage.get()
                .askAll(view -> view.sources(Told.data("data").id()).stream()
                        .map(source -> source.job() + " #" + source.build())
                        .toList());
    }

    private Path log() {
        return jenkins.jenkins.getRootDir().toPath().resolve("ml-cicd/lineage/log.jsonl");
    }

    @Test
    void aRenamedAndMovedJobKeepsItsLineage() throws Exception {
        job.renameTo("climate");
        MockFolder folder = jenkins.createFolder("models");
        Items.move(job, folder);
        Told.release("models/climate #3", "weather", "data", "three", "production");

        assertThat(sources()).containsExactly("models/climate #1", "models/climate #2", "models/climate #3");
        assertThat(ControllerLineage.get().models("models/climate"))
                .singleElement()
                .extracting(ModelState::build)
                .isEqualTo(3);
        // As after a restart: another instance that reads the same log.
        ControllerLineage again = new ControllerLineage();
        assertThat(again.models("models/climate")).hasSize(1);
        assertThat(again.models("weather")).isEmpty();
        assertThat(again.verify().holds()).isTrue();
    }

    @Test
    void aNewJobOfADeletedOnesNameHasNothingOfIt() throws Exception {
        job.delete();
        assertThat(ControllerLineage.get().models("weather")).isEmpty();

        jenkins.createFreeStyleProject("weather");

        assertThat(ControllerLineage.get().models("weather")).isEmpty();
        assertThat(new ControllerLineage().models("weather")).isEmpty();
        assertThat(sources()).hasSize(2);
    }

    @Test
    void theLineageOfADeletedBuildStays() throws Exception {
        first.delete();
        LineageRemovals.get().flush();

        assertThat(sources()).containsExactly("weather #1", "weather #2");
        HtmlPage page =
                jenkins.createWebClient().goTo(NodeView.url(Told.data("data").id()));
        assertThat(page.asNormalizedText()).contains("weather #1 (gone)");
        assertThat(page.getAnchors())
                .extracting(anchor -> anchor.getHrefAttribute())
                .contains("/jenkins/job/weather/2/");
    }

    @Test
    void orGoesWithItWhenAnAdministratorWantsIt() throws Exception {
        LineageConfiguration.get().setLineageOfDeletedBuilds("remove");
        job.renameTo("climate");
        first.delete();
        LineageRemovals.get().flush();

        assertThat(sources()).containsExactly("climate #2");
        assertThat(Files.readString(log())).contains("\"removed\":true").doesNotContain(Told.digest("one"));
        assertThat(ControllerLineage.get().verify().holds()).isTrue();

        job.delete();
        assertThat(sources()).isEmpty();
        assertThat(Files.readString(log())).doesNotContain(Told.digest("two"));
        assertThat(new ControllerLineage().verify().holds()).isTrue();
    }

    @Test
    void aChangedOrShortenedLogIsToldToAdministrators() throws Exception {
        LineageMonitor monitor =
                jenkins.jenkins.getExtensionList(LineageMonitor.class).get(0);
        ControllerLineage.get().verify();
        assertThat(monitor.isActivated()).isFalse();
        String whole = Files.readString(log());

        Files.writeString(log(), whole.replace("\"approvedBy\":\"ann\"", "\"approvedBy\":\"bob\""));
        ControllerLineage.get().verify();
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getProblems()).first().asString().contains("entry 1 is not as it was written");
        HtmlPage page = jenkins.createWebClient().goTo("manage/");
        assertThat(page.asNormalizedText()).contains("is not as it was written");

        Files.writeString(log(), whole.lines().findFirst().orElseThrow() + "\n");
        ControllerLineage.get().verify();
        assertThat(monitor.getProblems()).singleElement().asString().contains("is not there any more");

        Files.writeString(log(), whole);
        ControllerLineage.get().verify();
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void whoAppendsToADamagedLogIsToldAndTheBuildGoesOn() throws Exception {
        Files.writeString(log(), Files.readString(log()) + "rubbish\n");
        LineageRecorder.decision(
                job,
                new LineageRecorder.Decision(
                        "d", Kind.START, "condition", "started", Optional.empty(), Optional.empty()));

        // Whatever the check in the background, which may run at any time, found beside it.
        assertThat(ControllerLineage.get().problems()).anyMatch(problem -> problem.contains("damaged"));
        assertThat(second.getResult()).isEqualTo(Result.SUCCESS);
    }
}
