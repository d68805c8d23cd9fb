package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.EngineChoice.Kind;
import io.mlcicd.operation.Computed;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine computes, and what is said of it. The jar for Spark is not beside the engine here. */
class ChosenEnginesTest {

    @TempDir
    private Path folder;

    private DataSource small;

    @BeforeEach
    void data() throws Exception {
        small = DataSource.of("train", Files.writeString(folder.resolve("train.csv"), "a,b\n1,2\n3,4\n"));
    }

    private static ChosenEngines chosen(Kind kind, long above) {
        return new ChosenEngines(new EngineChoice(kind, ClusterSettings.FOUND, above));
    }

    @Test
    void theUsualEngineNeedsNoReason() throws Exception {
        ChosenEngines engines = new ChosenEngines(EngineChoice.EMBEDDED);
        engines.open(List.of(small), Progress.NONE).close();
        assertThat(engines.computed()).isEmpty();
    }

    @Test
    void smallDataStayHereAndTheReasonIsTold() throws Exception {
        ChosenEngines engines = chosen(Kind.AUTO, 1L << 30);
        engines.open(List.of(small), Progress.NONE).close();
        Computed computed = engines.computed().orElseThrow();
        assertThat(computed.engine()).matches("DuckDB \\d+\\.\\d+.*");
        assertThat(computed.where()).isEqualTo("this process");
        assertThat(computed.why()).isEqualTo("the files have 12 bytes, and Spark is for more than 1 GB");
    }

    @Test
    void largeDataAreForSpark() {
        assertThatThrownBy(() -> chosen(Kind.AUTO, 11).open(List.of(small), Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ml-cicd-spark");
    }

    @Test
    void whatOnlySparkReachesIsForSparkWhateverItsSize() {
        ClusterSource lake =
                new ClusterSource("train", "s3a://lake/train", Optional.of("parquet"), ReadOptions.SNIFFED);
        assertThatThrownBy(() -> chosen(Kind.AUTO, 1L << 40).open(List.of(lake), Progress.NONE))
                .hasMessageContaining("ml-cicd-spark");
        try (DataEngine here = DataEngine.embedded(List.of(lake))) {
            assertThatThrownBy(() -> here.open(lake))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("s3a://lake/train is read by a cluster's engine alone; write 'engine: spark'");
        }
    }

    @Test
    void sizesAreShownAsPeopleWriteThem() {
        assertThat(ChosenEngines.shown(0)).isEqualTo("0 bytes");
        assertThat(ChosenEngines.shown(1023)).isEqualTo("1023 bytes");
        assertThat(ChosenEngines.shown(1536)).isEqualTo("1.5 KB");
        assertThat(ChosenEngines.shown(50L << 30)).isEqualTo("50 GB");
    }

    @Test
    void secretsOfACallersEnvironmentAreNotShown() {
        ClusterSettings settings = new ClusterSettings(
                        Optional.empty(),
                        Optional.of("yarn"),
                        Map.of("spark.hadoop.fs.s3a.secret.key", "hush"),
                        List.of())
                .in(Map.of("AWS_SECRET_ACCESS_KEY", "hushhush", "OTHER", "x")::get);
        assertThat(settings.environment()).containsOnlyKeys("AWS_SECRET_ACCESS_KEY");
        assertThat(settings.toString())
                .contains("yarn", "spark.hadoop.fs.s3a.secret.key", "AWS_SECRET_ACCESS_KEY")
                .doesNotContain("hush");
    }

    @Test
    void aPasswordInAUriIsNotShown() {
        assertThat(new ClusterSource("d", "s3a://key:secret@lake/x", Optional.of("orc"), ReadOptions.SNIFFED).shown())
                .isEqualTo("s3a://***@lake/x");
    }
}
