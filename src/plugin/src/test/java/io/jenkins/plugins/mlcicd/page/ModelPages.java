package io.jenkins.plugins.mlcicd.page;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ListView;
import hudson.model.Result;
import hudson.plugins.view.dashboard.Dashboard;
import hudson.tasks.Shell;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.mlcicd.ModelProjects;
import io.jenkins.plugins.mlcicd.dashboard.ModelsPortlet;
import io.jenkins.plugins.mlcicd.history.ModelBuilds;
import io.jenkins.plugins.mlcicd.lineage.ToldPages;
import io.jenkins.plugins.mlcicd.overview.ModelColumn;
import io.jenkins.plugins.mlcicd.retrain.Proposals;
import io.jenkins.plugins.mlcicd.retrain.RetrainTrigger;
import io.jenkins.plugins.mlcicd.step.CheckDriftStep;
import io.jenkins.plugins.mlcicd.step.DeployModelStep;
import io.jenkins.plugins.mlcicd.step.EvaluateModelStep;
import io.jenkins.plugins.mlcicd.step.GateOption;
import io.jenkins.plugins.mlcicd.step.PackageModelStep;
import io.jenkins.plugins.mlcicd.step.StageBuilder;
import io.jenkins.plugins.mlcicd.step.StageStep;
import io.jenkins.plugins.mlcicd.step.ValidateDataStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs, builds and views of a controller with every page that the plugin has, and such as have none of its own. */
final class ModelPages {

    /** The outermost elements of the plugin on a page of Jenkins. */
    private static final String PART = "[class*='ml-cicd'], [descriptorid*='mlcicd'], [name*='mlcicd']";

    private final JenkinsRule jenkins;
    private final List<ModelPage> pages = new ArrayList<>();

    private ModelPages(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** All pages on which there is something of the plugin. */
    static List<ModelPage> of(JenkinsRule jenkins, Path temp) throws Exception {
        ModelPages pages = new ModelPages(jenkins);
        pages.pipeline(Files.createDirectory(temp.resolve("model")));
        pages.refused(Files.createDirectory(temp.resolve("strict")));
        pages.history();
        pages.retraining();
        pages.lineage();
        pages.form();
        pages.views();
        return pages.pages;
    }

    private void own(String name, String url) {
        pages.add(new ModelPage(name, url, ModelPage.OWN, ""));
    }

    private void charted(String name, String url, String root) {
        pages.add(new ModelPage(name, url, root, ".ml-cicd-trends"));
    }

    private void part(String name, String url) {
        pages.add(new ModelPage(name, url, PART, ""));
    }

    private void pipeline(Path folder) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = team.createProject(WorkflowJob.class, "model");
        String steps = "validateData(); evaluateModel %s; packageModel(); deployModel(); checkDrift()";
        job.setDefinition(new CpsFlowDefinition(ModelProjects.pipeline(folder, steps.formatted("()")), true));
        jenkins.buildAndAssertSuccess(job);
        String gate = "gates: [gate(metric: 'accuracy', min: 0.8, criticality: 'UNSTABLE')]";
        job.setDefinition(new CpsFlowDefinition(ModelProjects.pipeline(folder, steps.formatted(gate)), true));
        jenkins.assertBuildStatus(Result.UNSTABLE, job.scheduleBuild2(0));
        own("report of a whole pipeline", "job/team/job/model/2/ml-cicd/");
        own("lineage of a build", "job/team/job/model/2/ml-cicd-lineage/");
        charted("trends of a pipeline", "job/team/job/model/ml-cicd/", ModelPage.OWN);
        charted("a job's main page", "job/team/job/model/", PART);
        part("a build's main page", "job/team/job/model/2/");
        own("models of a folder", "job/team/ml-cicd/");
        own("models of the controller", "ml-cicd/");
    }

