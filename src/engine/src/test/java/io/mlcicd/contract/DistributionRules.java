package io.mlcicd.contract;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.gate.GateResult;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of the tables that the tests of distributions have in common. */
abstract class DistributionRules {

    /** Any number, so that gates only measure. */
    static final String ANY = "{ min: -1.0e300 }";

    @TempDir
    Path folder;

    List<GateResult> gates(String csv, String contract, Optional<DataProfile> accepted)
            throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("data.csv"), csv);
        Path rules = Files.writeString(folder.resolve("contract.yml"), "contract: c\n" + contract);
        ContractedData contracted =
                new ContractedData(DataSource.of("d", data), rules, "contract.yml", Optional.empty(), accepted);
        return new ValidateData()
                .run(new ValidationRequest(Optional.empty(), List.of(contracted)), Progress.NONE)
                .gates();
    }

    GateResult gate(String csv, String contract, String metric) throws IOException, InterruptedException {
        return gate(gates(csv, contract, Optional.empty()), metric);
    }

    static GateResult gate(List<GateResult> gates, String metric) {
        return gates.stream()
                .filter(gate -> gate.gate().metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " is none of " + gates));
    }

    DataProfile profile(String csv) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("reference.csv"), csv);
        DataSource source = DataSource.of("d", data);
        try (DataEngine engine = DataEngine.embedded(source)) {
            return Profiler.profile(engine, engine.open(source));
        }
    }

    static double x(int i) {
        return i * 37 % 101 * 0.25 + i % 13 * 0.75;
    }

    static double current(int i) {
        return i * 53 % 97 * 0.25 + i % 11 * 1.25 + 0.5;
    }

    static String label(double x) {
        return x < 6 ? "low" : x < 15 ? "mid" : "high";
    }

    /** The rows of the reference computation; {@code extra} is a column of rows that {@code where} picks from. */
    static String rows(boolean picked) {
        StringBuilder csv = new StringBuilder("x,y,z,label,seven,picked\n");
        for (int i = 0; i < 400; i++) {
            double y = x(i) * 2 + i * 17 % 23;
            double z = i % 50 == 7 ? x(i) + 100 : x(i);
            csv.append("%s,%s,%s,%s,%s,yes\n".formatted(x(i), y, z, label(x(i)), i % 7));
            if (picked) {
                csv.append("%s,%s,%s,%s,%s,no\n".formatted(1000 - i, i * i, 5000 + i, "odd" + i % 3, i % 2));
            }
        }
        return csv.toString();
    }

    static String column(String name, String type, String rule, boolean picked) {
        String keys = picked
                ? "{ type: %s, checks: [{ %s, where: \"picked = 'yes'\" }] }".formatted(type, rule)
                : "{ type: %s, %s }".formatted(type, rule);
        return "columns:\n  %s: %s\n".formatted(name, keys);
    }

    static String csv(String name, List<?> values) {
        StringBuilder csv = new StringBuilder(name).append(",n\n");
        values.forEach(value -> csv.append(value).append(",1\n"));
        return csv.toString();
    }
}
