package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlcicd.deployment.local.DockerSettings;
import io.mlcicd.deployment.local.LocalSettings;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a real daemon; images hold a static web server. */
@Timeout(120)
class DockerTargetTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String SECRET = "docker-s3cr3t!";

    @TempDir
    Path folder;

    private int port;
    private String name;

    @BeforeEach
    void requireDocker() throws Exception {
        assumeTrue(Files.exists(BUSYBOX), "there is no busybox (busybox-static) to make images of");
        assumeTrue(
                run("docker", "version", "--format", "{{.Server.Version}}").isPresent(),
                "there is no Docker daemon to run containers in");
        port = ServiceProject.freePort();
        name = "web-" + port;
        Files.writeString(folder.resolve("model.txt"), "a model");
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        if (name != null) {
            Deployments.undeploy(folder.resolve(".mlcicd"), name, target(), true, "a test", Duration.ofSeconds(20));
        }
    }

    private static Optional<String> run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
            return good ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** An archive as packaging leaves one; the image itself is taken from the daemon again. */
    private Path archive(String answer) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root-" + answer));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("www"));
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        Files.writeString(root.resolve("www/health"), "well");
        Files.writeString(root.resolve("www/predict"), answer);
        Path tar = folder.resolve(answer + ".tar");
        Path saved = folder.resolve(answer + "-image.tar");
        String image = name + ":" + answer;
        assertThat(run("tar", "-cf", tar.toString(), "-C", root.toString(), "."))
                .isPresent();
        // An entry point that the release's command takes the place of.
        assertThat(run("docker", "import", "--change", "ENTRYPOINT [\"/no/such\"]", tar.toString(), image))
                .isPresent();
        assertThat(run("docker", "save", "-o", saved.toString(), image)).isPresent();
        assertThat(run("docker", "rmi", image)).isPresent();
        return saved;
    }

    private TargetSettings target() {
        return target(port);
    }

    private static TargetSettings target(int port) {
        LocalSettings place = LocalSettings.at("127.0.0.1", port);
        return new DockerSettings(place, DockerSettings.HOST, DockerSettings.DEFAULT_PORT, List.of("--read-only"));
    }

    private DeploymentRequest request(Path archive) {
        return request(name, archive, target(), Optional.empty());
    }

    private DeploymentRequest request(String deployment, Path archive, TargetSettings target, Optional<Origin> origin) {
        return new DeploymentRequest(
                new Model("web", Optional.empty()),
                deployment,
                folder,
                "model.txt",
                List.of(),
                origin.isPresent()
                        ? Optional.empty()
                        : Optional.of(new ImageContent("web", Optional.empty(), Optional.of(archive))),
                List.of("/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:${port}", "-h", "/www"),
                new HealthCheck("/health", Duration.ofSeconds(20)),
                Optional.empty(),
                Map.of("SECRET", SECRET),
                target,
                Strategy.ALL_AT_ONCE,
                Optional.empty(),
                origin,
                Optional.empty(),
                false,
                "a test",
                Duration.ZERO,
                folder.resolve(".mlcicd"),
                LineageRecord.EMPTY,
                List.of());
    }

    private Result<DeploymentDetails> deploy(Path archive) throws InterruptedException {
        return new DeployModel().run(request(archive), Progress.NONE);
    }

    private List<String> containers() throws InterruptedException {
        return run("docker", "ps", "-aq", "--filter", "label=io.mlcicd.deployment=" + name).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String predict() throws IOException, InterruptedException {
        return predict(port);
    }

    private static String predict(int port) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/predict");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void imagesAreReleasedRolledBackAndCleanedUp() throws Exception {
        Result<DeploymentDetails> first = deploy(archive("one"));
        assertThat(first.details().reason()).isEmpty();
        assertThat(predict()).isEqualTo("one");
        assertThat(containers()).hasSize(1);
        assertThat(commandLines()).noneMatch(line -> line.contains(SECRET));
        assertThat(run("docker", "exec", containers().get(0), "/bin/busybox", "env")
                        .orElseThrow())
                .contains("SECRET=" + SECRET);

        assertThat(deploy(archive("two")).verdict()).isEqualTo(Verdict.PASSED);
        await(() -> containers().size() == 1 && predict().equals("two"));

        killSupervisor();
        assertThat(containers()).as("a killed supervisor leaves its container").hasSize(1);
        Result<DeploymentDetails> third = deploy(archive("three"));
        assertThat(third.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(third.details().recovered().orElseThrow()).contains("the supervisor was killed");
        await(() -> containers().size() == 1 && predict().equals("three"));

        new RollbackModel().run(request(folder.resolve("three-image.tar")), Progress.NONE);
        await(() -> containers().size() == 1 && predict().equals("two"));

        Deployments.undeploy(folder.resolve(".mlcicd"), name, target(), false, "a test", Duration.ZERO);
        assertThat(containers()).isEmpty();
    }

    @Test
    void anImageThatCannotStartIsRolledBack() throws Exception {
        deploy(archive("one"));
        DeploymentRequest broken = request(archive("two"));
        Result<DeploymentDetails> failed = new DeployModel()
                .run(
                        new DeploymentRequest(
                                broken.model(),
                                broken.name(),
                                broken.baseDirectory(),
                                broken.modelPath(),
                                broken.files(),
                                broken.image(),
                                List.of("/bin/no-such-program"),
                                broken.health(),
                                broken.smoke(),
                                broken.env(),
                                broken.target(),
                                broken.strategy(),
                                broken.environment(),
                                broken.origin(),
                                broken.verify(),
                                false,
                                broken.by(),
                                broken.patience(),
                                broken.stateDir(),
                                broken.known(),
                                broken.gates()),
                        Progress.NONE);

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.details().reason().orElseThrow()).contains("ended before it was ready", "no-such-program");
        assertThat(predict()).isEqualTo("one");
        await(() -> containers().size() == 1);
    }

    /** The archive that packaging writes to is always the same, so it holds a later model by the time of a promotion. */
    @Test
    void theImageThatStagingRunsIsMovedOnAndNoOther() throws Exception {
        Path image = folder.resolve("image.tar");
        Files.move(archive("one"), image, StandardCopyOption.REPLACE_EXISTING);
        Result<DeploymentDetails> staged = deploy(image);
        Files.move(archive("two"), image, StandardCopyOption.REPLACE_EXISTING);
        int productionPort = ServiceProject.freePort();
        String production = name + "-production";
        TargetSettings there = target(productionPort);
        try {
            Origin staging = new Origin("staging", name, target());
            Result<DeploymentDetails> moved =
                    new DeployModel().run(request(production, image, there, Optional.of(staging)), Progress.NONE);

            assertThat(moved.details().reason()).isEmpty();
            assertThat(moved.details().release()).isEqualTo(staged.details().release());
            assertThat(moved.details().promotedFrom()).contains("staging");
            assertThat(predict(productionPort)).isEqualTo("one");
            assertThat(predict()).isEqualTo("one");
            assertThat(imageOf(production)).isEqualTo(imageOf(name));

            assertThat(deploy(image).verdict()).isEqualTo(Verdict.PASSED);
            await(() -> predict().equals("two"));
            assertThat(predict(productionPort)).isEqualTo("one");
        } finally {
            Deployments.undeploy(folder.resolve(".mlcicd"), production, there, true, "a test", Duration.ofSeconds(20));
        }
    }

    @Test
    void anImageThatIsGoneIsNotReplacedByAnother() throws Exception {
        Path image = folder.resolve("image.tar");
        Files.move(archive("one"), image, StandardCopyOption.REPLACE_EXISTING);
        Result<DeploymentDetails> first = deploy(image);
        String gone = imageOf(name);
        Files.move(archive("two"), image, StandardCopyOption.REPLACE_EXISTING);
        deploy(image);
        await(() -> containers().size() == 1 && predict().equals("two"));
        assertThat(run("docker", "rmi", "--force", gone)).isPresent();

        assertThatThrownBy(() -> new RollbackModel().run(request(image), Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the image of release " + first.details().release())
                .hasMessageContaining("is another one by now");
        assertThat(predict()).isEqualTo("two");
        assertThat(containers()).hasSize(1);
    }

    private String imageOf(String deployment) throws InterruptedException {
        String container = run("docker", "ps", "-q", "--filter", "label=io.mlcicd.deployment=" + deployment)
                .orElseThrow();
        return run("docker", "inspect", "--format", "{{.Image}}", container).orElseThrow();
    }

    private static List<String> commandLines() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    private void killSupervisor() throws Exception {
        Path control = folder.resolve(".mlcicd/deployments").resolve(name).resolve(SupervisorMain.CONTROL_FILE);
        long pid = Long.parseLong(Fields.parse(Files.readString(control)).require("pid"));
        ProcessHandle supervisor = ProcessHandle.of(pid).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get();
    }
}
