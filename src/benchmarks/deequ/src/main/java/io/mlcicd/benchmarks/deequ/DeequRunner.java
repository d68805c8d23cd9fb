package io.mlcicd.benchmarks.deequ;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckStatus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * Holds a file against a list of checks with Deequ and writes the verdict on each. Spark runs on this machine's processors,
 * with as many partitions after a shuffle as there are processors, and is told the columns of a CSV file, which spares it a
 * pass over the file.
 */
public final class DeequRunner {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DeequRunner() {}

    /** Takes the data file, the list of checks, and the file to write the verdicts to. */
    public static void main(String[] arguments) throws IOException {
        String file = arguments[0];
        JsonNode wanted = MAPPER.readTree(Path.of(arguments[1]).toFile());
        Map<String, Check> checks = new LinkedHashMap<>();
        for (JsonNode each : wanted) {
            checks.put(each.get("id").asText(), DeequCheck.of(each));
        }
        try (SparkSession spark = session()) {
            VerificationResult result = new VerificationSuite()
                    .onData(read(spark, file))
                    .addChecks(JavaConverters.asScalaBuffer(List.copyOf(checks.values()))
                            .toSeq())
                    .run();
            ObjectNode answer = MAPPER.createObjectNode();
            answer.put("version", version() + ", Spark " + spark.version());
            ObjectNode verdicts = answer.putObject("verdicts");
            checks.forEach((id, check) ->
                    verdicts.put(id, result.checkResults().apply(check).status().equals(CheckStatus.Success())));
            MAPPER.writeValue(Path.of(arguments[2]).toFile(), answer);
        }
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .appName("benchmark")
                .master("local[*]")
                .config("spark.ui.enabled", false)
                .config("spark.log.level", "ERROR")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors())
                .getOrCreate();
    }

    private static Dataset<Row> read(SparkSession spark, String file) {
        if (file.endsWith(".parquet")) {
            return spark.read().parquet(file);
        }
        return spark.read()
                .option("header", true)
                .option("timestampFormat", "yyyy-MM-dd HH:mm:ss")
                .schema(DeequCheck.COLUMNS)
                .csv(file);
    }

    /** Deequ's version, which stands in the name of its archive. */
    private static String version() {
        String archive = VerificationSuite.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return archive.replaceFirst(".*/deequ-", "").replaceFirst("-spark.*", "");
    }
}
