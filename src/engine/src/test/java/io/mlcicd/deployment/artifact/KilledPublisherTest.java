package io.mlcicd.deployment.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.DeploymentState;
import io.mlcicd.deployment.Deployments;
import io.mlcicd.deployment.RecordEntry;
import io.mlcicd.operation.Result;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers that are killed at any moment. */
@Timeout(120)
class KilledPublisherTest {

    @TempDir
    Path folder;

    @Test
    void whoeverIsKilledLeavesTheOldVersionOrTheNewOne() throws Exception {
        Path store = folder.resolve("store");
        Path app = folder.resolve("app");
        ArtifactProject project = new ArtifactProject(folder.resolve("project"), new FolderPlace(store));
        project.with("zero").publish("weather");
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 4; i++) {
            Process publisher = start(store, "run" + i);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(publisher.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(out.readLine()).isEqualTo("published");
                while (!isAtWork()) {
                    Thread.sleep(1);
                }
                Thread.sleep(random.nextInt(30));
                publisher.destroyForcibly().waitFor();
            }
            project.pull("weather", app);
            assertThat(ArtifactProject.said(app).strip()).startsWith("run" + i);
            DeploymentState left = status(project);
            found += left.unfinished().isPresent() ? 1 : 0;

            Result<DeploymentDetails> next = project.with("after " + i).publish("weather");
            assertThat(next.passed()).isTrue();
            assertThat(next.details().recovered().isPresent())
                    .isEqualTo(left.unfinished().isPresent());
            assertThat(status(project).unfinished()).isEmpty();
            project.pull("weather", app);
            assertThat(ArtifactProject.said(app)).isEqualTo("after " + i);
        }
        assertThat(found).as("kills in the middle of a release").isPositive();
    }

    private boolean isAtWork() {
        List<RecordEntry> record = Deployments.record(folder.resolve("project/.mlcicd"), "weather");
        return record.get(record.size() - 1).event() == RecordEntry.Event.BEGUN;
    }

    private DeploymentState status(ArtifactProject project) throws InterruptedException {
        return Deployments.status(folder.resolve("project/.mlcicd"), "weather", project.settings(Optional.empty()))
                .orElseThrow();
    }

    private Process start(Path store, String begin) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        folder.resolve("project").toString(),
                        store.toString(),
                        begin)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }
}
