package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.deployment.BatchRequest;
import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.local.LocalSettings;
import io.mlcicd.deployment.local.ProcessSettings;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.document.YamlDocument.Replacement;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.TestMethod;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.SliceSpec;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.PackagingRequest;
import io.mlcicd.serving.ServingContract;
import io.mlcicd.serving.ServingProtocol;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

    private static final String LEAST = """
            model: { name: weather, task: binary }
            data:
              train: { path: train.csv, contract: contract.yml }
            evaluate: { predictions: p.csv, label: y, prediction: p }
            package: { model: model.bin, image: "weather:1" }
            deploy: { command: [serve, 1, true], batch: { command: [score], output: out.csv } }
            drift: { reference: train, current: train }
            """;

    @TempDir
    Path folder;

    @Test
    void theKeysPasswordIsCosignsOnlyForAKeyOfCosign() throws IOException {
        Map<String, String> environment = Map.of("COSIGN_PASSWORD", "of-cosign", "OWN", "own");
        String plain = LEAST.replace("\"weather:1\" }", "\"weather:1\", sign: { key: signing.key } }");
        String named =
                LEAST.replace("\"weather:1\" }", "\"weather:1\", sign: { key: signing.key, passwordEnv: OWN } }");

        // No key at all is in it, so what is said tells whether a password was there to try.
        String heading =
                "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\ne30=\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n";
        Files.writeString(folder.resolve("signing.key"), heading);
        assertThatThrownBy(() -> requests(plain, environment).packaging(LineageRecord.EMPTY))
                .hasMessageContaining("cannot be read as cosign writes keys");
        assertThatThrownBy(() -> requests(named, Map.of("OWN", "own")).packaging(LineageRecord.EMPTY))
                .hasMessageContaining("cannot be read as cosign writes keys");
        assertThatThrownBy(() -> requests(plain, Map.of()).packaging(LineageRecord.EMPTY))
                .hasMessageContaining("COSIGN_PASSWORD");
        Files.writeString(folder.resolve("signing.key"), heading.replace("SIGSTORE ", ""));
        assertThatThrownBy(() -> requests(plain, environment).packaging(LineageRecord.EMPTY))
                .hasMessageContaining("has a password; name the environment variable");
    }

    @Test
    void whatIsLeftOutGetsItsDocumentedDefault() throws IOException {
        Requests requests = requests(LEAST, Map.of());

        EvaluationRequest evaluation = requests.evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty());
        PackagingRequest packaging = requests.packaging(LineageRecord.EMPTY);
        DeploymentRequest deployment = requests.deployment(LineageRecord.EMPTY);
        BatchRequest batch = requests.batch(LineageRecord.EMPTY);
        DriftRequest drift = requests.drift(LineageRecord.EMPTY, NoMonitoring.NOTHING);

        assertThat(evaluation.slicing().minSize()).isEqualTo(30);
        assertThat(evaluation.gates()).isEmpty();
        assertThat(packaging.base()).isEqualTo("scratch");
        assertThat(packaging.push()).isFalse();
        assertThat(packaging.output()).contains(folder.resolve(".mlcicd/image/weather.tar"));
        assertThat(deployment.name()).isEqualTo("weather");
        assertThat(deployment.command()).containsExactly("serve", "1", "true");
        LocalSettings place = ((ProcessSettings) deployment.target()).place();
        assertThat(place.port()).isEqualTo(8501);
        assertThat(place.host()).isEqualTo("127.0.0.1");
        assertThat(deployment.strategy()).isEqualTo(Strategy.ALL_AT_ONCE);
        assertThat(deployment.health().path()).isEqualTo("/health");
        assertThat(deployment.health().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(place.drain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(batch.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(drift.tests()).isEqualTo(ColumnTests.DEFAULT);
        assertThat(drift.tests().common().method()).isEqualTo(TestMethod.AUTO);
        assertThat(drift.reference()).isInstanceOf(DriftSide.Raw.class);
    }

    @Test
    void aGateHasOneBoundForEachThatIsWritten() throws IOException {
        Requests requests = requests(
                LEAST.replace(
                        "prediction: p }",
                        "prediction: p, slices: [s], gates: [{ metric: m, min: 0.1, maxChangeVsChampion: 0, slice: s,"
                                + " criticality: NOTE }] }"),
                Map.of());

        assertThat(requests.evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty())
                        .gates())
                .hasSize(2)
                .allMatch(gate -> gate.criticality() == Criticality.NOTE)
                .allMatch(gate -> gate.slice().equals(Optional.of("s")))
                .extracting(gate -> gate.comparison())
                .containsExactly(Comparison.MIN, Comparison.MAX_CHANGE);
    }

    @Test
    void theModelReleasedLastIsTheChampionUnlessTheFileNamesOne() throws IOException {
        ChampionSource released = ChampionSource.of(folder.resolve("champion.json"));

        assertThat(requests(LEAST, Map.of())
                        .evaluation(LineageRecord.EMPTY, Optional.of(released), Optional.empty())
                        .champion())
                .contains(released);
        assertThat(requests(LEAST.replace("label: y", "label: y, champion: best.json"), Map.of())
                        .evaluation(LineageRecord.EMPTY, Optional.of(released), Optional.empty())
                        .champion()
                        .flatMap(ChampionSource::document))
                .contains(folder.resolve("best.json"));
    }

    @Test
    void everyWayOfWritingSlicesIsUnderstood() throws IOException {
        EvaluationRequest request = requests(
                        LEAST.replace(
                                "prediction: p }",
                                "prediction: p, slices: [season, { column: age, bins: [18, 65] },"
                                        + " { columns: [season, { column: age, bins: [40] }] }] }"),
                        Map.of())
                .evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty());

        assertThat(request.slicing().slices())
                .extracting(SliceSpec::name)
                .containsExactly("season", "age", "season, age");
        assertThat(request.slicing().slices().get(1).parts().get(0).edges()).containsExactly(18.0, 65.0);
        assertThat(request.slicing().slices().get(2).parts().get(1).edges()).containsExactly(40.0);
    }

    @Test
    void notWorseThanTheChampionIsAGateOnTheLimitOfTheChangeOnTheWorseSide() throws IOException {
        List<Gate> gates = requests(
                        LEAST.replace(
                                "prediction: p }",
                                "prediction: p, custom: { money: { sql: avg(gain), better: higher } }, gates: ["
                                        + "{ metric: rocAuc, notWorseThanChampion: 0.01 },"
                                        + "{ metric: logLoss, notWorseThanChampion: 0.02, bound: lower90 },"
                                        + "{ metric: money, notWorseThanChampion: 3 }] }"),
                        Map.of())
                .evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty())
                .gates();

        assertThat(gates)
                .extracting(
                        Gate::comparison,
                        Gate::threshold,
                        gate -> gate.bound().orElseThrow().toString())
                .containsExactly(
                        tuple(Comparison.MIN_CHANGE, -0.01, "lower95"),
                        tuple(Comparison.MAX_CHANGE, 0.02, "upper90"),
                        tuple(Comparison.MIN_CHANGE, -3.0, "lower95"));
    }

    @Test
    void aMetricOfUnknownDirectionCannotBeHeldAgainstTheChampionWithoutSayingWhichWayIsWorse() throws IOException {
        String yaml =
                LEAST.replace("prediction: p }", "prediction: p, gates: [{ metric: bias, notWorseThanChampion: 1 }] }");

        assertThatThrownBy(() ->
                        requests(yaml, Map.of()).evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:4:")
                .hasMessageContaining("which way 'bias' is worse");
    }

    @Test
    void judgingNeedsExactlyOneThingToJudgeBy() {
        assertThatThrownBy(() -> requests(
                        LEAST.replace("predictions: p.csv,", "reported: m.json, predictions: p.csv,"), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs exactly one of 'predictions', 'endpoint' and 'reported'");
    }

    @Test
    void binsThatDoNotRiseAndLevelsOutsideOfTheirRangeAreRefusedByTheirPlace() throws IOException {
        assertThatThrownBy(() -> requests(
                                LEAST.replace(
                                        "prediction: p }", "prediction: p, slices: [{ column: a, bins: [3, 2] }] }"),
                                Map.of())
                        .evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bins that do not rise");
        assertThatThrownBy(() -> requests(LEAST.replace("prediction: p }", "quantiles: { \"1.5\": q } }"), Map.of())
                        .evaluation(LineageRecord.EMPTY, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no level");
    }

    @Test
    void valuesComeFromTheEnvironmentAndAMissingOneIsNamedWithItsPlace() throws IOException {
        String yaml = LEAST.replace("deploy: {", "deploy: { env: { KEY: \"a-${SECRET}-b\" },");

        assertThat(requests(yaml, Map.of("SECRET", "$1\\"))
                        .deployment(LineageRecord.EMPTY)
                        .env())
                .containsEntry("KEY", "a-$1\\-b");
        assertThatThrownBy(() -> requests(yaml, Map.of()).deployment(LineageRecord.EMPTY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:6:18: deploy.env.KEY: the environment variable SECRET is not set");
    }

    @Test
    void registryCredentialsAreVariablesByName() throws IOException {
        String yaml = LEAST.replace(
                "\"weather:1\" }", "\"weather:1\", credentials: { usernameVariable: U, passwordVariable: P } }");

        assertThat(requests(yaml, Map.of("U", "ci", "P", "hidden"))
                        .packaging(LineageRecord.EMPTY)
                        .credentials()
                        .orElseThrow()
                        .toString())
                .contains("ci")
                .doesNotContain("hidden");
        assertThatThrownBy(() -> requests(yaml, Map.of("U", "ci")).packaging(LineageRecord.EMPTY))
                .hasMessageContaining("package.credentials.passwordVariable: the environment variable P is not set");
    }

    @Test
    void aMissingSectionIsSaidWithItsPurpose() throws IOException {
        Requests requests = requests("model: { name: m }\n", Map.of());

        assertThatThrownBy(() -> requests.drift(LineageRecord.EMPTY, NoMonitoring.NOTHING))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no section 'drift', which says what is compared with what");
        assertThatThrownBy(() -> requests.validation(name -> Optional.empty()))
                .hasMessageContaining("no data set has a contract");
    }

    @Test
    void aDataSetIsNamedOrAFileThatExists() throws IOException {
        assertThatThrownBy(() -> requests(LEAST.replace("current: train", "current: trian"), Map.of())
                        .drift(LineageRecord.EMPTY, NoMonitoring.NOTHING))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "drift.current: 'trian' is neither a data set of this file (did you mean 'train'?)");
    }

    @Test
    void withoutAFileTheFoldersNameIsTheModels() {
        Project project = Project.load(
                folder, List.of(new Replacement("/model/task", JsonNodeFactory.instance.textNode("binary"), "--task")));

        assertThat(project.model().name()).matches("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");
    }

    @Test
    void aKeyInTheEnvironmentSignsAsOneInAFileDoes() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("Ed25519");
        String pem = "-----BEGIN PRIVATE KEY-----"
                + Base64.getEncoder()
                        .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "-----END PRIVATE KEY-----";
        Files.writeString(folder.resolve("key.pem"), pem);
        String byVariable = LEAST.replace("\"weather:1\"", "\"weather:1\", sign: { keyEnv: KEY }");
        String byFile = LEAST.replace("\"weather:1\"", "\"weather:1\", sign: { key: key.pem }");
        byte[] content = {1, 2, 3};

        assertThat(key(byVariable, Map.of("KEY", pem)).sign(content))
                .isEqualTo(key(byFile, Map.of()).sign(content));
        assertThatThrownBy(() -> key(byVariable, Map.of()))
                .hasMessageEndingWith("package.sign.keyEnv: the environment variable KEY is not set");
        assertThatThrownBy(() -> key(byVariable, Map.of("KEY", "s3cret")))
                .hasMessageStartingWith("the environment variable KEY is not a key in PEM")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> key(byFile.replace("key.pem }", "key.pem, keyEnv: KEY }"), Map.of("KEY", pem)))
                .hasMessageContaining("package.sign: needs either 'key'");
        assertThatThrownBy(() -> key(byFile.replace("key: key.pem", "passwordEnv: WORD"), Map.of()))
                .hasMessageContaining("package.sign: needs either 'key'");
    }

    private SigningKey key(String yaml, Map<String, String> environment) throws IOException {
        return requests(yaml, environment)
                .packaging(LineageRecord.EMPTY)
                .supplyChain()
                .key()
                .orElseThrow();
    }

    private Requests requests(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("mlcicd.yml"), yaml);
        return new Requests(Project.load(folder, List.of()), environment::get);
    }

    @Test
    void theServingContractFollowsFromTheFile() throws Exception {
        String yaml = """
                model: { name: weather }
                package:
                  model: model.bin
                  image: "weather:1"
                  dockerfile: Dockerfile
                  serveCheck: true
                  serve:
                    { protocol: tensorflow, name: other, example: e.csv, timeout: 5s, requests: 7, expect: { status: 200 } }
                """;
        PackagingRequest packaging = requests(yaml, Map.of()).packaging(LineageRecord.EMPTY);
        ServingContract contract = packaging.serveCheck().orElseThrow();

        assertThat(contract.protocol()).isEqualTo(ServingProtocol.TENSORFLOW);
        assertThat(contract.port()).isEqualTo(8501);
        assertThat(contract.name()).isEqualTo("other");
        assertThat(contract.example()).contains(folder.resolve("e.csv"));
        assertThat(contract.timeout()).hasSeconds(5);
        assertThat(contract.requests()).isEqualTo(7);
        assertThat(contract.expect().orElseThrow().status()).hasValue(200);
        assertThat(packaging.docker().builds()).isTrue();
        assertThat(packaging.docker().dockerfile()).contains("Dockerfile");
    }

    @Test
    void aServiceOfItsOwnIsServedAsItIsDeployed() throws Exception {
        String yaml = """
                model: { name: weather }
                package: { model: model.bin, image: "weather:1", serveCheck: true }
                deploy: { command: [run], health: { path: /ready }, smoke: smoke.yml }
                """;
        ServingContract contract = requests(yaml, Map.of())
                .packaging(LineageRecord.EMPTY)
                .serveCheck()
                .orElseThrow();

        assertThat(contract.protocol()).isEqualTo(ServingProtocol.OWN);
        assertThat(contract.healthPath()).isEqualTo("/ready");
        assertThat(contract.smoke()).contains(folder.resolve("smoke.yml"));
        assertThat(contract.name()).isEqualTo("weather");
    }

    @Test
    void aServeCheckThatKnowsNoProtocolIsRefused() throws Exception {
        String yaml = """
                model: { name: weather }
                package: { model: model.bin, image: "weather:1", serveCheck: true }
                """;
        assertThatThrownBy(() -> requests(yaml, Map.of()).packaging(LineageRecord.EMPTY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:2")
                .hasMessageContaining("v2, mlflow, tensorflow or own");
    }
}
