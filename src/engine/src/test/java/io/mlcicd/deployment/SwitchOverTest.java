package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients notice of a new release: nothing. */
@Timeout(120)
class SwitchOverTest {

    @TempDir
    Path folder;

    private ServiceProject project;

    @BeforeEach
    void choosePort() throws IOException {
        project = ServiceProject.onAFreePort(folder);
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        project.undeploy(true);
    }

    /** The clients keep their connections and send what may not be repeated, so any cut connection would show. */
    @Test
    void underLoadNoRequestIsLost() throws Exception {
        project.deploy("one");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answeredByTwo = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> {
                while (!stop.get()) {
                    try {
                        if (project.post("/predict").contains("\"two\"")) {
                            answeredByTwo.incrementAndGet();
                        }
                    } catch (IOException | InterruptedException | AssertionError e) {
                        failures.add(e.toString());
                    }
                }
            });
            client.start();
            clients.add(client);
        }

        Result<DeploymentDetails> second = project.deploy("two", "two");
        await(() -> project.running().size() == 1 && answeredByTwo.get() > 100);
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(second.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(failures).isEmpty();
    }

    @Test
    void undeployingWhileTheOldReleaseStillDrainsStopsBoth() throws Exception {
        project.draining(Duration.ofSeconds(60));
        project.deploy("one");
        Thread client = new Thread(() -> {
            try {
                project.get("/slow");
            } catch (IOException | InterruptedException | AssertionError e) {
                // Its release was stopped while it waited.
            }
        });
        client.start();
        await(() -> project.model().isPresent());
        project.deploy("two");
        int serving = project.running().size();

        project.undeploy(false);

        assertThat(serving).isEqualTo(2);
        assertThat(project.running()).isEmpty();
        client.join();
    }

    @Test
    void undeployingStopsEverythingAndMayBeRepeated() throws Exception {
        project.deploy("one");

        assertThat(project.undeploy(false)).isTrue();
        assertThat(project.undeploy(false)).isFalse();

        assertThat(project.running()).isEmpty();
        assertThat(project.supervisors()).isEmpty();
        assertThat(project.model()).isEmpty();
        assertThat(project.status().running()).isFalse();
        assertThat(project.status().releases()).hasSize(1);
    }

    @Test
    void aReleaseThatFailsDoesNotTakeThePortAway() throws Exception {
        project.deploy("one");
        int former = project.port();

        Result<DeploymentDetails> failed =
                project.at("127.0.0.1", ServiceProject.freePort()).deploy("dies");

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(project.model()).isEmpty();
        assertThat(project.at("127.0.0.1", former).model()).contains("one");
    }

    @Test
    void aReleaseThatSucceedsMovesToItsPort() throws Exception {
        project.deploy("one");
        int former = project.port();
        int next = ServiceProject.freePort();

        project.at("127.0.0.1", next).deploy("two", "two");

        assertThat(project.model()).contains("two");
        assertThat(project.at("127.0.0.1", former).model()).isEmpty();
        assertThat(project.status().url()).contains("http://127.0.0.1:" + next);
    }

    @Test
    void aReleaseMayBeOpenedToAllAddressesOnTheSamePort() throws Exception {
        project.deploy("one");

        Result<DeploymentDetails> opened = project.at("0.0.0.0", project.port()).deploy("two", "two");

        assertThat(opened.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(project.model()).contains("two");
        assertThat(project.status().url()).contains("http://0.0.0.0:" + project.port());
    }
}
