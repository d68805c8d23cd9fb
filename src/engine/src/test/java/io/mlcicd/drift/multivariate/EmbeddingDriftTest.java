package io.mlcicd.drift.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Json;
import io.mlcicd.drift.multivariate.EmbeddingFindings.EmbeddingFinding;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingDriftTest {

    @TempDir
    Path folder;

    /** Lines of a list of eight numbers in two clusters, of which the second has that share. */
    private Path lists(String name, int rows, long seed, double share) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double centre = random.nextDouble() < share ? 2 : -2;
            lines.add(IntStream.range(0, 8)
                    .mapToObj(k -> String.valueOf((k < 2 ? centre : 0) + random.nextGaussian()))
                    .collect(Collectors.joining(", ", "{\"v\": [", "]}")));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private Path csv(String name, int rows, long seed, double shift) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("a,b,t"));
        for (int i = 0; i < rows; i++) {
            lines.add("%s,%s,x".formatted(random.nextGaussian() + shift, i % 10 == 0 ? "" : random.nextGaussian()));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private static EmbeddingFindings check(Path reference, Path current, Map<String, List<String>> embeddings)
            throws InterruptedException {
        DataSource before = DataSource.of("reference", reference);
        DataSource now = DataSource.of("current", current);
        try (DataEngine engine = DataEngine.embedded(List.of(before, now))) {
            Relation one = engine.open(before);
            Relation other = engine.open(now);
            return EmbeddingDrift.check(
                    engine, one.sql(), other.sql(), one.columns(), EmbeddingRequest.of(embeddings), Progress.NONE);
        }
    }

    @Test
    void aClusterThatGrewIsSeen() throws Exception {
        EmbeddingFindings findings =
                check(lists("a.jsonl", 1500, 1, 0.5), lists("b.jsonl", 1200, 2, 0.8), Map.of("meaning", List.of("v")));

        EmbeddingFinding finding = findings.embeddings().get(0);
        assertThat(finding.drifted()).isTrue();
        assertThat(finding.dimensions()).isEqualTo(8);
        assertThat(finding.referenceRows()).isEqualTo(1000);
        assertThat(finding.pValue()).isEqualTo(1 / 501.0);
        assertThat(finding.domain().auc()).isBetween(0.58, 0.7);
        assertThat(finding.message())
                .startsWith("the squared maximum mean discrepancy of the vectors 'meaning' is ")
                .contains("vectors of one distribution seldom have");
        assertThat(findings.metrics())
                .containsOnlyKeys(
                        "meaning.mmd", "meaning.mmd.pValue", "meaning.domainAuc", "meaning.domainAuc.lower95");
        String json = Json.mapper().writeValueAsString(findings);
        assertThat(Json.mapper().readValue(json, EmbeddingFindings.class)).isEqualTo(findings);
    }

    @Test
    void vectorsOfOneDistributionDoNotDrift() throws Exception {
        EmbeddingFinding finding = check(
                        lists("a.jsonl", 700, 1, 0.5), lists("b.jsonl", 600, 2, 0.5), Map.of("v", List.of("v")))
                .embeddings()
                .get(0);

        assertThat(finding.drifted()).isFalse();
        assertThat(finding.message()).contains("which chance explains (p = ");
    }

    @Test
    void groupsOfNumericColumnsAreVectorsWithoutRowsThatLackOne() throws Exception {
        EmbeddingFinding finding = check(
                        csv("a.csv", 500, 1, 0), csv("b.csv", 500, 2, 1), Map.of("pair", List.of("a", "b")))
                .embeddings()
                .get(0);

        assertThat(finding.dimensions()).isEqualTo(2);
        assertThat(finding.referenceRows()).isEqualTo(450);
        assertThat(finding.drifted()).isTrue();
    }

    @Test
    void tooFewVectorsAreToldAndNotJudged() throws Exception {
        EmbeddingFindings findings =
                check(lists("a.jsonl", 700, 1, 0.5), lists("b.jsonl", 20, 2, 0.5), Map.of("v", List.of("v")));

        assertThat(findings.embeddings()).isEmpty();
        assertThat(findings.notRun().get(0).reason())
                .isEqualTo("the reference has 700 vectors and the current data 20; at least 50 of each are needed");
    }

    @Test
    void aVectorOfAnotherDimensionIsToldWithItsRow() throws Exception {
        Path reference = lists("a.jsonl", 100, 1, 0.5);
        Path current = lists("b.jsonl", 99, 2, 0.5);
        Files.writeString(current, Files.readString(current) + "{\"v\": [1, 2, 3.5]}\n");

        assertThatThrownBy(() -> check(reference, current, Map.of("e", List.of("v"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("row 100 of the current data has 3 numbers in 'v', the reference's first vector 8;"
                        + " all vectors of 'drift.embeddings.e' must be of one dimension");
    }

    @Test
    void anEntryThatIsNoNumberIsToldWithItsRow() throws Exception {
        Path reference = lists("a.jsonl", 100, 1, 0.5);
        Path current = lists("b.jsonl", 99, 2, 0.5);
        Files.writeString(current, Files.readString(current) + "{\"v\": [1, 2, null, 4, 5, 6, 7, 8]}\n");

        assertThatThrownBy(() -> check(reference, current, Map.of("e", List.of("v"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("row 100 of the current data has no value as entry 3 of 'v', which is no finite number;"
                        + " 'drift.embeddings.e' needs numbers alone");
    }

    @Test
    void listsOfTextsAreRefused() throws Exception {
        Path file = folder.resolve("t.jsonl");
        Files.writeString(file, "{\"v\": [\"a\", \"b\"]}\n".repeat(60));

        assertThatThrownBy(() -> check(file, file, Map.of("e", List.of("v"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("row 1 of the reference has 'a' as entry 1 of 'v', which is no finite number");
    }

    @Test
    void columnsThatAreUnknownOrNoNumbersAreRefused() throws Exception {
        Path file = csv("a.csv", 100, 1, 0);

        assertThatThrownBy(() -> check(file, file, Map.of("e", List.of("a", "bb"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("'drift.embeddings.e' names the column 'bb'")
                .hasMessageContaining("did you mean 'b'");
        assertThatThrownBy(() -> check(file, file, Map.of("e", List.of("t"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("which is of type string; an embedding is one column of lists");
        assertThatThrownBy(() -> EmbeddingRequest.of(Map.of("e", List.of())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no columns");
    }
}
