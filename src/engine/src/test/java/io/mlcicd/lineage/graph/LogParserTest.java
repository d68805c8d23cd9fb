package io.mlcicd.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads lines as the mapper that writes them would read them. */
class LogParserTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    Path folder;

    @Test
    void aLineIsReadAsTheMapperReadsIt() throws Exception {
        Node data = Node.of(NodeKind.DATA, "d", "träin \"1\"", Map.of("digest", DIGEST, "path", "a\\b"));
        Node model = Node.of(NodeKind.MODEL, "m", "weather", Map.of());
        String line = LogLine.write(
                7,
                Instant.parse("2026-03-01T08:30:00.123456Z"),
                Optional.of(new Digest(DIGEST)),
                new LineageEvent(
                        "weather",
                        "deploy",
                        "PASSED",
                        Optional.of(Instant.EPOCH),
                        Optional.of("job #1"),
                        List.of(data, model),
                        List.of(Edge.between(data, model)),
                        List.of(new Digest(DIGEST))));

        assertThat(LogLine.read(line)).isEqualTo(Json.mapper().readValue(line, LogEntry.class));
        assertThat(LogLine.read(line.replace("{\"sequence\"", "{\"later\":{\"a\":[1,{}]},\"sequence\""))
                        .nodes())
                .containsExactly(data, model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"sequence\":1",
                "{\"sequence\":1}",
                "{\"digest\":\"sha256:ab\"}",
                "{\"at\":\"yesterday\",\"digest\":\"%s\"}",
                "{\"nodes\":{},\"digest\":\"%s\"}",
                "{\"nodes\":[{\"kind\":\"data\",\"name\":\"a\"}],\"digest\":\"%s\"}",
                "{\"nodes\":[{\"id\":\"%s\",\"kind\":\"planet\"}],\"digest\":\"%s\"}",
                "{\"edges\":[{\"upstream\":\"%s\"}],\"digest\":\"%s\"}",
                "{\"model\":7,\"digest\":\"%s\"}",
                "{\"digest\":\"%s\"} {}"
            })
    void whatIsNoEntryIsRefused(String line) {
        assertThatThrownBy(() -> LogLine.read(line.replace("%s", DIGEST))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void linesLongerThanABlockAreWholeAndAHalfWrittenOneIsLeftOut() throws Exception {
        Path file = folder.resolve("log");
        String longLine = "x".repeat(3_000_000);
        Files.writeString(file, "a\n\n" + longLine + "\nhalf");
        List<Integer> lengths = new ArrayList<>();

        LogBytes.lines(file, (number, bytes, offset, length) -> lengths.add(length));

        assertThat(lengths).containsExactly(1, 0, 3_000_000);
        LogBytes.lines(folder.resolve("none"), (number, bytes, offset, length) -> lengths.clear());
        assertThat(lengths).hasSize(3);
    }

    @Test
    void aNodeIsFoundByItsDigestInEitherForm() {
        LineageGraph graph = new LineageGraph();
        Node node = Node.of(NodeKind.TRAINING, "t", "training", Map.of());
        graph.add(new LineageEvent("m", "train", "PASSED", List.of(node), List.of()), Instant.EPOCH);

        assertThat(graph.find(node.id().value())).containsExactly(node);
        assertThat(graph.find(node.id().abbreviated())).containsExactly(node);
        assertThat(graph.find("sha256:" + "0".repeat(64))).isEmpty();
    }
}
