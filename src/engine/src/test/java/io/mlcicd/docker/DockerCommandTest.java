package io.mlcicd.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real daemon. */
class DockerCommandTest {

    private static final String LABEL = "io.mlcicd.test";

    @TempDir
    private Path temp;

    private final String mark = UUID.randomUUID().toString();
    private final String tag = "mlcicd-test/docker:" + mark;
    private DockerCommand docker;

    @BeforeEach
    void open() throws Exception {
        docker = TestDaemon.open();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (docker != null) {
            docker.removeLabelled(LABEL, mark);
            docker.removeImage(tag);
        }
    }

    private DockerRun run(Map<String, String> environment, String... arguments) {
        return new DockerRun(
                tag,
                "mlcicd-test-" + mark,
                Map.of(LABEL, mark),
                environment,
                List.of(),
                List.of(arguments),
                new ContainerNetwork.Host(),
                List.of());
    }

    private void buildShell() throws Exception {
        TestDaemon.build(docker, temp.resolve("context"), tag, "ENTRYPOINT [\"/bin/sh\", \"-c\"]\n");
    }

    @Test
    void bothEndsTellTheirVersion() throws Exception {
        DockerVersion version = docker.version();

        assertThat(version.client()).matches("\\d+\\..*");
        assertThat(version.server()).matches("\\d+\\..*");
        assertThat(version.platform()).startsWith("linux/");
    }

