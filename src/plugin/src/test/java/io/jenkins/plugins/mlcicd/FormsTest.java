package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.retrain.RetrainTrigger;
import io.jenkins.plugins.mlcicd.step.AllAtOnceOption;
import io.jenkins.plugins.mlcicd.step.BlueGreenOption;
import io.jenkins.plugins.mlcicd.step.CanaryOption;
import io.jenkins.plugins.mlcicd.step.CheckDriftStep;
import io.jenkins.plugins.mlcicd.step.DeployModelStep;
import io.jenkins.plugins.mlcicd.step.EvaluateModelStep;
import io.jenkins.plugins.mlcicd.step.GateOption;
import io.jenkins.plugins.mlcicd.step.PackageModelStep;
import io.jenkins.plugins.mlcicd.step.ShadowOption;
import io.jenkins.plugins.mlcicd.step.StageBuilder;
import io.jenkins.plugins.mlcicd.step.StageStep;
import io.jenkins.plugins.mlcicd.step.StrategyOption;
import io.jenkins.plugins.mlcicd.step.ValidateDataStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerEndpoint;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of steps, freestyle builder and trigger: what is filled in comes back, mistakes are told, help is there. */
@WithJenkins
class FormsTest {

    private static final String STEP = "io.jenkins.plugins.mlcicd.step.";

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static ValidateDataStep validate() {
        ValidateDataStep step = new ValidateDataStep();
        step.setDir("model");
        step.setData("today.data");
        step.setContract("contract.yml");
        step.setFormat("csv");
        step.setName("today");
        step.setDelimiter("\\t");
        step.setQuote("'");
        step.setNulls("NA, -");
        step.setWith("old=old.csv, test=data/test.csv");
        step.setEncoding("latin-1");
        step.setHeader(false);
        step.setBaseline("train.json");
        step.setExamples(0);
        step.setEngine("auto");
        return step;
    }

    private static EvaluateModelStep evaluate() {
        EvaluateModelStep step = new EvaluateModelStep();
        step.setPredictions("p.csv");
        step.setTask("binary");
        step.setLabel("y");
        step.setPrediction("predicted");
        step.setScore("p");
        step.setPositive("yes");
        step.setSlices("season, region");
        step.setChampion("champion.json");
        GateOption worst = new GateOption("accuracy");
        worst.setMin(0.75);
        worst.setSlice("season");
        GateOption change = new GateOption("f1");
        change.setMinChangeVsChampion(-0.01);
        change.setMaxChangeVsChampion(0.5);
        change.setCriticality("UNSTABLE");
        GateOption certain = new GateOption("accuracy");
        certain.setMin(0.7);
        certain.setBound("lower95");
        GateOption notWorse = new GateOption("f1");
        notWorse.setNotWorseThanChampion(0.02);
        notWorse.setMinRelativeChangeVsChampion(-0.1);
        notWorse.setMaxRelativeChangeVsChampion(0.9);
        step.setGates(List.of(worst, change, certain, notWorse));
        step.setWeight("w");
        step.setId("case");
        step.setQuery("q");
        step.setThreshold(0.4);
        step.setEngine("spark");
        step.setMaster("spark://head:7077");
        step.setReported("metrics.json");
        step.setChampionPredictions("champion.csv");
        step.setTests("pytest.xml, it.xml");
        step.setThresholds("tfma.pbtxt");
        step.setFairness("season");
        step.setWorstSlices(true);
        return step;
    }

    private static PackageModelStep packaging() {
        PackageModelStep step = new PackageModelStep();
        step.setModel("build/model");
        step.setImage("team/weather:1.1");
        step.setBase("scratch");
        step.setOutput("image.tar");
        step.setPush(true);
        step.setRegistry(new DockerRegistryEndpoint("https://registry.example", null));
        step.setServeCheck(true);
        step.setBuilder("docker");
        step.setDockerfile("docker/Dockerfile");
        step.setDockerServer(new DockerServerEndpoint("tcp://docker.example:2376", null));
        step.setPlatforms("linux/amd64, linux/arm64");
        step.setSbom(false);
        step.setProvenance(true);
        step.setSigningCredentialsId("key");
        step.setSigningPasswordId("key-password");
        step.setAllowPickle("features.*");
        step.setAllowLicences("MIT, BSD*");
        step.setDenyLicences("GPL*");
        return step;
    }

    private static DeployModelStep deploy() {
        DeployModelStep step = new DeployModelStep();
        step.setName("weather");
        step.setPort(9000);
        step.setSmoke("smoke.yml");
        step.setTimeout("2m");
        step.setBatch(true);
        step.setTarget("batch");
        step.setVerify("release.pub");
        step.setApproval("none");
        return step;
    }

