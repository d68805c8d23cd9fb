package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;
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
        assertThat(run("docker", "import", tar.toString(), image)).isPresent();
        assertThat(run("docker", "save", "-o", saved.toString(), image)).isPresent();
        assertThat(run("docker", "rmi", image)).isPresent();
        return saved;
    }

    private TargetSettings target() {
        LocalSettings place = LocalSettings.at("127.0.0.1", port);
        return new DockerSettings(place, DockerSettings.HOST, DockerSettings.DEFAULT_PORT, List.of("--read-only"));
    }

    private DeploymentRequest request(Path archive) {
        return new DeploymentRequest(
                new Model("web", Optional.empty()),
                name,
                folder,
                "model.txt",
                List.of(),
                Optional.of(new ImageContent("web", Optional.empty(), Optional.of(archive))),
                List.of("/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:${port}", "-h", "/www"),
                new HealthCheck("/health", Duration.ofSeconds(20)),
                Optional.empty(),
                Map.of("SECRET", SECRET),
                target(),
                Strategy.ALL_AT_ONCE,
                Optional.empty(),
                Optional.empty(),
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
