package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageModelTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws IOException {
        project = new Project(temp.resolve("project"));
    }

    @Test
    void filesAndModelLieUnderAppInLayersOfTheirOwn() throws Exception {
        PackagingDetails details = project.pack().details();

        assertThat(details.layers()).extracting(ImageLayer::name).containsExactly("files", "model");
        assertThat(details.layers())
                .extracting(ImageLayer::files)
                .containsExactly(OptionalInt.of(3), OptionalInt.of(2));
        assertThat(filesIn(details.layers().get(0)))
                .containsOnlyKeys("app/serve.py", "app/conf/app.toml", "app/conf/deep/labels.txt");
        assertThat(filesIn(details.layers().get(1)))
                .containsOnlyKeys("app/build/model/weights.bin", "app/build/model/meta/classes.json");
        assertThat(filesIn(details.layers().get(1)).get("app/build/model/meta/classes.json"))
                .isEqualTo("[\"sun\", \"rain\"]");
    }

    @Test
    void theConfigurationSaysWhatRunsAndWhere() throws Exception {
        project.pack();

        JsonNode config = image().config();
        assertThat(config.at("/config/WorkingDir").asText()).isEqualTo("/app");
        assertThat(config.at("/config/Entrypoint")).extracting(JsonNode::asText).containsExactly("python3", "serve.py");
        assertThat(config.at("/config/Env"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("LANG=C.UTF-8", "MODEL=build/model", "PORT=8080", "WORKERS=2");
        assertThat(config.at("/architecture").asText()).isEqualTo("amd64");
        assertThat(config.at("/os").asText()).isEqualTo("linux");
        assertThat(config.at("/created").asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void theResultDescribesTheImage() throws Exception {
        Result<PackagingDetails> result = project.pack();

        PackagingDetails details = result.details();
        assertThat(result.stage()).isEqualTo(Stage.PACKAGE);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.metrics())
                .containsEntry("image.layers", 2.0)
                .containsEntry("model.files", 2.0)
                .containsEntry("model.bytes", 20015.0)
                .containsEntry("image.bytes", (double) details.bytes());
        assertThat(details.bytes()).isEqualTo(image().storedBytes());
        assertThat(details.image().digest()).isEqualTo(image().manifestDigest());
        assertThat(details.pushed()).isEmpty();
        assertThat(details.model())
                .isEqualTo(Digests.artifact("model", "build/model", project.folder.resolve("build/model")));
        assertThat(details.files())
                .extracting(Artifact::path)
                .containsExactly("conf/app.toml", "conf/deep/labels.txt", "serve.py");
        assertThat(result.inputs()).contains(details.model()).containsAll(details.files());
        assertThat(result.lineage().model()).contains(details.model());
        assertThat(result.lineage().image()).contains(details.image());
    }

    @Test
    void theResultDocumentSurvivesJson() throws Exception {
        Result<PackagingDetails> result = project.pack();

        Result<PackagingDetails> again =
                Json.mapper().readValue(Json.write(result), new TypeReference<Result<PackagingDetails>>() {});
        assertThat(again).isEqualTo(result);
    }

    @Test
    void anotherFolderTimeUmaskAndUserGiveTheSameTarballByteForByte() throws Exception {
        project.pack();
        Project other = new Project(temp.resolve("quite/another/folder"));
        other.env = new TreeMap<>(other.env).descendingMap();
        try (Stream<Path> files = Files.walk(other.folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
            }
        }
        Files.setPosixFilePermissions(
                other.folder.resolve("conf/app.toml"), PosixFilePermissions.fromString("rw-------"));
        String user = System.getProperty("user.name");
        System.setProperty("user.name", "somebody-else");
        try {
            other.pack();
        } finally {
            System.setProperty("user.name", user);
        }

        assertThat(project.output.orElseThrow()).hasSameBinaryContentAs(other.output.orElseThrow());
    }

    @Test
    void oneByteOfTheModelChangesTheModelsLayerAndNoOther() throws Exception {
        PackagingDetails before = project.pack().details();
        project.write("build/model/weights.bin", "0123456789".repeat(1999) + "012345678X");
        PackagingDetails after = project.pack().details();

        assertThat(after.image().digest()).isNotEqualTo(before.image().digest());
        assertThat(after.layers().get(0)).isEqualTo(before.layers().get(0));
        assertThat(after.layers().get(1).digest())
                .isNotEqualTo(before.layers().get(1).digest());
    }

    @Test
    void whatVariesBetweenRunsDoesNotReachTheImage() throws Exception {
        project.known = lineage("/home/ada/data/train.csv", 12.5, Optional.of("main"), "git@git.example:o/r.git", "a");
        Digest here = project.pack().details().image().digest();
        project.known = lineage("/ci/w/data/train.csv", 99.0, Optional.empty(), "https://git.example/o/r", "b");
        Digest there = project.pack().details().image().digest();

        assertThat(there).isEqualTo(here);
    }

    @Test
    void anotherCommitGivesAnotherImage() throws Exception {
        Digest before = project.pack().details().image().digest();
        project.known =
                LineageRecord.EMPTY.withCommit(new GitCommit(COMMIT, Optional.empty(), false, Optional.empty()));

        assertThat(project.pack().details().image().digest()).isNotEqualTo(before);
    }

    @Test
    void theLineageCanBeReadBackFromTheTarball() throws Exception {
        project.known = lineage("data/train.csv", 12.5, Optional.of("main"), "git@git.example:o/r.git", "a");
        Result<PackagingDetails> result = project.pack();

        LineageRecord read = ImageLineage.read(project.output.orElseThrow()).orElseThrow();
        assertThat(read.data()).isEqualTo(project.known.data());
        assertThat(read.model()).contains(result.details().model());
        assertThat(read.image()).contains(result.details().image());
        assertThat(read.commit().orElseThrow().sha()).isEqualTo(COMMIT);
        assertThat(read.training().orElseThrow().command()).containsExactly("python3", "train.py");
        assertThat(ImageLineage.of(result.details().labels()).orElseThrow().model())
                .isEqualTo(read.model());
    }

    @Test
    void theLabelsAreTheOnesTheOciSpecificationNames() throws Exception {
        project.known = lineage("data/train.csv", 12.5, Optional.of("main"), "git@git.example:o/r.git", "a");
        PackagingDetails details = project.pack().details();

        assertThat(details.labels())
                .containsEntry("org.opencontainers.image.title", "weather")
                .containsEntry(
                        "org.opencontainers.image.version",
                        details.model().digest().abbreviated())
                .containsEntry("org.opencontainers.image.revision", COMMIT)
                .containsEntry("org.opencontainers.image.source", "https://git.example/o/r")
                .containsEntry("org.opencontainers.image.created", "1970-01-01T00:00:00Z")
                .containsEntry("io.mlcicd.model.name", "weather")
                .containsEntry(
                        "io.mlcicd.model.digest", details.model().digest().value());
        Map<String, String> stored = new TreeMap<>();
        image().config()
                .at("/config/Labels")
                .properties()
                .forEach(e -> stored.put(e.getKey(), e.getValue().asText()));
        assertThat(stored).isEqualTo(details.labels());
    }

    @Test
    void programsAreExecutableByTheirContentNotByTheDisk() throws Exception {
        project.write("tool", "\u007fELF and so on").write("notes.txt", "text");
        Files.setPosixFilePermissions(
                project.folder.resolve("notes.txt"), PosixFilePermissions.fromString("rwxrwxrwx"));
        project.files = List.of("serve.py", "tool", "notes.txt");
        PackagingDetails details = project.pack().details();

        assertThat(entriesIn(details.layers().get(0)))
                .filteredOn(TarArchiveEntry::isFile)
                .extracting(entry -> entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777))
                .containsExactly("app/notes.txt 644", "app/serve.py 755", "app/tool 755");
        assertThat(entriesIn(details.layers().get(0))).allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getUserName()).isEmpty();
        });
    }

    @Test
    void anImageCanBeBuiltOnTheTarballOfAnother() throws Exception {
        PackagingDetails lower = project.pack().details();
        Files.copy(project.output.orElseThrow(), project.folder.resolve("base.tar"));
        project.base = "base.tar";
        project.command = List.of();
        project.files = List.of();
        project.write("build/model/weights.bin", "new weights");
        Result<PackagingDetails> upper = project.pack();

        assertThat(upper.details().layers()).extracting(ImageLayer::name).containsExactly("base", "base", "model");
        assertThat(upper.details().layers())
                .extracting(ImageLayer::digest)
                .startsWith(
                        lower.layers().get(0).digest(), lower.layers().get(1).digest());
        assertThat(image().config().at("/config/Entrypoint/0").asText())
                .as("kept from the base")
                .isEqualTo("python3");
        assertThat(upper.inputs()).extracting(Artifact::name).contains("base");
    }

    @Test
    void anEarlierTarballIsNotPackagedIntoTheNextImage() throws Exception {
        project.files = List.of("serve.py", "build");
        Digest first = project.pack().details().image().digest();

        assertThat(project.pack().details().image().digest()).isEqualTo(first);
    }

    @Test
    void aGateOnTheSizeDecides() throws Exception {
        project.gates = List.of(Gate.of("image.bytes", Comparison.MAX, 100), Gate.of("model.files", Comparison.MAX, 2));
        Result<PackagingDetails> result = project.pack();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.gates()).hasSize(2);
        assertThat(project.output.orElseThrow()).as("kept to look into").exists();
    }

    @Test
    void aModelOtherThanTheEvaluatedOneIsRefused() {
        project.known =
                LineageRecord.EMPTY.withModel(new Artifact("model", "build/model", Digests.of(new byte[] {1}), 1));

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has changed since");
    }

    @Test
    void nothingHalfDoneIsLeftWhenBuildingFails() throws Exception {
        project.pack();
        byte[] before = Files.readAllBytes(project.output.orElseThrow());
        project.base = "broken.tar";
        project.write("broken.tar", "no tarball at all");

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("broken.tar");
        assertThat(project.output.orElseThrow()).hasBinaryContent(before);
        assertOnlyTheImageIsBeside();
    }

    @Test
    void interruptionLeavesNothingBehind() throws Exception {
        project.write("build/model/weights.bin", "0123456789".repeat(3_000_000));
        Thread thread = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        Progress interrupting = new Progress() {
            @Override
            public void step(String what, double fraction) {
                if (fraction > 0.1 && interrupted.compareAndSet(false, true)) {
                    thread.interrupt();
                }
            }

            @Override
            public void line(String text) {}
        };

        assertThatThrownBy(() -> new PackageModel().run(project.request(), interrupting))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(other -> other.getName().equals("image build"));
        assertThat(project.output.orElseThrow()).doesNotExist();
        assertOnlyTheImageIsBeside();
    }

    @Test
    void progressRisesToTheEnd() throws Exception {
        List<Double> fractions = new ArrayList<>();
        new PackageModel().run(project.request(), new Progress() {
            @Override
            public synchronized void step(String what, double fraction) {
                assertThat(what).isNotBlank().doesNotContain("\u001b");
                fractions.add(fraction);
            }

            @Override
            public void line(String text) {}
        });

        assertThat(fractions)
                .startsWith(0.0)
                .endsWith(1.0)
                .hasSizeGreaterThan(4)
                .allMatch(f -> f >= 0 && f <= 1);
    }

    private void assertOnlyTheImageIsBeside() throws IOException {
        try (Stream<Path> beside = Files.list(project.folder.resolve("build"))) {
            assertThat(beside.map(path -> path.getFileName().toString()))
                    .isSubsetOf("model", "image.tar", "image.tar.sbom.json", "image.tar.provenance.json");
        }
    }

    private static LineageRecord lineage(
            String data, double seconds, Optional<String> branch, String remote, String evaluation) {
        return LineageRecord.EMPTY
                .withData(List.of(new Artifact("train", data, Digests.of(new byte[] {1}), 1)))
                .withCommit(new GitCommit(COMMIT, branch, false, Optional.of(remote)))
                .withTraining(new Training(List.of("python3", "train.py"), OptionalDouble.of(seconds)))
                .withEvaluation(new Artifact(
                        "evaluation", "e.json", Digests.of(evaluation.getBytes(StandardCharsets.UTF_8)), 1));
    }

    private StoredImage image() throws IOException {
        return StoredImage.read(project.output.orElseThrow());
    }

    private Map<String, String> filesIn(ImageLayer layer) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (TarArchiveInputStream tar = open(layer)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    private List<TarArchiveEntry> entriesIn(ImageLayer layer) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = open(layer)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private TarArchiveInputStream open(ImageLayer layer) throws IOException {
        byte[] blob = image().blob(layer.digest());
        return new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(blob)));
    }
}
