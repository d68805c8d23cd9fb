package io.jenkins.plugins.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.ModelProjects;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reached;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What real builds tell the controller's lineage. */
@WithJenkins
class BuildsLineageTest {

    private static Node only(LineageView view, NodeKind kind) {
        return view.graph()
                .newest(kind)
                .orElseThrow(() -> new AssertionError(kind + " is missing: "
                        + view.graph().nodes().stream().map(Node::kind).toList()));
    }

    @Test
    void aReleaseLeadsBackToItsEvaluationAndTheDataAndForthToTheDriftCheck(JenkinsRule jenkins, @TempDir Path temp)
            throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "model");
        job.setDefinition(new CpsFlowDefinition(
                ModelProjects.pipeline(
                        temp, "validateData(); evaluateModel(); packageModel(); deployModel(); checkDrift()"),
                true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        Path log = jenkins.jenkins.getRootDir().toPath().resolve("ml-cicd/lineage/log.jsonl");
        assertThat(Files.readAllLines(log)).hasSize(5).allMatch(line -> line.contains("\"source\":\"model #1\""));
        ControllerLineage.get().askAll(view -> {
            LineageGraph graph = view.graph();
            Node release = only(view, NodeKind.DEPLOYMENT);
            assertThat(graph.upstream(release.id()).reached())
                    .extracting(Reached::node)
                    .extracting(Node::kind)
                    .contains(NodeKind.EVALUATION, NodeKind.MODEL, NodeKind.DATA, NodeKind.CONTRACT)
                    // A process runs the files themselves.
                    .doesNotContain(NodeKind.IMAGE);
            assertThat(graph.downstream(only(view, NodeKind.MODEL).id()).reached())
                    .extracting(Reached::node)
                    .extracting(Node::kind)
                    .contains(NodeKind.IMAGE, NodeKind.DEPLOYMENT);
            Node evaluation = only(view, NodeKind.EVALUATION);
            // The document as the agent wrote it: the release names it by that digest, so both are one node.
            assertThat(evaluation.facts())
                    .containsEntry("metric accuracy", "0.75")
                    .containsEntry("verdict", "PASSED");
            Node data = graph.upstream(only(view, NodeKind.MODEL).id()).reached().stream()
                    .map(Reached::node)
                    .filter(node -> node.kind() == NodeKind.DATA
                            && !node.facts().get("path").equals("older.csv"))
                    .findFirst()
                    .orElseThrow();
            assertThat(graph.downstream(data.id()).reached())
                    .extracting(Reached::node)
                    .extracting(Node::kind)
                    .contains(NodeKind.MODEL, NodeKind.DEPLOYMENT, NodeKind.DRIFT, NodeKind.RETRAINING);
            return null;
        });

        HtmlPage page = jenkins.createWebClient().getPage(run, "ml-cicd-lineage/");
        assertThat(page.querySelectorAll(".ml-cicd-picture svg a.ml-cicd-box")).hasSizeGreaterThan(6);
        assertThat(page.querySelectorAll(".ml-cicd-picture path")).hasSizeGreaterThan(5);
        assertThat(page.querySelector(".ml-cicd-nodes").asNormalizedText()).contains("release small", "evaluation");
        JSONObject json =
                jenkins.getJSON(run.getUrl() + "ml-cicd-lineage/api/json").getJSONObject();
        assertThat(json.getJSONArray("nodes").toString()).contains("\"kind\":\"deployment\"");
    }

    @Test
    void aDecisionToTrainAnewStandsBetweenTheDriftCheckAndTheTraining(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("weather");
        Told.drift("weather #1", "weather", "PASSED", 0.6, true);
        LineageRecorder.decision(
                job,
                new LineageRecorder.Decision(
                        "d-1", Kind.PROPOSE, "condition", "proposed", Optional.of("weather#1"), Optional.empty()));
        LineageRecorder.decision(
                job,
                new LineageRecorder.Decision(
                        "d-1", Kind.NOT, "declined", "ann declined", Optional.empty(), Optional.of("ann")));

        ControllerLineage.get().askAll(view -> {
            Node check = only(view, NodeKind.DRIFT);
            assertThat(view.graph().downstream(check.id()).reached())
                    .extracting(Reached::node)
                    .filteredOn(node -> node.name().equals("retraining decision"))
                    .singleElement()
                    .extracting(Node::facts)
                    .satisfies(facts ->
                            assertThat(facts).containsEntry("decision", "not").containsEntry("declinedBy", "ann"));
            return null;
        });
    }
}
