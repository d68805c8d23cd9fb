package io.mlcicd.deployment.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.packaging.Registry;
import io.mlcicd.registry.RegistryCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishing to a real registry. */
@Timeout(60)
class ArtifactRegistryTest {

    private static final Optional<RegistryCredentials> LOGIN =
            Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));

    @TempDir
    Path folder;

    private ArtifactProject project(Registry registry, Optional<RegistryCredentials> login) {
        return new ArtifactProject(
                folder.resolve("project"), new RegistryPlace(registry.host() + "/models/weather", login));
    }

    @Test
    void aRegistryThatAsksForALoginHoldsVersionsAndNames() throws Exception {
        Path data = Files.createDirectories(folder.resolve("registry"));
        Path app = folder.resolve("app/model");
        try (Registry registry = Registry.guarded(data)) {
            ArtifactProject project = project(registry, LOGIN).with("one");
            assertThat(project.publish("production").verdict()).isEqualTo(Verdict.PASSED);
            PulledModel one = project.pull("production", app, LOGIN, Optional.empty());
            assertThat(ArtifactProject.said(app)).isEqualTo("one");
            assertThat(app.resolve("build/model/run.sh")).isExecutable();

            byte[] sent = registry.get("models/weather", "manifests", "production");
            assertThat(Digests.of(sent)).isEqualTo(one.version());
            JsonNode manifest = Json.mapper().readTree(sent);
            assertThat(manifest.path("artifactType").asText()).isEqualTo("application/vnd.mlcicd.model.v1+json");
            assertThat(manifest.path("annotations")
                            .path("io.mlcicd.model.digest")
                            .asText())
                    .isEqualTo(one.modelDigest().value());
            assertThat(manifest.path("annotations").path("io.mlcicd.data.train").asText())
                    .startsWith("sha256:");
            assertThat(manifest.path("layers")).hasSize(4);
            assertThat(manifest.path("layers")
                            .get(0)
                            .path("annotations")
                            .path("org.opencontainers.image.title")
                            .asText())
                    .isEqualTo("build/model/part0");
            assertThat(registry.get("models/weather", "manifests", one.release().orElseThrow()))
                    .isEqualTo(sent);

            project.with("two").publish("production");
            project.pull("production", app, LOGIN, Optional.empty());
            assertThat(ArtifactProject.said(app)).isEqualTo("two");
            project.rollBack("production");
            assertThat(project.pull("production", app, LOGIN, Optional.empty()).version())
                    .isEqualTo(one.version());
            assertThat(project.undeploy("production")).isTrue();
            assertThatThrownBy(() -> project.pull("production", app, LOGIN, Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("was withdrawn");

            RegistryCredentials wrong = new RegistryCredentials(Registry.USER, "not-the-secret");
            assertThatThrownBy(() -> project.pull("production", app, Optional.of(wrong), Optional.empty()))
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("not-the-secret");
            assertThatThrownBy(() -> project(registry, Optional.of(wrong)).publish("production"))
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("401");
        }
    }

    @Test
    void theSameContentIsTheSameVersionInAFolderAndInARegistry() throws Exception {
        Path data = Files.createDirectories(folder.resolve("registry"));
        try (Registry registry = Registry.open(data)) {
            ArtifactProject there = project(registry, Optional.empty()).with("one");
            there.publish("weather");
            ArtifactProject here =
                    new ArtifactProject(folder.resolve("project"), new FolderPlace(folder.resolve("store")));
            here.publish("weather-here");
            assertThat(here.pull("weather-here", folder.resolve("a")).version())
                    .isEqualTo(there.pull("weather", folder.resolve("b")).version());
        }
    }

    @Test
    void whatIsTamperedWithInTheRegistryIsNotPutIntoPlace() throws Exception {
        Path data = Files.createDirectories(folder.resolve("registry"));
        Path app = folder.resolve("app/model");
        try (Registry registry = Registry.open(data)) {
            ArtifactProject project = project(registry, Optional.empty()).with("one");
            project.publish("weather");
            project.pull("weather", app);
            project.with("two").publish("weather");
            try (Stream<Path> files = Files.walk(data.resolve("storage"))) {
                for (Path file : files.filter(path -> path.endsWith("data")).toList()) {
                    if (Files.readString(file).equals("two\n1")) {
                        Files.writeString(file, "bad\n1");
                    }
                }
            }
            assertThatThrownBy(() -> project.pull("weather", app)).isInstanceOf(OutsideSystemException.class);
            assertThat(ArtifactProject.said(app)).isEqualTo("one");
            assertThatThrownBy(() -> project.pull("nothing", app))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("nothing is published as");
        }
        ArtifactProject nowhere = new ArtifactProject(
                folder.resolve("project"), new RegistryPlace("localhost:1/models/weather", Optional.empty()));
        assertThatThrownBy(() -> nowhere.pull("weather", app)).hasMessageContaining("no connection to the registry");
    }
}
