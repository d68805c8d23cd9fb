package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.docker.ContainerNetwork;
import io.mlcicd.docker.DockerCommand;
import io.mlcicd.docker.DockerImage;
import io.mlcicd.docker.DockerRun;
import io.mlcicd.docker.TestDaemon;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.packaging.docker.DockerUse;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.serving.ServingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds images in a real Docker daemon, from given and from generated Dockerfiles. */
class DockerPackagingTest {

    @TempDir
    private Path temp;

    private DockerCommand docker;
    private ServedProject served;
    private Project project;
    private String base;

    @BeforeEach
    void open() throws Exception {
        docker = TestDaemon.open();
        served = new ServedProject(temp.resolve("project"));
        project = served.project;
        project.serveCheck = Optional.empty();
        project.docker = new DockerUse(docker, true, Optional.empty());
        base = "mlcicd-test/base:" + UUID.randomUUID();
    }

    @AfterEach
    void removeImages() throws Exception {
        if (docker != null) {
            docker.removeImage(project.image);
            docker.removeImage(base);
        }
    }

    /** A base whose pip only notes what it was asked. */
    private void buildBase() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("base"));
        Files.writeString(folder.resolve("pip"), "#!/bin/sh\necho \"$@\" > /pip.log\n");
        TestDaemon.build(docker, folder, base, """
                COPY pip /bin/pip
                RUN ["/bin/busybox", "chmod", "755", "/bin/pip"]
                ENV PATH=/bin
                """);
    }

    private List<String> inImage(String script) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        docker.runToEnd(
                new DockerRun(
                        project.image,
                        "mlcicd-test-" + UUID.randomUUID(),
                        Map.of(),
                        Map.of(),
                        List.of("/app/bin/busybox", "sh", "-c"),
                        List.of(script),
                        new ContainerNetwork.None(),
                        List.of()),
                lines::add);
        return lines;
    }

    @Test
    void aDockerfileIsGeneratedThatInstallsCopiesAndRuns() throws Exception {
        buildBase();
        project.base = base;
        project.write("requirements.txt", "scikit-learn==1.5\n");

        Result<PackagingDetails> result = project.pack();

        Path kept = project.output.orElseThrow().resolveSibling("image.Dockerfile");
        assertThat(kept).hasContent("""
                FROM %s
                WORKDIR /app
                # dependencies
                COPY ["requirements.txt","/app/requirements.txt"]
                RUN ["pip","install","--no-cache-dir","-r","requirements.txt"]
                # code
                COPY ["serve.sh","/app/"]
                COPY ["bin/busybox","/app/bin/"]
                # model
                COPY ["build/model/weights.bin","/app/build/model/"]
                COPY ["build/model/meta/classes.json","/app/build/model/meta/"]
                ENV MODE="good"
                ENTRYPOINT ["/app/bin/busybox","nc","-ll","-p","%d","-e","/app/bin/busybox","sh","/app/serve.sh"]
                """.formatted(base, served.port));
        assertThat(inImage("./bin/busybox cat /pip.log build/model/meta/classes.json; ./bin/busybox ls"))
                .containsExactly(
                        "install --no-cache-dir -r requirements.txt",
                        "[\"sun\", \"rain\"]bin",
                        "build",
                        "requirements.txt",
                        "serve.sh");
        DockerImage image = docker.image(project.image);
        assertThat(result.details().dockerImage()).contains(image.id());
        assertThat(result.details().dockerBase()).contains(docker.image(base).id());
        assertThat(image.labels()).containsAllEntriesOf(result.details().labels());
        assertThat(ImageLineage.of(image.labels()).orElseThrow().model())
                .contains(result.details().model());
    }

    @Test
    void whatALockHoldsIsInstalledByItsHashes() throws Exception {
        buildBase();
        project.base = base;
        String hash = "sha256:" + "a".repeat(64);
        project.write("Pipfile.lock", """
                {"default": {"numpy": {"hashes": ["%s"], "version": "==1.26.4"}}}
                """.formatted(hash));

        project.pack();

        Path beside = project.output.orElseThrow().resolveSibling("image.requirements.txt");
        assertThat(beside).hasContent("numpy==1.26.4 \\\n    --hash=" + hash + "\n");
        assertThat(project.output.orElseThrow().resolveSibling("image.Dockerfile"))
                .content()
                .contains("""
                        # dependencies of Pipfile.lock
                        COPY ["%s","/opt/mlcicd/requirements.txt"]
                        RUN ["pip","install","--no-cache-dir","--require-hashes","--no-deps","-r","/opt/mlcicd/requirements.txt"]
                        # code
                        """.formatted(
                                project.output.orElseThrow().startsWith(project.folder)
                                        ? project.folder.relativize(beside)
                                        : ".mlcicd/image/image.requirements.txt"));
        assertThat(inImage("./bin/busybox cat /pip.log /opt/mlcicd/requirements.txt"))
                .containsExactly(
                        "install --no-cache-dir --require-hashes --no-deps -r /opt/mlcicd/requirements.txt",
                        "numpy==1.26.4 \\",
                        "    --hash=" + hash);
    }

    @Test
    void theTarballIsAnImageLayoutWithTheIdTheDaemonKnows() throws Exception {
        Result<PackagingDetails> result = project.pack();

        Path tarball = project.output.orElseThrow();
        StoredImage stored = StoredImage.read(tarball);
        String id = result.details().dockerImage().orElseThrow();
        assertThat(stored.manifestDigest()).isEqualTo(result.details().image().digest());
        assertThat(stored.manifest().path("config").path("digest").asText()).isEqualTo(id);
        assertThat(stored.storedBytes()).isEqualTo(result.details().bytes());
        for (JsonNode layer : stored.manifest().path("layers")) {
            stored.blob(new Digest(layer.path("digest").asText()));
        }
        docker.removeImage(project.image);
        assertThat(docker.load(tarball, line -> {})).isEqualTo(project.image);
        assertThat(docker.image(project.image).id()).isEqualTo(id);
    }

    @Test
    void nothingIsInstalledWithoutARequirementsFile() throws Exception {
        project.pack();

        assertThat(project.output.orElseThrow().resolveSibling("image.Dockerfile"))
                .content()
                .startsWith("FROM scratch\nWORKDIR /app\n# code\n")
                .doesNotContain("pip");
    }

    @Test
    void theUsersOwnDockerfileIsBuilt() throws Exception {
        project.write("docker/Dockerfile", """
                FROM scratch
                WORKDIR /app
                COPY bin/busybox bin/busybox
                COPY build build
                ENV OWN=yes
                """);
        project.docker = new DockerUse(docker, true, Optional.of("docker/Dockerfile"));

        Result<PackagingDetails> result = project.pack();

        assertThat(docker.image(project.image).environment()).contains("OWN=yes");
        assertThat(docker.image(project.image).labels()).containsKey("io.mlcicd.lineage");
        assertThat(project.output.orElseThrow().resolveSibling("image.Dockerfile"))
                .doesNotExist();
        assertThat(result.metrics()).containsKeys("image.bytes", "image.layers");
    }

    @Test
    void aDockerfileThatIsMissingOrWrongIsTold() throws Exception {
        project.docker = new DockerUse(docker, true, Optional.of("Dockerfile.gone"));
        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("dockerfile: ");

        project.write("Dockerfile", "FROM scratch\nCOPI a b\n");
        project.docker = new DockerUse(docker, true, Optional.of("Dockerfile"));
        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("cannot build an image from")
                .hasMessageContaining("COPI");
    }

    @Test
    void aDaemonThatIsNotThereIsTold() {
        DockerCommand none = DockerCommand.of("docker", Map.of("DOCKER_HOST", "unix:///no/such.sock"));
        project.docker = new DockerUse(none, true, Optional.empty());

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("no Docker daemon answers at unix:///no/such.sock");
    }

    @Test
    void dockerPushesWithAPasswordThatStaysNowhere() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.image = registry.host() + "/weather:1";
            project.push = true;
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));

            PackagingDetails details = project.pack().details();

            assertThat(details.pushed())
                    .contains(registry.host() + "/weather@" + details.image().digest());
            assertThat(docker.image(project.image).repositoryDigests())
                    .contains(details.pushed().orElseThrow());
            try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("mlcicd-docker-login"));
            }
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.image = registry.host() + "/weather:1";
            project.push = true;
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, "wr0ng-Word"));

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("cannot log in to " + registry.host() + " as ci: the registry refused")
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void whatDockerBuiltIsTriedBeforeItIsPushed() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.image = registry.host() + "/weather:1";
            project.push = true;
            served.serving(ServingProtocol.MLFLOW, "shape");
            assertThat(project.pack().verdict()).isEqualTo(Verdict.FAILED);
            assertThat(registry.status("weather/manifests/1")).isEqualTo(404);

            served.serving(ServingProtocol.MLFLOW, "good");
            assertThat(project.pack().verdict()).isEqualTo(Verdict.PASSED);
            assertThat(registry.status("weather/manifests/1")).isEqualTo(200);
            assertThat(docker.image(project.image).exposedPorts()).containsExactly(served.port + "/tcp");
        }
    }
}
