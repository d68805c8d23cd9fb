package io.mlcicd.deployment.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlcicd.deployment.DeployModel;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.DeploymentState;
import io.mlcicd.deployment.Deployments;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArtifactTargetTest {

    @TempDir
    Path folder;

    private Path store;
    private Path app;
    private ArtifactProject project;

    @BeforeEach
    void start() throws IOException {
        store = folder.resolve("store");
        app = folder.resolve("app/model");
        project = new ArtifactProject(folder.resolve("project"), new FolderPlace(store)).with("one");
    }

    private DeploymentState status(String name) throws InterruptedException {
        return Deployments.status(folder.resolve("project/.mlcicd"), name, project.settings(Optional.empty()))
                .orElseThrow();
    }

    @Test
    void aNameMovesFromVersionToVersionAndBack() throws Exception {
        List<PlannedChange> plan = new DeployModel().plan(project.request("weather", Optional.empty(), false, "first"));
        assertThat(plan).extracting(PlannedChange::action).containsOnly(PlannedChange.Action.CREATE);
        assertThat(store).doesNotExist();

        Result<DeploymentDetails> first = project.publish("weather");
        assertThat(first.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(first.details().url()).isEqualTo(store + ":weather");
        PulledModel pulled = project.pull("weather", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
        assertThat(pulled.by()).contains("a test");
        assertThat(pulled.since()).isPresent();
        assertThat(pulled.data()).containsEntry("train", Digests.of("first".getBytes(StandardCharsets.UTF_8)));
        assertThat(app.resolve("build/model/run.sh")).isExecutable();
        assertThat(app.resolve("build/model/part0").toFile().canExecute()).isFalse();
        assertThat(project.pull("weather", app).changed()).isFalse();

        assertThat(project.publish("weather").details().switched()).isFalse();
        project.with("two").publish("weather");
        assertThat(status("weather").kept()).contains(first.details().release());
        assertThat(project.pull("weather", app).changed()).isTrue();
        assertThat(ArtifactProject.said(app)).isEqualTo("two");

        Result<DeploymentDetails> back = project.rollBack("weather");
        assertThat(back.details().serving()).contains(first.details().release());
        assertThat(project.pull("weather", app).version()).isEqualTo(pulled.version());
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
        assertThat(status("weather").served()).hasSize(3);

        assertThat(project.undeploy("weather")).isTrue();
        assertThat(project.undeploy("weather")).isFalse();
        assertThatThrownBy(() -> project.pull("weather", app))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was withdrawn");
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
        project.publish("weather");
        assertThat(project.pull("weather", app).release())
                .isEqualTo(status("weather").release());
    }

    @Test
    void whatWasRolledBackIsNotGoneBackTo() throws Exception {
        String one = project.publish("weather").details().release();
        String two = project.with("two").publish("weather").details().release();
        project.rollBack("weather");
        String three = project.with("three").publish("weather").details().release();
        assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
        assertThat(project.rollBack("weather").details().serving()).contains(one);
    }

    @Test
    void aVersionIsMovedOnAsItIs() throws Exception {
        project.publish("staging");
        PulledModel staged = project.pull("staging", app);
        project.with("something else by now");
        Result<DeploymentDetails> moved = project.promote("staging", "production");
        assertThat(moved.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(moved.details().approvedBy()).contains("ann");
        PulledModel produced = project.pull("production", folder.resolve("app/other"));
        assertThat(produced.version()).isEqualTo(staged.version());
        assertThat(produced.data()).isEqualTo(staged.data());
        assertThat(produced.approvedBy()).contains("ann");
        assertThat(staged.approvedBy()).isEmpty();
    }

    @Test
    void theFolderIsAnImageLayoutOfOci() throws Exception {
        project.publish("weather");
        assertThat(Json.read(store.resolve("oci-layout"))
                        .path("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        var index = Json.read(store.resolve("index.json"));
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        for (var entry : index.path("manifests")) {
            Path blob = store.resolve("blobs/" + entry.path("digest").asText().replace(':', '/'));
            assertThat(Files.size(blob)).isEqualTo(entry.path("size").asLong());
            assertThat(Digests.of(blob).value()).isEqualTo(entry.path("digest").asText());
            var manifest = Json.read(blob);
            assertThat(manifest.path("artifactType").asText()).startsWith("application/vnd.mlcicd.");
            for (var layer : manifest.path("layers")) {
                Path content =
                        store.resolve("blobs/" + layer.path("digest").asText().replace(':', '/'));
                assertThat(Files.size(content)).isEqualTo(layer.path("size").asLong());
            }
        }
    }

    /** skopeo copies nothing whose digest or size is not what the layout says. */
    @Test
    void anotherToolReadsTheFolder() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/skopeo")),
                "skopeo is not installed, so no other tool has read the folder");
        project.publish("weather");
        PulledModel pulled = project.pull("weather", app);
        Path copied = folder.resolve("copied");
        run("skopeo", "copy", "--quiet", "oci:" + store + ":weather", "dir:" + copied);
        assertThat(Digests.of(copied.resolve("manifest.json"))).isEqualTo(pulled.version());
        String part = Digests.of("one\n2".getBytes(StandardCharsets.UTF_8)).value();
        assertThat(copied.resolve(part.substring("sha256:".length()))).hasContent("one\n2");
    }

    @Test
    void aTamperedFileIsNeverPutIntoPlace() throws Exception {
        project.publish("weather");
        project.pull("weather", app);
        project.with("two").publish("weather");
        Path blob = store.resolve("blobs/"
                + Digests.of("two\n1".getBytes(StandardCharsets.UTF_8)).value().replace(':', '/'));
        Files.writeString(blob, "bad\n1");
        assertThatThrownBy(() -> project.pull("weather", app))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("has been changed where it is kept");
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
        try (var inside = Files.list(folder.resolve("app/.model"))) {
            assertThat(inside).hasSize(1);
        }
        Files.delete(blob);
        assertThatThrownBy(() -> project.pull("weather", app)).isInstanceOf(OutsideSystemException.class);
        Files.writeString(blob, "two\n1");
        project.pull("weather", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("two");

        Files.writeString(app.toRealPath().resolve("build/model/part2"), "changed by somebody");
        project.pull("weather", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("two");
    }

    @Test
    void whatCannotBePulledIsSaid() throws Exception {
        project.publish("weather");
        assertThatThrownBy(() -> project.pull("wether", app)).hasMessageContaining("did you mean 'weather'");
        assertThatThrownBy(() -> pull(store + ":weather", "sha256:" + "0".repeat(64)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no version sha256:0000");
        assertThatThrownBy(() -> pull(store + ":weather", "latest")).hasMessageContaining("'latest' is no version");
        assertThatThrownBy(() -> pull(folder.resolve("nothing") + ":weather", null))
                .hasMessageContaining("nothing is published in the folder");
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> project.pull("weather", taken))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was not made by pull");
        assertThat(taken.resolve("mine.txt")).exists();
        assertThat(project.pull("weather", Files.createDirectories(folder.resolve("empty")))
                        .changed())
                .isTrue();
        ArtifactProject other = new ArtifactProject(folder.resolve("project"), new FolderPlace(taken));
        assertThatThrownBy(() -> other.publish("weather")).hasMessageContaining("holds other things");
    }

    private PulledModel pull(String reference, String version) throws InterruptedException {
        return new PullModel()
                .run(
                        new PullRequest(
                                reference,
                                Optional.ofNullable(version),
                                app,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Progress.NONE);
    }

    @Test
    void anOlderVersionCanBeAskedForByDigestOrRelease() throws Exception {
        project.publish("weather");
        PulledModel first = project.pull("weather", app);
        project.with("two").publish("weather");
        project.pull("weather", app);
        assertThat(pull(store + ":weather", first.version().value()).since()).isEqualTo(first.since());
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
        assertThat(pull(store + "@" + first.version(), null).version()).isEqualTo(first.version());
        assertThat(pull(store.toString(), null).release()).isNotEqualTo(first.release());
        assertThat(pull(store.toString(), first.release().orElseThrow()).version())
                .isEqualTo(first.version());
    }

    @Test
    void aSignatureIsAskedForAndHolds() throws Exception {
        Path key = key("key");
        Path other = key("other");
        project.signing(key).publish("weather");
        PulledModel verified = project.pull("weather", app, Optional.empty(), Optional.of(folder.resolve("key.pub")));
        assertThat(verified.verified()).isTrue();
        assertThat(verified.refused()).isEmpty();
        ArtifactProject others = new ArtifactProject(folder.resolve("project"), new FolderPlace(store)).signing(other);
        others.publish("by-others");
        for (String name : List.of("key.pub", "other.pub")) {
            assertThat(project.pull("by-others", app, Optional.empty(), Optional.of(folder.resolve(name)))
                            .verified())
                    .as("one version with the signatures of both keys, %s", name)
                    .isTrue();
        }
        others.with("two").publish("weather");
        PulledModel refused = project.pull("weather", app, Optional.empty(), Optional.of(folder.resolve("key.pub")));
        assertThat(refused.verified()).isFalse();
        assertThat(refused.refused().orElseThrow()).contains("has no signature of the key");
        assertThat(ArtifactProject.said(app)).isEqualTo("one");
    }

    /** Keys as {@code openssl genpkey} writes them. */
    private Path key(String name) throws Exception {
        Path key = folder.resolve(name + ".pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        run(
                "openssl",
                "pkey",
                "-in",
                key.toString(),
                "-pubout",
                "-out",
                folder.resolve(name + ".pub").toString());
        return key;
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void manyPullAtOnceAndNobodySeesHalfAModel() throws Exception {
        project.publish("weather");
        project.pull("weather", app);
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch read = new CountDownLatch(200);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Future<?> reader = threads.submit(() -> {
            while (!stopped.get()) {
                ArtifactProject.said(app);
                read.countDown();
            }
            return null;
        });
        List<Future<Object>> pulls = List.of(0, 1, 2, 3).stream()
                .map(i -> threads.submit(() -> {
                    while (!stopped.get()) {
                        project.pull("weather", app);
                    }
                    return null;
                }))
                .toList();
        for (int i = 0; i < 12; i++) {
            project.with("model " + i).publish("weather");
        }
        read.await();
        stopped.set(true);
        reader.get();
        for (Future<?> pull : pulls) {
            pull.get();
        }
        threads.shutdown();
        project.pull("weather", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("model 11");
    }

    @Test
    void twoDeploymentsPublishToOneFolderAtOnce() throws Exception {
        ArtifactProject second = new ArtifactProject(folder.resolve("project2"), new FolderPlace(store)).with("other");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> first = threads.submit(() -> publish(project, "first"));
        Future<?> other = threads.submit(() -> publish(second, "second"));
        first.get();
        other.get();
        threads.shutdown();
        project.pull("first", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("first 5");
        second.pull("second", app);
        assertThat(ArtifactProject.said(app)).isEqualTo("second 5");
    }

    private static Object publish(ArtifactProject project, String name) throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(project.with(name + " " + i).publish(name).passed()).isTrue();
        }
        return name;
    }
}
