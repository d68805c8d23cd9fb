package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.ClusterSource;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.EngineChoice;
import io.mlcicd.data.EngineChoice.Kind;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key {@code engine}, and data sets that Spark reaches. */
class EngineKeysTest {

    private static final String MODEL = "model: { name: m }\n";

    @TempDir
    private Path folder;

    private Requests requests(String yaml) throws Exception {
        Files.writeString(folder.resolve("mlcicd.yml"), MODEL + yaml);
        Map<String, String> environment = Map.of("S3_SECRET", "hush", "SPARK_HOME", "/opt/spark");
        return new Requests(Project.load(folder, List.of()), environment::get);
    }

    @Test
    void oneLineIsEnough() throws Exception {
        assertThat(requests("").engine()).isEqualTo(EngineChoice.EMBEDDED);
        EngineChoice spark = requests("engine: spark\n").engine();
        assertThat(spark.kind()).isEqualTo(Kind.SPARK);
        assertThat(spark.cluster().environment()).containsEntry("SPARK_HOME", "/opt/spark");
        assertThat(requests("engine: auto\n").engine().kind()).isEqualTo(Kind.AUTO);
    }

    @Test
    void theClusterIsDescribedBeside() throws Exception {
        EngineChoice choice = requests("""
                        engine:
                          name: auto
                          above: 1.5 GB
                          submit: tools/spark
                          master: yarn
                          conf:
                            spark.executor.memory: 8g
                            spark.executor.instances: 10
                            spark.hadoop.fs.s3a.secret.key: "${S3_SECRET}"
                          options: ["--queue", "ml"]
                        """).engine();
        assertThat(choice.above()).isEqualTo(3L << 29);
        assertThat(choice.cluster().submit())
                .contains(folder.resolve("tools/spark").toString());
        assertThat(choice.cluster().master()).contains("yarn");
        assertThat(choice.cluster().conf())
                .containsEntry("spark.executor.instances", "10")
                .containsEntry("spark.hadoop.fs.s3a.secret.key", "hush");
        assertThat(choice.cluster().options()).containsExactly("--queue", "ml");
        assertThat(requests("engine: { master: 'local[2]' }\n").engine().kind()).isEqualTo(Kind.SPARK);
    }

    @Test
    void aMissingVariableIsToldByItsKey() throws Exception {
        Requests requests = requests("engine:\n  conf:\n    spark.x: \"${NOPE}\"\n");
        assertThatThrownBy(requests::engine)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:4")
                .hasMessageContaining("NOPE");
    }

    @Test
    void aWrongNameIsRefusedWithItsLine() {
        assertThatThrownBy(() -> requests("engine: flink\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:2");
    }

    @Test
    void dataByUriAndByTableAreForTheCluster() throws Exception {
        Requests requests = requests("""
                data:
                  train: { uri: "s3a://lake/train", format: delta, contract: c.yml }
                  lines: { uri: "hdfs://lake/lines.jsonl", contract: c.yml }
                  orders: { table: lake.sales.orders, contract: c.yml }
                """);
        List<DataSource> sources = requests.validation(name -> Optional.empty()).data().stream()
                .map(each -> each.data())
                .toList();
        assertThat(sources)
                .extracting(source -> ((ClusterSource) source).format().orElse("table"))
                .containsExactly("delta", "jsonl", "table");
        assertThat(sources.get(2).shown()).isEqualTo("table lake.sales.orders");
    }

    @Test
    void aFormatThatOnlySparkReadsNeedsAUri() throws Exception {
        Requests requests = requests("data:\n  train: { path: train.orc, format: orc, contract: c.yml }\n");
        assertThatThrownBy(() -> requests.validation(name -> Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'orc' is read by Spark alone");
    }
}