    private static CheckDriftStep drift() {
        CheckDriftStep step = new CheckDriftStep();
        step.setReference("train");
        step.setCurrent("today.csv");
        step.setColumns("wind, rain");
        step.setExclude("date");
        step.setMethod("ks");
        step.setThreshold(0.01);
        step.setMaster("local[2]");
        GateOption gate = new GateOption("drift.share");
        gate.setMax(0.3);
        gate.setCriticality("NOTE");
        step.setGates(List.of(gate));
        step.setRetrain("train");
        step.setRetrainParameters("REASON=drift");
        return step;
    }

    private static List<StageStep> filledIn() {
        return List.of(validate(), evaluate(), packaging(), deploy(), drift());
    }

    @Test
    void everyStepComesBackFromItsForm() throws Exception {
        StepConfigTester form = new StepConfigTester(jenkins);
        for (StageStep step : filledIn()) {
            jenkins.assertEqualDataBoundBeans(step, form.configRoundTrip(step));
        }
        for (StageStep step :
                List.of(new ValidateDataStep(), new PackageModelStep(), new DeployModelStep(), new CheckDriftStep())) {
            jenkins.assertEqualDataBoundBeans(step, form.configRoundTrip(step));
        }
    }

    @Test
    void theSnippetGeneratorWritesEveryStep() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new ValidateDataStep(), "validateData()");
        snippets.assertRoundTrip(
                validate(),
                "validateData baseline: 'train.json', contract: 'contract.yml', data: 'today.data', delimiter: '\\\\t', dir:"
                        + " 'model', encoding: 'latin-1', engine: 'auto', examples: 0, format: 'csv', header: false, name:"
                        + " 'today', nulls: 'NA, -', quote: '\\'', with: 'old=old.csv, test=data/test.csv'");
        snippets.assertRoundTrip(
                drift(),
                "checkDrift columns: 'wind, rain', current: 'today.csv', exclude: 'date', gates: [gate(criticality:"
                        + " 'NOTE', max: 0.3, metric: 'drift.share')], master: 'local[2]', method: 'ks', reference: 'train', retrain:"
                        + " 'train', retrainParameters: 'REASON=drift', threshold: 0.01");
        snippets.assertRoundTrip(
                deploy(),
                "deployModel approval: 'none', batch: true, name: 'weather', port: 9000, smoke: 'smoke.yml', target:"
                        + " 'batch', timeout: '2m', verify: 'release.pub'");
        snippets.assertRoundTrip(
                packaging(),
                "packageModel allowLicences: 'MIT, BSD*', allowPickle: 'features.*', base: 'scratch', builder: 'docker',"
                        + " denyLicences: 'GPL*', dockerServer: [uri: 'tcp://docker.example:2376'], dockerfile:"
                        + " 'docker/Dockerfile', image: 'team/weather:1.1', model: 'build/model', output: 'image.tar',"
                        + " platforms: 'linux/amd64, linux/arm64', provenance: true, push: true, registry: [url:"
                        + " 'https://registry.example'], sbom: false, serveCheck: true, signingCredentialsId: 'key',"
                        + " signingPasswordId: 'key-password'");
    }

    @Test
    void everyStepComesBackFromAFreestyleJob() throws Exception {
        List<StageStep> steps = Stream.concat(filledIn().stream(), Stream.of(new ValidateDataStep()))
                .toList();
        for (StageStep step : steps) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new StageBuilder(step));

            jenkins.configRoundtrip(job);

            jenkins.assertEqualDataBoundBeans(
                    step, job.getBuildersList().get(StageBuilder.class).getStep());
        }
    }

    private static List<StrategyOption> strategies() {
        AllAtOnceOption atOnce = new AllAtOnceOption();
        atOnce.setWatch("1m");
        BlueGreenOption blueGreen = new BlueGreenOption();
        blueGreen.setKeepOld("30m");
        blueGreen.setMinRequests(7);
        CanaryOption canary = new CanaryOption();
        canary.setSteps("10, 50");
        canary.setEvery("30s");
        canary.setMaxWait("2m");
        canary.setWhenQuiet("continue");
        canary.setPrediction("/predictions/0");
        ShadowOption shadow = new ShadowOption();
        shadow.setDuration("5m");
        return List.of(atOnce, blueGreen, canary, shadow, new CanaryOption());
    }

    @Test
    void everyStrategyComesBackFromFormFreestyleJobAndSnippet() throws Exception {
        StepConfigTester form = new StepConfigTester(jenkins);
        for (StrategyOption strategy : strategies()) {
            DeployModelStep step = new DeployModelStep();
            step.setStrategy(strategy);
            jenkins.assertEqualDataBoundBeans(step, form.configRoundTrip(step));
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new StageBuilder(step));
            jenkins.configRoundtrip(job);
            jenkins.assertEqualDataBoundBeans(
                    step, job.getBuildersList().get(StageBuilder.class).getStep());
        }
        DeployModelStep step = new DeployModelStep();
        step.setStrategy(strategies().get(2));
        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        step,
                        "deployModel strategy: canary(every: '30s', maxWait: '2m', prediction: '/predictions/0', steps:"
                                + " '10, 50', whenQuiet: 'continue')");
    }

    @Test
    void theTriggerComesBackFromItsForm() throws Exception {
        RetrainTrigger trigger = new RetrainTrigger("H 2 * * *");
        trigger.setProfile("sensitive");
        trigger.setConditions("drift, newData, age, performance, criticalColumns");
        trigger.setDriftShare(0.25);
        trigger.setCriticalColumns("wind, rain");
        trigger.setPerformance("accuracy: 0.02, rmse: 5%");
        trigger.setNewRows(1000L);
        trigger.setAge("90d");
        trigger.setApproval("none");
        trigger.setCooldown("24h");
        trigger.setQuietHours("Mon-Fri 08:00-18:00; 22:00-06:00");
        trigger.setZone("Europe/Berlin");
        trigger.setParameters("REASON=drift\nROWS=10");
        trigger.setWatchedJob("other");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addTrigger(trigger);

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(trigger, job.getTrigger(RetrainTrigger.class));
    }

    @Test
    void freestyleJobsRunTheStepsAndJudgeByTheGates() throws Exception {
        ModelProject project = new ModelProject(temp);
        assertThat(freestyle(project, 0.7, "FAILURE").getResult()).isEqualTo(Result.SUCCESS);
        assertThat(freestyle(project, 0.8, "UNSTABLE").getResult()).isEqualTo(Result.UNSTABLE);
        FreeStyleBuild failed = freestyle(project, 0.8, "FAILURE");
        assertThat(failed.getResult()).isEqualTo(Result.FAILURE);
        assertThat(failed.getAction(ModelBuildAction.class).getVerdict()).isEqualTo("FAILED");
        jenkins.assertLogContains("ERROR: evaluate: accuracy", failed);
    }

    private static FreeStyleBuild freestyle(ModelProject project, double min, String criticality) throws Exception {
        EvaluateModelStep step = new EvaluateModelStep();
        GateOption gate = new GateOption("accuracy");
        gate.setMin(min);
        gate.setCriticality(criticality);
        step.setGates(List.of(gate));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setCustomWorkspace(project.folder().toString());
        job.getBuildersList().add(new StageBuilder(step));
        return job.scheduleBuild2(0).get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ValidateDataStep  | dir         | value=/abs               | WARNING",
                "ValidateDataStep  | dir         | value=models/a           | OK",
                "ValidateDataStep  | data        | value=&contract=c.yml    | ERROR",
                "ValidateDataStep  | contract    | value=&data=d.csv        | ERROR",
                "ValidateDataStep  | name        | value=My Data            | ERROR",
                "ValidateDataStep  | delimiter   | value=;&data=d.csv       | OK",
                "ValidateDataStep  | delimiter   | value=\\t&data=d.csv     | OK",
                "ValidateDataStep  | delimiter   | value=;;&data=d.csv      | ERROR",
                "ValidateDataStep  | delimiter   | value=;&data=            | ERROR",
                "ValidateDataStep  | quote       | value='&data=d.csv       | OK",
                "ValidateDataStep  | quote       | value=ab&data=d.csv      | ERROR",
                "ValidateDataStep  | quote       | value='&data=            | ERROR",
                "ValidateDataStep  | nulls       | value=NA, -&data=d.csv   | OK",
                "ValidateDataStep  | nulls       | value=NA&data=           | ERROR",
                "ValidateDataStep  | with        | value=a=b.csv&data=d.csv | OK",
                "ValidateDataStep  | with        | value=b.csv&data=d.csv   | ERROR",
                "ValidateDataStep  | with        | value=a=b.csv&data=      | ERROR",
                "ValidateDataStep  | encoding    | value=latin-1&data=d.csv | OK",
                "ValidateDataStep  | encoding    | value=latin-1&data=      | ERROR",
                "ValidateDataStep  | header      | value=false&data=        | ERROR",
                "CheckDriftStep    | master      | value=yarn&engine=       | OK",
                "CheckDriftStep    | master      | value=local[2]&engine=spark | OK",
                "CheckDriftStep    | master      | value=yarn&engine=embedded  | ERROR",
                "CheckDriftStep    | master      | value=head:7077&engine=     | ERROR",
                "ValidateDataStep  | header      | value=&data=             | OK",
                "ValidateDataStep  | baseline    | value=a.json&data=d.csv  | OK",
                "ValidateDataStep  | baseline    | value=/a.json&data=d.csv | WARNING",
                "ValidateDataStep  | baseline    | value=a.json&data=       | ERROR",
                "ValidateDataStep  | examples    | value=                   | OK",
                "ValidateDataStep  | examples    | value=0                  | OK",
                "ValidateDataStep  | examples    | value=1001               | ERROR",
                "ValidateDataStep  | examples    | value=many               | ERROR",
                "EvaluateModelStep | predictions | value=C:\\p.csv          | WARNING",
                "EvaluateModelStep | label       | value=  x                | OK",
                "EvaluateModelStep | score       | value=p&task=regression  | ERROR",
                "EvaluateModelStep | score       | value=p&task=binary      | OK",
                "EvaluateModelStep | positive    | value=1&task=multiclass  | ERROR",
                "EvaluateModelStep | slices      | value=a,                 | ERROR",
                "EvaluateModelStep | score       | value=p&task=ranking     | OK",
                "EvaluateModelStep | query       | value=q&task=binary      | ERROR",
                "EvaluateModelStep | query       | value=q&task=ranking     | OK",
                "EvaluateModelStep | threshold   | value=half               | ERROR",
                "EvaluateModelStep | reported    | value=m.json&predictions=p.csv | ERROR",
                "EvaluateModelStep | reported    | value=m.json&predictions= | OK",
                "EvaluateModelStep | championPredictions | value=/abs/p.csv | WARNING",
                "EvaluateModelStep | fairness    | value=a,                 | ERROR",
                "PackageModelStep  | image       | value=Not an image!      | ERROR",
                "PackageModelStep  | image       | value=team/weather:1.1   | OK",
                "PackageModelStep  | base        | value=base.tar           | OK",
                "PackageModelStep  | platforms   | value=linux/amd64, linux/arm64 | OK",
                "PackageModelStep  | platforms   | value=linux              | ERROR",
                "PackageModelStep  | signingPasswordId | value=pw&signingCredentialsId= | ERROR",
                "PackageModelStep  | signingPasswordId | value=pw&signingCredentialsId=key | OK",
                "PackageModelStep  | allowPickle | value=features.*         | OK",
                "PackageModelStep  | allowPickle | value=features           | ERROR",
                "PackageModelStep  | denyLicences | value=GPL*,             | ERROR",
                "DeployModelStep   | target      | value=docker&batch=true  | ERROR",
                "DeployModelStep   | target      | value=batch&batch=true   | OK",
                "DeployModelStep   | verify      | value=/keys/release.pub  | WARNING",
                "CanaryOption      | steps       | value=5, 25.5, 100       | OK",
                "CanaryOption      | steps       | value=25, 5              | ERROR",
                "CanaryOption      | steps       | value=10, many           | ERROR",
                "CanaryOption      | every       | value=soon               | ERROR",
                "CanaryOption      | minRequests | value=0                  | ERROR",
                "ShadowOption      | duration    | value=5m                 | OK",
                "BlueGreenOption   | keepOld     | value=long               | ERROR",
                "AllAtOnceOption   | prediction  | value=predictions        | ERROR",
                "DeployModelStep   | port        | value=70000              | ERROR",
                "DeployModelStep   | port        | value=8501               | OK",
                "DeployModelStep   | timeout     | value=soon               | ERROR",
                "DeployModelStep   | timeout     | value=30s                | OK",
                "CheckDriftStep    | threshold   | value=-1                 | ERROR",
                "CheckDriftStep    | threshold   | value=0.2                | OK",
                "CheckDriftStep    | retrain     | value=                   | OK",
                "CheckDriftStep    | retrainParameters | value=&retrain=    | OK",
                "GateOption        | metric      | value=&min=1&max=&minChangeVsChampion=&maxChangeVsChampion=&minRelativeChangeVsChampion=&maxRelativeChangeVsChampion=&notWorseThanChampion= | ERROR",
                "GateOption        | metric      | value=f1&min=&max=&minChangeVsChampion=&maxChangeVsChampion=&minRelativeChangeVsChampion=&maxRelativeChangeVsChampion=&notWorseThanChampion= | ERROR",
                "GateOption        | metric      | value=f1&min=1&max=&minChangeVsChampion=&maxChangeVsChampion=&minRelativeChangeVsChampion=&maxRelativeChangeVsChampion=&notWorseThanChampion= | OK",
                "GateOption        | metric      | value=f1&min=&max=&minChangeVsChampion=&maxChangeVsChampion=&minRelativeChangeVsChampion=&maxRelativeChangeVsChampion=&notWorseThanChampion=0.01 | OK",
                "GateOption        | bound       | value=lower95            | OK",
                "GateOption        | bound       | value=low                | ERROR",
                "GateOption        | notWorseThanChampion | value=-1        | ERROR",
                "GateOption        | min         | value=high               | ERROR",
                "GateOption        | max         | value=0.1&min=0.5        | ERROR",
            })
    void tellsMistakesInTheForm(String type, String field, String query, FormValidation.Kind expected)
            throws Exception {
        assertThat(check(STEP + type, field, query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec       | value=H 2 * * *  | OK",
                "spec       | value=nonsense   | ERROR",
                "cooldown   | value=a while    | ERROR",
                "cooldown   | value=24h        | OK",
                "watchedJob | value=not-there  | ERROR",
                "conditions | value=drift&profile=&driftShare=&criticalColumns=&performance=&newRows=&age= | OK",
                "conditions | value=drfit&profile=&driftShare=&criticalColumns=&performance=&newRows=&age= | ERROR",
                "conditions | value=age&profile=&driftShare=&criticalColumns=&performance=&newRows=&age= | ERROR",
                "conditions | value=age&profile=&driftShare=&criticalColumns=&performance=&newRows=&age=soon | ERROR",
                "conditions | value=age&profile=&driftShare=&criticalColumns=&performance=&newRows=&age=90d | OK",
                "driftShare | value=0.3        | OK",
                "driftShare | value=30         | ERROR",
                "criticalColumns | value=a,    | ERROR",
                "performance | value=accuracy  | ERROR",
                "performance | value=rmse: 5%  | OK",
                "newRows    | value=0.5        | ERROR",
                "age        | value=old        | ERROR",
                "quietHours | value=at night   | ERROR",
                "quietHours | value=00:00-24:00 | ERROR",
                "quietHours | value=22:00-06:00 | OK",
                "zone       | value=Nowhere    | ERROR",
                "zone       | value=Europe/Rome | OK",
                "parameters | value=A=1        | ERROR",
            })
    void tellsMistakesInTheTriggersForm(String field, String query, FormValidation.Kind expected) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        assertThat(check(job.getUrl(), RetrainTrigger.class.getName(), field, query))
                .isEqualTo(expected);
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        for (Class<?> type : List.of(
                ValidateDataStep.class,
                EvaluateModelStep.class,
                PackageModelStep.class,
                DeployModelStep.class,
                CheckDriftStep.class,
                GateOption.class,
                AllAtOnceOption.class,
                BlueGreenOption.class,
                CanaryOption.class,
                ShadowOption.class,
                RetrainTrigger.class)) {
            Descriptor<?> descriptor = jenkins.jenkins.getDescriptor(type.asSubclass(Describable.class));
            for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
                String help = jenkins.executeOnServer(() -> descriptor.getHelpFile(parameter.getName()));
                assertThat(help)
                        .as(type.getSimpleName() + "." + parameter.getName())
                        .isNotNull();
                web.goTo(help.substring(1), null);
            }
        }
    }

    private static FormValidation.Kind check(String type, String field, String query) throws Exception {
        return check("", type, field, query);
    }

    private static FormValidation.Kind check(String context, String type, String field, String query) throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        String method = "check" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        WebRequest request = new WebRequest(
                web.createCrumbedUrl(context + "descriptorByName/" + type + "/" + method),
                org.htmlunit.HttpMethod.POST);
        request.setRequestParameters(List.of(query.split("&")).stream()
                .map(pair -> pair.split("=", 2))
                .map(pair -> new NameValuePair(pair[0], pair[1]))
                .toList());
        Page page = web.getPage(request);
        String html = page.getWebResponse().getContentAsString();
        return Stream.of(FormValidation.Kind.ERROR, FormValidation.Kind.WARNING)
                .filter(kind -> html.matches("(?s).*class=\"?" + kind.name().toLowerCase(Locale.ROOT) + "\\b.*"))
                .findFirst()
                .orElse(FormValidation.Kind.OK);
    }
}