    private void refused(Path folder) throws Exception {
        String pipeline = ModelProjects.pipeline(folder, "validateData data: 'older.csv', contract: 'strict.yml'");
        Files.writeString(folder.resolve("strict.yml"), """
                contract: strict
                columns:
                  age: { type: integer, max: 65, description: Years, distribution: { method: psi, max: 0.2 } }
                """);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "strict");
        job.setDefinition(new CpsFlowDefinition(pipeline, true));
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        own("report of refused data", "job/strict/1/ml-cicd/");
    }

    private void history() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("reviewed");
        ModelBuilds builds = new ModelBuilds(jenkins, job);
        FreeStyleBuild first = builds.evaluated("one", 0.8, "");
        builds.released(first, "one", "production", "2026-01-01T10:00:00Z", "ann");
        builds.evaluated("two", 0.9, "");
        builds.evaluated("three", 0.7, ModelBuilds.failedGate(0.7));
        own("review of a refused model", "job/reviewed/3/ml-cicd/");
        charted("trends with releases", "job/reviewed/ml-cicd/", ModelPage.OWN);
        charted("trends of a metric that was chosen", "job/reviewed/ml-cicd/?metric=logLoss&builds=3", ModelPage.OWN);
    }

    private void retraining() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("proposed");
        Proposals.propose(jenkins, job, "drift.share of wind is 0.6");
        own("retraining", "job/proposed/ml-cicd-retraining/");
    }

    private void lineage() {
        ToldPages told = ToldPages.tell();
        own("search in the lineage", "ml-cicd/lineage/?q=small");
        own("newest of the lineage", "ml-cicd/lineage/");
        own("a node of the lineage", told.node());
        own("a difference of two models", told.difference());
        pages.add(new ModelPage("check of the lineage", "ml-cicd/lineage/", ModelPage.OWN, "")
                .following("document.querySelector('form[name=verify] button').click()"));
    }

    private void form() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("configured");
        EvaluateModelStep evaluate = new EvaluateModelStep();
        evaluate.setGates(List.of(new GateOption("accuracy")));
        DeployModelStep deploy = new DeployModelStep();
        deploy.setGates(List.of(new GateOption("latency.p99")));
        for (StageStep step :
                List.of(new ValidateDataStep(), evaluate, new PackageModelStep(), deploy, new CheckDriftStep())) {
            job.getBuildersList().add(new StageBuilder(step));
        }
        job.addTrigger(new RetrainTrigger("H 2 * * *"));
        part("configuration of a job", "job/configured/configure");
        part("configuration of Jenkins", "manage/configure");
    }

    private void views() throws Exception {
        ListView list = new ListView("list", jenkins.jenkins);
        jenkins.jenkins.addView(list);
        list.setRecurse(true);
        list.setIncludeRegex(".*");
        list.getColumns().add(new ModelColumn());
        list.save();
        part("a list view", "view/list/");
        Dashboard dashboard = new Dashboard("dashboard");
        jenkins.jenkins.addView(dashboard);
        dashboard.setRecurse(true);
        dashboard.setIncludeRegex(".*");
        dashboard.setTopPortlets(List.of(new ModelsPortlet("Models")));
        dashboard.save();
        part("a dashboard", "view/dashboard/");
        part("a portlet on a page of its own", "view/dashboard/topPortlets/0/");
    }

    /** Pages of Jenkins and other plugins of the same kinds, on which there is nothing of this plugin. */
    static List<String> plain(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("plain");
        job.getBuildersList().add(new Shell("true"));
        job.addTrigger(new TimerTrigger("H 2 * * *"));
        jenkins.buildAndAssertSuccess(job);
        WorkflowJob flow = jenkins.createProject(WorkflowJob.class, "flow");
        flow.setDefinition(new CpsFlowDefinition("echo 'hello'", true));
        jenkins.buildAndAssertSuccess(flow);
        jenkins.jenkins.addView(new ListView("none", jenkins.jenkins));
        jenkins.jenkins.addView(new Dashboard("bare"));
        return List.of(
                "",
                "job/plain/",
                "job/plain/1/",
                "job/plain/configure",
                "job/flow/",
                "job/flow/1/",
                "job/flow/configure",
                "view/none/",
                "view/bare/");
    }
}
