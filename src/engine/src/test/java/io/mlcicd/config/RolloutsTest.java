package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.deployment.artifact.ArtifactSettings;
import io.mlcicd.deployment.artifact.FolderPlace;
import io.mlcicd.deployment.artifact.RegistryPlace;
import io.mlcicd.deployment.local.ProcessSettings;
import io.mlcicd.deployment.strategy.Labels;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutsTest {

    @TempDir
    Path folder;

    private Requests requests(String task, String deploy) throws IOException {
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/model"), "m");
        Files.writeString(folder.resolve("mlcicd.yml"), """
                model: { name: weather, task: %s }
                package: { model: build/model, image: registry.example/weather }
                deploy:
                %s
                """.formatted(task, deploy.indent(2)));
        Map<String, String> variables = Map.of("U", "ci", "P", "s3cret", "K", "word", "USER", "ann");
        return new Requests(Project.load(folder, List.of()), variables::get);
    }

    private static final String LABELS = """
            command: [serve]
            strategy:
              canary: {}
              prediction: /predictions/0
              requestId: header:X-Request-Id
              labels: { path: labels/*.csv, id: request, label: truth, wait: 2h, min: 200 }
            """;

    @Test
    void labelsAreRead() throws IOException {
        var request = requests("multiclass", LABELS).deployment(LineageRecord.EMPTY);
        assertThat(request.strategy().labels())
                .contains(new Labels(folder, "labels/*.csv", "request", "truth", Duration.ofHours(2), 200, false));
        assertThat(((ProcessSettings) request.target()).place().requestId()).contains("header:X-Request-Id");
        assertThat(requests("regression", LABELS)
                        .deployment(LineageRecord.EMPTY)
                        .strategy()
                        .labels())
                .hasValueSatisfying(labels -> assertThat(labels.numeric()).isTrue());
    }

    @Test
    void labelsNeedWhatTheyAreJoinedBy() throws IOException {
        Requests without = requests("multiclass", LABELS.replace("  requestId: header:X-Request-Id\n", ""));
        assertThatThrownBy(() -> without.deployment(LineageRecord.EMPTY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:")
                .hasMessageContaining("deploy.strategy.requestId");
        Requests ranking = requests("ranking", LABELS);
        assertThatThrownBy(() -> ranking.deployment(LineageRecord.EMPTY)).hasMessageContaining("task ranking");
        assertThatThrownBy(() -> requests("binary", LABELS.replace("header:X-Request-Id", "id")))
                .hasMessageContaining("requestId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: kubernetes | the target 'kubernetes' does not tell single answers",
                "target: sagemaker | the target 'sagemaker' does not tell single answers",
                "target: vertex | the target 'vertex' does not tell single answers",
                "target: artifact | the target 'artifact' does not tell single answers",
                "traffic: tcp | the target 'process' with traffic: tcp does not tell single answers"
            })
    void labelsAreRefusedWhereNobodySeesAnswers(String where, String message) throws IOException {
        Requests requests = requests("multiclass", where + """

                image: registry.example/weather@sha256:%s
                artifact: { folder: models }
                sagemaker: { region: eu-central-1, role: "arn:aws:iam::1:role/m", instanceType: ml.m5.large }
                vertex: { project: acme, region: europe-west4, machineType: n1-standard-2 }
                """.formatted("b".repeat(64)) + LABELS);

        assertThatThrownBy(() -> requests.deployment(LineageRecord.EMPTY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "(?s).*mlcicd.yml:\\d+:\\d+: deploy.strategy.labels: " + message + ".*leave the key out.*");
    }

    @Test
    void anArtifactNeedsNoCommandAndNoImage() throws IOException {
        var inFolder = requests("multiclass", "target: artifact\nartifact: { folder: ../models }")
                .deployment(LineageRecord.EMPTY);
        assertThat(inFolder.image()).isEmpty();
        ArtifactSettings settings = (ArtifactSettings) inFolder.target();
        assertThat(settings.place()).isEqualTo(new FolderPlace(folder.resolve("../models")));
        assertThat(settings.by()).isEqualTo("ann");
        ArtifactSettings there = (ArtifactSettings) requests("multiclass", """
                        target: artifact
                        artifact:
                          image: registry.example/models/weather
                          credentials: { usernameVariable: U, passwordVariable: P }
                          sign: { key: release.pem, passwordEnv: K }
                        """).target();
        assertThat(((RegistryPlace) there.place()).credentials().orElseThrow().username())
                .isEqualTo("ci");
        assertThatThrownBy(() -> there.signing().orElseThrow().key())
                .hasMessageContaining("release.pem")
                .hasMessageNotContaining("word");
        assertThat(there.toString()).doesNotContain("word", "s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: artifact | is needed for the target artifact",
                "{ target: artifact, artifact: {} } | name one of them",
                "{ target: artifact, artifact: { folder: a, image: b/c } } | name one of them",
                "{ target: artifact, artifact: { image: b/c:1 } } | a repository is named without one",
                "{ target: artifact, artifact: { image: 'B C' } } | is no name of a repository"
            })
    void aPlaceIsNamedOnceAndRightly(String deploy, String message) throws IOException {
        Requests requests = requests("multiclass", deploy);
        assertThatThrownBy(requests::target)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:")
                .hasMessageContaining(message);
    }
}
