package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a real cluster of a master and two workers, one of which is lost in the middle. */
class ClusterTest {

    private static final int ROWS = 600_000;

    @TempDir
    private static Path folder;

    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = StandaloneCluster.start(folder);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Path data() throws IOException {
        Path file = folder.resolve("orders.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,amount,country,shipped\n");
            for (int i = 0; i < ROWS; i++) {
                out.write("%d,%s,%s,%s%n"
                        .formatted(
                                i,
                                i % 997 == 0 ? "" : String.valueOf((i * 7919L % 97) / 8.0),
                                List.of("de", "fr", "it", "pl").get(i % 4),
                                i % 3 == 0));
            }
        }
        return file;
    }

    private static ObjectNode validated(DataEngines engines, Path data, Path contract, Progress progress)
            throws InterruptedException {
        ContractedData contracted = new ContractedData(DataSource.of("orders", data), contract);
        ObjectNode document = Json.mapper()
                .valueToTree(new ValidateData(engines)
                        .run(new ValidationRequest(Optional.empty(), List.of(contracted)), progress));
        document.remove(List.of("started", "seconds"));
        return document;
    }

    /** When the work has begun, and long before it ends. */
    private static void loseAWorkerSoon() {
        try {
            Thread.sleep(4_000);
            cluster.loseAWorker();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void losingAWorkerInTheMiddleChangesNothingButTime() throws Exception {
        Path data = data();
        Path contract = Files.writeString(folder.resolve("contract.yml"), """
                contract: orders
                rows: { min: 1000 }
                columns:
                  id: { type: integer, unique: true }
                  amount: { type: number, min: 0, max: 100, maxNullShare: 0.01 }
                  country: { type: string, values: [de, fr, it] }
                  shipped: { type: boolean }
                """);
        List<String> lines = new CopyOnWriteArrayList<>();
        AtomicBoolean lost = new AtomicBoolean();
        Progress watching = new Progress() {
            @Override
            public void step(String what, double fraction) {}

            @Override
            public void line(String text) {
                lines.add(text);
                if (text.contains("runs application") && !lost.getAndSet(true)) {
                    Thread losing = new Thread(ClusterTest::loseAWorkerSoon, "losing a worker");
                    losing.setDaemon(true);
                    losing.start();
                }
            }
        };

        ObjectNode there = validated(
                (sources, progress) -> new Spark().open(cluster.settings(), sources, progress),
                data,
                contract,
                watching);

        assertThat(lost).isTrue();
        assertThat(lines).anyMatch(line -> line.startsWith("Spark lost executor"));
        ObjectNode here = validated(DataEngines.EMBEDDED, data, contract, Progress.NONE);
        assertThat(there.toPrettyString().lines())
                .containsExactlyElementsOf(here.toPrettyString().lines().toList());
        assertThat(there.at("/verdict").asText()).isEqualTo("FAILED");
    }
}
