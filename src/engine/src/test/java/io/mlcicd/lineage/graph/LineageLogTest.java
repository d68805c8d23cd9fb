package io.mlcicd.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageLogTest {

    private static final Node DATA = Node.of(NodeKind.DATA, "sha256:aa", "train", Map.of("path", "train.csv"));
    private static final Node MODEL = Node.of(NodeKind.MODEL, "sha256:bb", "model", Map.of());

    @TempDir
    Path folder;

    @Test
    void entriesAreChainedAndReadBackInOrder() {
        LineageLog log = log();
        LogEntry first = log.append(new LineageEvent("weather", "train", "PASSED", List.of(DATA), List.of()));
        LogEntry second = log.append(
                new LineageEvent("weather", "train", "PASSED", List.of(MODEL), List.of(Edge.between(DATA, MODEL))));

        List<LogEntry> entries = new ArrayList<>();
        log.read(entries::add);

        assertThat(entries).containsExactly(first, second);
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.previous()).contains(first.digest());
        assertThat(second.edges()).containsExactly(new Edge(DATA.id(), MODEL.id(), EdgeKind.DERIVED));
        assertThat(log.verify(Optional.of(first.digest())))
                .isEqualTo(new LineageLog.Verification(2, 0, Optional.of(second.digest()), List.of()));
    }

    /** The digest as {@code sha256sum} computes it of what stands before the last key. */
    @Test
    void theDigestIsThatOfTheLinesBytes() throws Exception {
        String line = "{\"sequence\":1,\"at\":\"2026-01-01T00:00:00Z\",\"model\":\"m\",\"event\":\"train\","
                + "\"verdict\":\"PASSED\",\"nodes\":[],\"edges\":[],\"digest\":"
                + "\"sha256:11248881840fd4f967200ebb5e344eb2508113d7c06af5be419a05285fbc8c2c\"}\n";
        Files.writeString(folder.resolve("log.jsonl"), line);
        assertThat(log().verify(Optional.empty()).holds()).isTrue();

        Files.writeString(folder.resolve("log.jsonl"), line.replace("PASSED", "FAILED"));
        assertThat(log().verify(Optional.empty()).problems())
                .singleElement()
                .asString()
                .endsWith("log.jsonl:1: entry 1 is not as it was written");
    }

    @Test
    void whateverIsChangedBreaksTheChain() throws Exception {
        LineageLog log = log();
        for (int i = 0; i < 5; i++) {
            log.append(new LineageEvent("weather", "train", "PASSED", List.of(DATA), List.of()));
        }
        Path file = folder.resolve("log.jsonl");
        List<String> lines = Files.readAllLines(file);

        assertThat(problems(changed(lines, 2, lines.get(2).replace("PASSED", "FAILED"))))
                .singleElement()
                .asString()
                .contains(":3: entry 3 is not as it was written");
        assertThat(problems(without(lines, 1))).singleElement().asString().contains(":2: entry 3 follows entry 1");
        assertThat(problems(changed(lines, 3, "{\"sequence\":")))
                .hasSize(2)
                .first()
                .asString()
                .contains(":4: not a lineage entry");
        Digest head = log.verify(Optional.empty()).head().orElseThrow();
        Files.write(file, lines.subList(0, 4));
        assertThat(log.verify(Optional.empty()).holds()).isTrue();
        assertThat(log.verify(Optional.of(head)).problems())
                .singleElement()
                .asString()
                .contains("is not there any more");
    }

    private static List<String> changed(List<String> lines, int place, String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(place, line);
        return changed;
    }

    private static List<String> without(List<String> lines, int place) {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(place);
        return changed;
    }

    private List<String> problems(List<String> lines) throws IOException {
        Path copy = Files.write(folder.resolve("copy.jsonl"), lines);
        return new LineageLog(copy).verify(Optional.empty()).problems();
    }

    @Test
    void whatWasHalfWrittenIsDroppedByTheNext() throws Exception {
        LineageLog log = log();
        log.append(new LineageEvent("weather", "train", "PASSED", List.of(DATA), List.of()));
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, "{\"sequence\":2,\"at\":\"20", StandardOpenOption.APPEND);

        assertThat(log.verify(Optional.empty()).entries()).isEqualTo(1);
        log.append(new LineageEvent("weather", "evaluate", "PASSED", List.of(MODEL), List.of()));

        assertThat(log.verify(Optional.empty()))
                .matches(LineageLog.Verification::holds)
                .extracting(LineageLog.Verification::entries)
                .isEqualTo(2L);
    }

    @Test
    void aFirstEntryThatWasHalfWrittenLeavesNothing() throws Exception {
        Files.writeString(folder.resolve("log.jsonl"), "{\"seq");

        assertThat(log().append(new LineageEvent("weather", "train", "PASSED", List.of(), List.of()))
                        .sequence())
                .isEqualTo(1);
        assertThat(log().verify(Optional.empty()).holds()).isTrue();
    }

    @Test
    void nothingIsAddedBehindADamagedEntry() throws Exception {
        Files.writeString(folder.resolve("log.jsonl"), "nonsense\n");

        assertThatThrownBy(() -> log().append(new LineageEvent("weather", "train", "PASSED", List.of(), List.of())))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("the last entry was damaged");
        assertThat(Files.readString(folder.resolve("log.jsonl"))).isEqualTo("nonsense\n");
    }

    @Test
    void contentCanBeRemovedButNotUnnoticed() throws Exception {
        LineageLog log = log();
        Node secret = Node.of(NodeKind.DATA, "sha256:cc", "patients", Map.of("path", "patients.csv"));
        log.append(new LineageEvent("weather", "train", "PASSED", List.of(DATA), List.of()).at("weather #1"));
        log.append(new LineageEvent("weather", "train", "PASSED", List.of(secret), List.of()).at("weather #2"));
        log.append(new LineageEvent("weather", "train", "PASSED", List.of(MODEL), List.of()).at("weather #3"));

        assertThat(log.forget(entry -> entry.source().equals(Optional.of("weather #2"))))
                .isEqualTo(1);

        Path file = folder.resolve("log.jsonl");
        assertThat(Files.readString(file)).doesNotContain("patients").contains("weather #1");
        assertThat(log.verify(Optional.empty()).problems()).isEmpty();
        assertThat(log.verify(Optional.empty()).removed()).isEqualTo(1);
        assertThat(LineageGraph.of(log).nodes()).containsExactly(DATA, MODEL);
        assertThat(log.forget(entry -> entry.source().equals(Optional.of("weather #2"))))
                .isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(problems(lines.subList(0, 3)))
                .singleElement()
                .asString()
                .endsWith(":2: the content of entry 2 was removed, and no later entry says so");
    }

    @Test
    void longEntriesAreFoundFromBehind() {
        Node large = Node.of(NodeKind.PARAMETERS, "x", "parameters", Map.of("text", "é".repeat(100_000)));
        log().append(new LineageEvent("weather", "train", "PASSED", List.of(large), List.of()));
        log().append(new LineageEvent("weather", "train", "PASSED", List.of(large), List.of()));

        assertThat(log().append(new LineageEvent("weather", "train", "PASSED", List.of(), List.of()))
                        .sequence())
                .isEqualTo(3);
        assertThat(log().verify(Optional.empty()).holds()).isTrue();
    }

    @Test
    void severalMayAppendSideBySide() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> {
                    for (int j = 0; j < 10; j++) {
                        log().append(new LineageEvent("weather", "train", "PASSED", List.of(DATA), List.of()));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(log().verify(Optional.empty()).entries()).isEqualTo(40);
        assertThat(log().verify(Optional.empty()).holds()).isTrue();
        assertThat(Files.readString(folder.resolve("log.jsonl"), StandardCharsets.UTF_8)
                        .lines())
                .hasSize(40);
    }

    private LineageLog log() {
        return new LineageLog(folder.resolve("log.jsonl"));
    }
}
