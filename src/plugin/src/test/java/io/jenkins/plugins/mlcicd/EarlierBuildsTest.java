package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Util;
import hudson.model.Result;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.operation.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a drift check learns from the job's earlier builds when the workspace remembers nothing. */
@WithJenkins
class EarlierBuildsTest {

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    private ModelProject project;
    private WorkflowJob job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void project() throws Exception {
        project = new ModelProject(temp.resolve("project"));
        job = jenkins.createProject(WorkflowJob.class);
    }

    private void model(String drift, String retrain) throws Exception {
        project.write("mlcicd.yml", """
                model: { name: small, task: binary }
                data: { train: { path: train.csv, contract: contract.yml }, older: { path: older.csv } }
                evaluate: { predictions: predictions.csv, label: actual, prediction: predicted, positive: "yes" }
                package: { model: model, image: small:1.0 }
                drift: %s
                retrain: %s
                """.formatted(drift, retrain));
    }

    @Test
    void acceptedRunsAreTheReference() throws Exception {
        model("{ reference: { accepted: 5, data: train }, current: older.csv }", "{ when: [drift] }");
        project.write("train.csv", "age\n" + "30\n31\n32\n33\n".repeat(50));
        build("validateData()");
        project.write("train.csv", "age\n" + "40\n41\n42\n43\n".repeat(50));
        build("validateData()");

        JsonNode details = drift(build("checkDrift()"));

        assertThat(details.at("/reference/rows").asInt()).isEqualTo(400);
        assertThat(details.at("/columns/0/name").asText()).isEqualTo("age");
        assertThat(details.at("/columns/0/drifted").asBoolean()).isTrue();
    }

    @Test
    void dataThatDvcPointsAtAreNewWhenTheirFileHasChanged() throws Exception {
        model("{ reference: train, current: same.csv }", "{ when: [newData] }");
        byte[] content = Files.readAllBytes(project.folder().resolve("older.csv"));
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        String pointer = "outs:\n- md5: %s\n  size: " + content.length + "\n  path: older.csv\n";
        project.write("older.csv.dvc", pointer.formatted(md5));
        build("validateData(); evaluateModel()");

        assertThat(drift(build("checkDrift()")).at("/retrain/recommended").asBoolean())
                .isFalse();

        project.write("older.csv.dvc", pointer.formatted("126a8a51b9d1bbd07fddc65819a542c3"));
        JsonNode advice = drift(build("checkDrift()")).path("retrain");

        assertThat(advice.path("recommended").asBoolean()).isTrue();
        assertThat(advice.path("reasons").toString()).contains("older.dvc");
    }

    private WorkflowRun build(String steps) throws Exception {
        Util.deleteRecursive(project.folder().resolve(".mlcicd").toFile());
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps), true));
        return jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
    }

    private static JsonNode drift(WorkflowRun run) {
        return run.getAction(ModelBuildAction.class).all(Stage.DRIFT).get(0).details();
    }
}
