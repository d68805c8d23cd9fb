package io.jenkins.plugins.mlcicd.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The index of a job's builds is what the builds are, whatever happens to them or to it. */
@WithJenkins
class JobHistoryTest {

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private ModelBuilds builds;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void threeBuilds() throws Exception {
        job = jenkins.createFreeStyleProject();
        builds = new ModelBuilds(jenkins, job);
        builds.evaluated("one", 0.8, "");
        jenkins.buildAndAssertSuccess(job);
        builds.evaluated("two", 0.9, "");
    }

    private List<Integer> numbers() {
        return JobHistory.of(job).builds().stream().map(BuildEntry::number).toList();
    }

    private Path file() {
        return job.getRootDir().toPath().resolve("ml-cicd-builds.jsonl");
    }

    @Test
    void itHasTheBuildsWithResultsOldestFirst() {
        List<BuildEntry> entries = JobHistory.of(job).builds();

        assertThat(entries).extracting(BuildEntry::number).containsExactly(1, 3);
        assertThat(entries.get(1).metrics().get("accuracy").value()).isEqualTo(0.9);
        assertThat(entries.get(1).metrics().get("accuracy").lower().getAsDouble())
                .isEqualTo(0.88);
        assertThat(entries.get(1).models().get(0).digest()).contains(ModelBuilds.digest("two"));
    }

    @Test
    void aDeletedBuildGoesAndANewOneComes() throws Exception {
        assertThat(numbers()).containsExactly(1, 3);

        job.getBuildByNumber(1).delete();
        builds.evaluated("three", 0.7, "");

        assertThat(numbers()).containsExactly(3, 4);
    }

    @Test
    void aChangedBuildIsReadAgain() throws Exception {
        assertThat(JobHistory.of(job).builds().get(0).name()).isEqualTo("#1");

        job.getBuildByNumber(1).setDisplayName("the first");

        assertThat(JobHistory.of(job).builds().get(0).name()).isEqualTo("the first");
    }

    @Test
    void whatIsKnownIsNotReadAgainAndOfADamagedFileAllIs() throws Exception {
        numbers();
        String whole = Files.readString(file());
        assertThat(whole.lines()).hasSize(4);
        JobHistory.forget(job);
        // No build of that name: only who does not open the build can say so.
        Files.writeString(file(), whole.replace("\"name\":\"#3\"", "\"name\":\"kept\""));
        assertThat(JobHistory.of(job).builds()).extracting(BuildEntry::name).containsExactly("#1", "kept");

        for (String damaged :
                List.of("", "nonsense", whole.substring(0, whole.length() / 2), "{\"version\":0}\n{}\n")) {
            JobHistory.forget(job);
            Files.writeString(file(), damaged);
            assertThat(JobHistory.of(job).builds())
                    .as(damaged)
                    .extracting(BuildEntry::name)
                    .containsExactly("#1", "#3");
        }
        assertThat(Files.readString(file()).lines()).hasSize(4);
    }

    @Test
    void ofADeletedJobNothingComesBack() throws Exception {
        assertThat(numbers()).containsExactly(1, 3);
        Path folder = job.getRootDir().toPath();
        job.delete();

        assertThat(numbers()).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aBuildWhoseFileCannotBeReadIsLeftOut() throws Exception {
        FreeStyleBuild broken = job.getBuildByNumber(3);
        Path xml = broken.getRootDir().toPath().resolve("build.xml");
        Files.writeString(xml, "<build>");
        Files.setLastModifiedTime(xml, FileTime.fromMillis(1));
        jenkins.jenkins.reload();
        job = jenkins.jenkins.getItemByFullName(job.getFullName(), FreeStyleProject.class);

        assertThat(numbers()).containsExactly(1);
    }
}
