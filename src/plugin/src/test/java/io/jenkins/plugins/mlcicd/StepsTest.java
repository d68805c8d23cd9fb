package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.labels.LabelAtom;
import hudson.slaves.DumbSlave;
import hudson.tasks.junit.CaseResult;
import hudson.tasks.junit.TestResult;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the steps do in a Pipeline, in a real Jenkins. */
@WithJenkins
class StepsTest {

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    private ModelProject project;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void project() throws Exception {
        project = new ModelProject(temp.resolve("project"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "validate | validateData()",
                "evaluate | evaluateModel()",
                "package  | packageModel()",
                "deploy   | deployModel()",
                "drift    | checkDrift()",
            })
    void passesAndKeepsItsDocument(String stage, String step) throws Exception {
        WorkflowRun run = build(Result.SUCCESS, step);

        assertThat(summaries(run)).singleElement().satisfies(summary -> {
            assertThat(summary.getStage()).isEqualTo(stage);
            assertThat(summary.getVerdict()).isEqualTo("PASSED");
            assertThat(run.getRootDir().toPath().resolve("ml-cicd").resolve(summary.getFile()))
                    .exists();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "age            | validateData data: 'older.csv', contract: 'strict.yml'",
                "accuracy       | evaluateModel gates: [gate(metric: 'accuracy', min: 0.8)]",
                "image.bytes    | packageModel gates: [gate(metric: 'image.bytes', max: 10)]",
                "batch.rows     | deployModel gates: [gate(metric: 'batch.rows', min: 1000)]",
                "drift.share    | checkDrift current: 'older'",
            })
    void failsWithOneMessageWhenAGateFails(String named, String step) throws Exception {
        project.write("strict.yml", "contract: strict\ncolumns: { age: { type: integer, max: 65 } }\n");

        WorkflowRun run = build(Result.FAILURE, step + "; echo 'not reached'");

        assertThat(summaries(run))
                .singleElement()
                .extracting(StageSummary::getVerdict)
                .isEqualTo("FAILED");
        String log = JenkinsRule.getLog(run);
        assertThat(log).doesNotContain("not reached").doesNotContain("\tat ");
        assertThat(log.lines().filter(line -> line.startsWith("ERROR:")))
                .singleElement()
                .asString()
                .contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "validateData data: 'older.csv', contract: 'strict.yml'",
                "evaluateModel gates: [gate(metric: 'accuracy', min: 0.8, criticality: 'UNSTABLE')]",
                "packageModel gates: [gate(metric: 'image.bytes', max: 10, criticality: 'UNSTABLE')]",
                "deployModel gates: [gate(metric: 'batch.rows', min: 1000, criticality: 'UNSTABLE')]",
                "checkDrift current: 'older', gates: [gate(metric: 'drift.share', max: 0.3, criticality: 'UNSTABLE')]",
            })
    void marksBuildAndStageUnstable(String step) throws Exception {
        project.write(
                "strict.yml",
                "contract: strict\ncolumns: { age: { type: integer, max: 65, criticality: UNSTABLE } }\n");

        WorkflowRun run = build(Result.UNSTABLE, "stage('Watched') { " + step + " }; echo 'goes on'");

        jenkins.assertLogContains("goes on", run);
        assertThat(new DepthFirstScanner()
                        .allNodes(run.getExecution()).stream()
                                .map(node -> node.getAction(WarningAction.class))
                                .filter(warning -> warning != null))
                .singleElement()
                .satisfies(warning -> assertThat(warning.getResult()).isEqualTo(Result.UNSTABLE));
    }

    @Test
    void onlyShowsANote() throws Exception {
        WorkflowRun run =
                build(Result.SUCCESS, "evaluateModel gates: [gate(metric: 'accuracy', min: 0.8, criticality: 'NOTE')]");

        jenkins.assertLogContains("note: accuracy", run);
    }

    @Test
    void returnsTheNumbersToTheScript() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                def result = evaluateModel()
                echo "passed ${result.passed}, ${result.verdict}, accuracy ${result.metrics.accuracy}"
                echo "gate on ${result.gates[0].metric}, version ${result.document.schemaVersion}"
                """);

        jenkins.assertLogContains("passed true, PASSED, accuracy 0.75", run);
        jenkins.assertLogContains("gate on accuracy, version 1.0", run);
    }

    @Test
    void saysWhatIsWrongWithUnusableInput() throws Exception {
        project.write("mlcicd.yml", "model: { name: small }\nevaluate: { lable: x }\n");

        WorkflowRun run = build(Result.FAILURE, "evaluateModel()");

        jenkins.assertLogContains("mlcicd.yml:2", run);
        jenkins.assertLogContains("lable", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "validateData data: 'train.csv'");

        jenkins.assertLogContains("'data' and 'contract' go together", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void readsTheFileAsTheStepSays() throws Exception {
        Files.write(
                project.folder().resolve("towns.txt"),
                "K\u00f6ln\t20\nM\u00fcnchen\t30\n".getBytes(StandardCharsets.ISO_8859_1));
        project.write(
                "towns.yml",
                "contract: towns\ncolumns: { column1: { values: [K\u00f6ln, M\u00fcnchen], type: string } }\n");

        WorkflowRun run = build(
                Result.SUCCESS,
                "def read = validateData data: 'towns.txt', contract: 'towns.yml', format: 'csv', delimiter: '\\\\t',"
                        + " encoding: 'latin-1', header: false\n"
                        + "echo \"${read.metrics['data.rows']} rows\"");

        jenkins.assertLogContains("2.0 rows", run);
    }

    @Test
    void comparesWithTheDataSetsThatTheStepNames() throws Exception {
        project.write("orders.csv", "customer,note\n1,'a,b'\n2,NA\n7,c\n");
        project.write("customers.csv", "id\n1\n2\n3\n");
        project.write("orders.yml", """
                contract: orders
                checks: [{ foreignKey: { columns: [customer], in: customers, keys: [id] } }]
                columns: { customer: { type: integer }, note: { type: string, maxNullShare: 0 } }
                """);

        WorkflowRun run = build(
                Result.FAILURE,
                "validateData data: 'orders.csv', contract: 'orders.yml', quote: '\\'', nulls: 'NA',"
                        + " with: 'customers=customers.csv'");

        jenkins.assertLogContains("note is null in 1 row", run);
        jenkins.assertLogContains("customers", run);
    }

    @Test
    void refusesADataSetWithoutAFile() throws Exception {
        WorkflowRun run =
                build(Result.FAILURE, "validateData data: 'train.csv', contract: 'contract.yml', with: 'customers'");

        jenkins.assertLogContains("write name=path", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void showsAsManyRowsAndComparesWithTheProfileAsTheStepSays() throws Exception {
        project.write("drifting.yml", """
                contract: drifting
                columns:
                  age: { type: integer, max: 65, criticality: UNSTABLE, distribution: { method: psi, max: 0.2 } }
                """);
        DataSource train = DataSource.of("train", project.folder().resolve("train.csv"));
        try (DataEngine engine = DataEngine.embedded(train)) {
            project.write("train.json", Json.write(Profiler.profile(engine, engine.open(train))));
        }

        WorkflowRun run = build(
                Result.UNSTABLE,
                "def checks = validateData(data: 'older.csv', contract: 'drifting.yml', baseline: 'train.json', examples: 2)"
                        + ".document.details.data[0].checks\n"
                        + "for (check in checks) { echo \"${check.kind} ${check.outcome} ${check.examples.size()}\" }");

        jenkins.assertLogContains("range FAILED 2", run);
        jenkins.assertLogContains("distribution.psi FAILED 0", run);
    }

    @Test
    void comparesWithWhatTheJobAcceptedLastEvenInAFreshWorkspace() throws Exception {
        project.write(
                "growing.yml", "contract: growing\nrows: { maxChange: 0.5 }\ncolumns: { age: { type: integer } }\n");
        WorkflowJob job = job("""
                sh 'rm -rf .mlcicd'
                validateData data: 'rows.csv', contract: 'growing.yml'
                """);
        rows(100);
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        assertThat(rowChange(first)).isEqualTo("SKIPPED");

        rows(200);
        WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        assertThat(rowChange(refused)).isEqualTo("FAILED");

        rows(140);
        WorkflowRun grown = jenkins.buildAndAssertSuccess(job);
        assertThat(rowChange(grown)).as("of 100 rows, for 200 were refused").isEqualTo("PASSED");
        rows(200);
        assertThat(rowChange(jenkins.buildAndAssertSuccess(job)))
                .as("of 140 rows")
                .isEqualTo("PASSED");
    }

    @Test
    void comparesWithTheChampionThatTheJobsBuildsKnowRowByRowEvenInAFreshWorkspace() throws Exception {
        WorkflowJob job = job("""
                sh 'rm -rf .mlcicd'
                evaluateModel gates: [gate(metric: 'accuracy', minChangeVsChampion: -0.5, criticality: 'NOTE')]
                """);
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        assertThat(evaluation(first).has("champion")).isFalse();

        WorkflowRun second = jenkins.buildAndAssertSuccess(job);

        JsonNode champion = evaluation(second).path("champion");
        assertThat(champion.path("paired").asBoolean()).as("row by row").isTrue();
        assertThat(champion.path("changes").path("accuracy").path("change").asDouble())
                .isZero();
        assertThat(champion.path("tests").path(0).path("name").asText()).isEqualTo("McNemar");
        assertThat(first.getRootDir().toPath().resolve("ml-cicd").toFile().list())
                .as("what a later build compares with")
                .anyMatch(name -> name.endsWith(".parquet"));
    }

    @Test
    void theDeployedModelIsTheChampionAndNotTheOneThatWasAcceptedSince() throws Exception {
        WorkflowJob job = job("evaluateModel(); packageModel(); deployModel()");
        WorkflowRun deployed = jenkins.buildAndAssertSuccess(job);
        project.write("model/weights.txt", "0.3 0.2 0.1\n");
        job.setDefinition(new CpsFlowDefinition(project.pipeline("evaluateModel()"), true));
        jenkins.buildAndAssertSuccess(job);
        project.write("model/weights.txt", "0.4 0.4 0.4\n");
        job.setDefinition(new CpsFlowDefinition(project.pipeline("sh 'rm -rf .mlcicd'; evaluateModel()"), true));

        WorkflowRun third = jenkins.buildAndAssertSuccess(job);

        Path first = deployed.getRootDir().toPath().resolve("ml-cicd/1-evaluate.json");
        assertThat(evaluation(third).path("champion").path("evaluated").asText())
                .isEqualTo(Json.read(first).path("started").asText());
    }

    @Test
    void aGateOnALimitOfTheIntervalStopsAModelThatMayHaveBeenLucky() throws Exception {
        WorkflowJob job = job("evaluateModel gates: [gate(metric: 'accuracy', bound: 'lower95', min: 0.7)]");

        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

        jenkins.assertLogContains("accuracy is 0.7500, its lower 95 % limit 0.5981, must be at least 0.7000", run);
    }

    private static JsonNode evaluation(WorkflowRun run) throws IOException {
        return Json.read(run.getRootDir().toPath().resolve("ml-cicd/1-evaluate.json"))
                .path("details");
    }

    private void rows(int count) throws IOException {
        project.write("rows.csv", "age\n" + "30\n".repeat(count));
    }

    private static String rowChange(WorkflowRun run) throws IOException {
        Path document = run.getRootDir().toPath().resolve("ml-cicd/1-validate.json");
        for (JsonNode check : Json.read(document).at("/details/data/0/checks")) {
            if (check.path("kind").asText().equals("rowChange")) {
                return check.path("outcome").asText();
            }
        }
        throw new AssertionError("no check of the change in " + Files.readString(document));
    }

    @Test
    void refusesReadingOptionsOfNoFile() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "validateData delimiter: ';'");

        jenkins.assertLogContains("are about 'data'", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void theJunitStepShowsEachCheckAsATest() throws Exception {
        project.write("strict.yml", """
                contract: strict
                columns:
                  age: { type: integer, max: 65, unique: true, maxNullShare: 0, distribution: { method: psi, max: 0.2 } }
                """);

        WorkflowRun run = build(
                Result.FAILURE,
                "try { validateData data: 'older.csv', contract: 'strict.yml' } finally { junit '.mlcicd/results/*.xml' }");

        TestResult tests = run.getAction(TestResultAction.class).getResult();
        assertThat(names(tests.getPassedTests()))
                .containsExactlyInAnyOrder("data.age.type: integer", "data.age.nullShare: at most 0 % null");
        assertThat(names(tests.getFailedTests()))
                .containsExactlyInAnyOrder("data.age.range: at most 65", "data.age.unique: no value twice");
        assertThat(names(tests.getSkippedTests())).containsExactly("data.age.distribution.psi: at most 0.2");
        assertThat(tests.getFailedTests())
                .filteredOn(test -> test.getName().startsWith("range"))
                .singleElement()
                .satisfies(test ->
                        assertThat(((CaseResult) test).getErrorStackTrace()).contains("row 7: 66"));
    }

    private static List<String> names(Collection<? extends hudson.tasks.test.TestResult> tests) {
        return tests.stream().map(hudson.tasks.test.TestResult::getFullName).toList();
    }

    @Test
    void worksOnTheAgentNotOnTheController() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(new LabelAtom("far"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node('far') {
                    writeFile file: 'age.csv', text: 'age\\n20\\n30\\n'
                    writeFile file: 'contract.yml', text: 'contract: c\\ncolumns: { age: { type: integer, max: 40 } }'
                    validateData data: 'age.csv', contract: 'contract.yml'
                }
                """, true));

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        Path workspace = Path.of(agent.getRemoteFS()).resolve("workspace").resolve(job.getName());
        assertThat(workspace.resolve(".mlcicd/results/validate.json")).exists();
        assertThat(jenkins.jenkins.getRootDir().toPath().resolve("workspace").resolve(job.getName()))
                .doesNotExist();
        assertThat(summaries(run)).hasSize(1);
        jenkins.assertLogContains("[ml-cicd] validate PASSED", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "aborted"})
    void stopsAtOnceWhenTheBuildIsAborted(String label) throws Exception {
        if (!label.equals("built-in")) {
            jenkins.createOnlineSlave(new LabelAtom(label));
        }
        LongData.write(project.folder(), 20_000_000);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        String step = "validateData data: 'long.csv', contract: 'long.yml'";
        job.setDefinition(new CpsFlowDefinition(project.pipeline(label, step), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[ml-cicd] ", run);

        long aborted = System.nanoTime();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat((System.nanoTime() - aborted) / 1e9).isLessThan(5);
        assertThat(run.getAction(ModelBuildAction.class)).isNull();
        assertThat(project.folder().resolve(".mlcicd/results/validate.json")).doesNotExist();
    }

    private WorkflowJob job(String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps), true));
        return job;
    }

    private WorkflowRun build(Result expected, String steps) throws Exception {
        return jenkins.assertBuildStatus(expected, job(steps).scheduleBuild2(0));
    }

    private static List<StageSummary> summaries(WorkflowRun run) {
        return run.getAction(ModelBuildAction.class).getResults();
    }
}
