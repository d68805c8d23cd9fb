package io.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageStoreTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path project;

    @Test
    void aProjectWithoutRecordsHasNone() {
        LineageStore store = new LineageStore(project);

        assertThat(store.newest()).isEmpty();
        assertThat(store.all()).isEmpty();
        assertThat(store.problems()).isEmpty();
        assertThat(project).isEmptyDirectory();
    }

    @Test
    void recordsComeBackAsTheyWereKeptNewestFirst() {
        LineageEntry first = at(NOON).append("weather", complete("1"));
        LineageEntry third = at(NOON.plusSeconds(2)).append("weather", complete("3"));
        LineageEntry second = at(NOON.plusSeconds(1)).append("weather", LineageRecord.EMPTY);

        LineageStore store = new LineageStore(project);
        assertThat(store.all()).containsExactly(third, second, first);
        assertThat(store.newest()).contains(third);
        assertThat(first.recordedAt()).isEqualTo(NOON);
    }

    @Test
    void theFileIsNamedByTimeAndModel() throws IOException {
        LineageRecord record = complete("1");
        at(NOON).append("weather", record);

        String model = record.model().orElseThrow().digest().abbreviated();
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString())
                        .matches("20260501T120000\\.123456Z-" + model + "-[0-9a-f]{12}\\.json"));
    }

    @Test
    void recordsOfTheSameInstantAreBothKept() throws IOException {
        LineageStore store = at(NOON);
        store.append("weather", complete("1"));
        store.append(
                "weather", complete("1").withCommit(new GitCommit(COMMIT, Optional.empty(), true, Optional.empty())));

        assertThat(files()).hasSize(2);
        assertThat(store.all()).hasSize(2);
    }

    @Test
    void whatIsWrittenSatisfiesThePublishedSchema() throws IOException {
        at(NOON).append("weather", complete("1"));
        at(NOON.plusSeconds(1)).append("weather", LineageRecord.EMPTY);

        for (Path file : files()) {
            assertThat(JsonSchemas.check(LineageStore.SCHEMA, Json.read(file))).isEmpty();
        }
    }

    @Test
    void aRecordIsFoundByTheBeginningOfAnyOfItsNames() {
        LineageStore store = at(NOON);
        LineageRecord record = complete("1");
        LineageEntry entry = store.append("weather", record);
        store.append("other", LineageRecord.EMPTY.withModel(artifact("model", "other")));

        String image = record.image().orElseThrow().digest().value();
        String model = record.model().orElseThrow().digest().abbreviated();
        String data = record.data().get(0).digest().abbreviated();
        for (String prefix : List.of(
                image, image.substring(0, 15), model, model.toUpperCase(Locale.ROOT), data, "0123", "weather-prod")) {
            assertThat(store.find(prefix)).as(prefix).containsExactly(entry);
        }
        assertThat(store.find("ffffffffffff")).isEmpty();
        assertThat(store.find("1234")).as("not at the beginning").isEmpty();
    }

    @Test
    void lookingForNothingIsRefused() {
        assertThatThrownBy(() -> new LineageStore(project).find(" ")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void brokenFilesAreToldAndDoNotHideTheOthers() throws IOException {
        LineageEntry good = at(NOON).append("weather", complete("1"));
        Path folder = project.resolve(".mlcicd/lineage");
        Files.writeString(folder.resolve("cut.json"), "{ \"schemaVersion\": \"1.0\", ");
        Files.writeString(folder.resolve("empty.json"), "");
        ObjectNode wrong = Json.mapper().valueToTree(good);
        wrong.withObject("/record/model").put("digest", "md5:1");
        Files.writeString(folder.resolve("wrong.json"), Json.write(wrong));
        Files.writeString(folder.resolve("notes.txt"), "not ours");

        LineageStore store = new LineageStore(project);
        assertThat(store.all()).containsExactly(good);
        assertThat(store.problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("cut.json"))
                .anySatisfy(problem -> assertThat(problem).contains("empty.json", "empty"))
                .anySatisfy(problem -> assertThat(problem).contains("wrong.json", "/record/model/digest"));
    }

    @Test
    void aLaterMinorVersionWithMoreInItCanStillBeRead() throws IOException {
        LineageEntry entry = at(NOON).append("weather", complete("1"));
        ObjectNode later = Json.mapper().valueToTree(entry);
        later.put("schemaVersion", "1.7").put("signature", "abc");
        Files.writeString(files().get(0), Json.write(later));

        assertThat(new LineageStore(project).all())
                .extracting(LineageEntry::record)
                .containsExactly(entry.record());
    }

    private LineageStore at(Instant instant) {
        return new LineageStore(project, Clock.fixed(instant, ZoneOffset.UTC));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(".mlcicd/lineage"))) {
            return files.toList();
        }
    }

    private static LineageRecord complete(String salt) {
        return LineageRecord.EMPTY
                .withData(List.of(artifact("train", "data" + salt)))
                .withCommit(new GitCommit(COMMIT, Optional.of("main"), false, Optional.of("https://git.example/o/r")))
                .withTraining(new Training(List.of("python3", "train.py"), OptionalDouble.of(2.5)))
                .withModel(artifact("model", "model" + salt))
                .withEvaluation(artifact("evaluation", "evaluation" + salt))
                .withImage(new ImageRef("registry.example/weather:1", digest("image" + salt)))
                .withDeployment(
                        new DeploymentRef("weather-prod", "process", "r1", Optional.of("http://localhost:8080"), NOON));
    }

    private static Artifact artifact(String name, String content) {
        return new Artifact(name, "some/" + name, digest(content), content.length());
    }

    private static Digest digest(String content) {
        return Digests.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