    @Test
    void anImageIsBuiltWithArgumentsAndLabelsAndInspected() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("context"));
        Files.copy(TestDaemon.busybox(), folder.resolve("busybox"));
        Path dockerfile = Files.writeString(temp.resolve("Dockerfile"), """
                FROM scratch
                ARG GREETING
                COPY busybox /bin/sh
                ENV SAID=$GREETING
                WORKDIR /app
                EXPOSE 8080
                ENTRYPOINT ["/bin/sh"]
                CMD ["-c", "exit 0"]
                """);
        List<String> lines = new CopyOnWriteArrayList<>();

        String id = docker.build(
                new DockerBuild(
                        folder,
                        dockerfile,
                        List.of(tag),
                        Map.of("GREETING", "good day"),
                        Map.of("a.label", "with = and spaces"),
                        Optional.of("linux/amd64"),
                        List.of()),
                lines::add);
        DockerImage image = docker.image(tag);

        assertThat(image.id()).isEqualTo(id);
        assertThat(image.labels()).containsEntry("a.label", "with = and spaces");
        assertThat(image.environment()).contains("SAID=good day");
        assertThat(image.entrypoint()).containsExactly("/bin/sh");
        assertThat(image.command()).containsExactly("-c", "exit 0");
        assertThat(image.workingDirectory()).isEqualTo("/app");
        assertThat(image.exposedPorts()).containsExactly("8080/tcp");
        assertThat(lines).anyMatch(line -> line.contains("EXPOSE 8080"));
    }

    @Test
    void aBuildThatFailsSaysItsLastLine() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("context"));
        Path dockerfile = Files.writeString(temp.resolve("Dockerfile"), "FROM scratch\nCOPY missing /there\n");
        DockerBuild build =
                new DockerBuild(folder, dockerfile, List.of(tag), Map.of(), Map.of(), Optional.empty(), List.of());

        assertThatThrownBy(() -> docker.build(build, line -> {}))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("Dockerfile")
                .hasMessageContaining("missing");
    }

    @Test
    void whatIsSavedCanBeLoadedAgain() throws Exception {
        buildShell();
        String id = docker.image(tag).id();
        Path tarball = temp.resolve("image.tar");

        docker.save(tag, tarball);
        docker.removeImage(tag);
        assertThat(docker.hasImage(tag)).isFalse();

        assertThat(docker.load(tarball, line -> {})).isEqualTo(tag);
        assertThat(docker.image(tag).id()).isEqualTo(id);
    }

    @Test
    void aContainerRunsToItsEndAndIsGone() throws Exception {
        buildShell();
        List<String> lines = new CopyOnWriteArrayList<>();

        DockerContainer ended = docker.runToEnd(run(Map.of(), "echo out; echo err >&2; exit 3"), lines::add);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.ending()).isEqualTo("ended with exit code 3");
        assertThat(lines).containsExactlyInAnyOrder("out", "err");
        assertThat(docker.containers(LABEL, mark)).isEmpty();
    }

    @Test
    void variablesReachTheContainerAndNoCommandLine() throws Exception {
        buildShell();
        AtomicReference<String> commandLines = new AtomicReference<>("");
        Map<String, String> variables = Map.of(
                "TOKEN", "s3cret word", "KEY", "-----BEGIN\nline two\n-----END", "EMPTY", "", "TRAILING", "space ");
        Thread watch = new Thread(() -> watchCommandLines(commandLines));
        watch.start();
        List<String> lines = new CopyOnWriteArrayList<>();

        docker.runToEnd(
                run(variables, "echo \"[$TOKEN]\"; echo \"[$KEY]\"; echo \"[${EMPTY-unset}]\"; echo \"[$TRAILING]\""),
                lines::add);
        watch.interrupt();
        watch.join();

        assertThat(lines).containsExactly("[s3cret word]", "[-----BEGIN", "line two", "-----END]", "[]", "[space ]");
        assertThat(commandLines.get()).contains(" create ").doesNotContain("s3cret");
    }

    private static void watchCommandLines(AtomicReference<String> seen) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
                children.forEach(child -> seen.updateAndGet(
                        text -> text + child.info().commandLine().orElse("") + "\n"));
            }
        }
    }

    @Test
    void aContainerIsStartedReadStoppedAndRemoved() throws Exception {
        buildShell();

        String id = docker.start(
                run(Map.of(), "trap 'echo bye; exit 0' TERM; echo up; while :; do busybox sleep 0.1; done"));
        assertThat(docker.container(id).running()).isTrue();
        assertThat(docker.container(id).pid()).isPositive();
        assertThat(docker.containers(LABEL, mark)).containsExactly(id);
        awaitLog(id, "up");

        docker.stop(id, 5);
        assertThat(docker.container(id).running()).isFalse();
        assertThat(docker.logs(id, 1)).containsExactly("bye");

        docker.remove(id);
        assertThat(docker.containers(LABEL, mark)).isEmpty();
        docker.remove(id);
    }

    private void awaitLog(String id, String line) throws Exception {
        for (int i = 0; i < 100 && !docker.logs(id, 5).contains(line); i++) {
            Thread.sleep(50);
        }
        assertThat(docker.logs(id, 5)).contains(line);
    }

    @Test
    void aNameThatIsTakenLeavesTheContainerThatHasIt() throws Exception {
        buildShell();
        String id = docker.start(run(Map.of(), "while :; do busybox sleep 0.1; done"));

        assertThatThrownBy(() -> docker.start(run(Map.of(), "exit 0")))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("already in use by container");

        assertThat(docker.container(id).running()).isTrue();
    }

    @Test
    void aProgramThatIsNotInTheImageIsReportedAndLeavesNothing() throws Exception {
        buildShell();
        DockerRun run = new DockerRun(
                tag,
                "mlcicd-test-" + mark,
                Map.of(LABEL, mark),
                Map.of(),
                List.of("/no/such/program"),
                List.of(),
                new ContainerNetwork.Host(),
                List.of());

        assertThatThrownBy(() -> docker.start(run))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("/no/such/program");
        assertThat(docker.containers(LABEL, mark)).isEmpty();
    }

    @Test
    void anInterruptionRemovesWhatRuns() throws Exception {
        buildShell();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                docker.runToEnd(run(Map.of(), "while :; do busybox sleep 0.1; done"), line -> {});
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        thread.start();
        for (int i = 0; i < 100 && docker.containers(LABEL, mark).isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(docker.containers(LABEL, mark)).hasSize(1);

        thread.interrupt();
        thread.join(20_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(docker.containers(LABEL, mark)).isEmpty();
    }

    @Test
    void anImageThatIsNowhereIsBadInput() {
        assertThatThrownBy(() -> docker.image("mlcicd-test/none:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot inspect the image mlcicd-test/none:1: there is no such image");
    }

    @Test
    void aMissingProgramIsBadInput() {
        DockerCommand none = DockerCommand.of("no-such-docker", Map.of());

        assertThatThrownBy(none::version)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("cannot run 'no-such-docker': install Docker's command, or put it on the PATH");
    }

    @Test
    void aDaemonThatDoesNotAnswerIsSaidWithItsAddress() throws Exception {
        DockerCommand none = DockerCommand.of("docker", Map.of("DOCKER_HOST", "unix:///no/such.sock"));

        assertThatThrownBy(none::version)
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage("cannot ask the Docker daemon for its version: no Docker daemon answers at"
                        + " unix:///no/such.sock; start it, or set DOCKER_HOST");
        assertThat(none.unavailable()).isPresent();
    }

    @Test
    void aRemoteDaemonPublishesOnItsOwnMachine() throws Exception {
        assertThat(DockerCommand.of("docker", Map.of("DOCKER_HOST", "tcp://build.example:2376"))
                        .publishingHost())
                .isEqualTo("build.example");
        assertThat(DockerCommand.of("docker", Map.of("DOCKER_HOST", "unix:///var/run/docker.sock"))
                        .publishingHost())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void theProgramIsLookedUpWhereTheEnvironmentSays() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("tool/bin"));
        Path program = Files.writeString(folder.resolve("docker"), """
                #!/bin/sh
                echo '{"Client":{"Version":"1.2"},"Server":{"Version":"3.4","Os":"linux","Arch":"'$DOCKER_HOST'"}}'
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment =
                Map.of("PATH", folder + ":/usr/bin", "DOCKER_HOST", "tcp://d:1", "OTHER", "x");

        assertThat(DockerCommand.in(environment::get).version())
                .isEqualTo(new DockerVersion("1.2", "3.4", "linux/tcp://d:1"));
    }
}
