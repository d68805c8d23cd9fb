package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A table called {@code t}, and what is found when rules are asked of it, each of which must come back the same from the
 * contract that is written of it.
 *
 * @param folder where the files are put
 * @param csv the table
 * @param beside the other data sets of the run, as CSV by name
 * @param accepted the profile of the data before; empty when there are none
 * @param now the time of the run
 */
record AskedTable(Path folder, String csv, Map<String, String> beside, Optional<DataProfile> accepted, Instant now) {

    /** More than any test looks up. */
    private static final int ALL_EXAMPLES = 100_000;

    /** What was found of a rule, with the number that its first gate was on. */
    record Found(Check check, OptionalDouble measured) {

        boolean kept() {
            return check.outcome() == Outcome.PASSED;
        }

        double number() {
            return measured.orElseThrow(() -> new AssertionError("no number: " + check));
        }

        /** The rows that were shown, counted from 1. */
        List<Long> rows() {
            return check.examples().stream().map(Check.Example::row).toList();
        }
    }

    static AskedTable of(Path folder, String csv) {
        return new AskedTable(folder, csv, Map.of(), Optional.empty(), Instant.parse("2026-06-01T00:00:00Z"));
    }

    /** This table, in a run that has another data set too. */
    AskedTable beside(String name, String other) {
        Map<String, String> more = new TreeMap<>(beside);
        more.put(name, other);
        return new AskedTable(folder, csv, more, accepted, now);
    }

    /** This table, after one that was accepted. */
    AskedTable after(String before) throws IOException, InterruptedException {
        DataSource source = source("before", before);
        try (DataEngine engine = DataEngine.embedded(source)) {
            return new AskedTable(folder, csv, beside, Optional.of(Profiler.profile(engine, engine.open(source))), now);
        }
    }

    /** Asks rules of a column, each an item of its checks, such as <code>{ min: 3 }</code>. */
    List<Found> column(String name, String type, List<String> items) throws IOException, InterruptedException {
        List<Found> found = contract("contract: c\ncolumns:\n  \"%s\":\n    type: %s\n    checks:\n      - %s\n"
                .formatted(name, type, String.join("\n      - ", items)));
        return found.stream()
                .filter(each -> !each.check().kind().equals("type"))
                .toList();
    }

    /** Asks a rule of a column. */
    Found column(String name, String type, String item) throws IOException, InterruptedException {
        return column(name, type, List.of(item)).get(0);
    }

    /** Asks rules of the data set, each an item of the contract's checks, with the types that its columns have. */
    List<Found> dataSet(String columns, List<String> items) throws IOException, InterruptedException {
        List<Found> found = contract(
                "contract: c\nchecks:\n  - %s\ncolumns: { %s }\n".formatted(String.join("\n  - ", items), columns));
        return found.subList(0, items.size());
    }

    /** Asks a rule of the data set, whose columns have the types that the file gives them. */
    Found dataSet(String item) throws IOException, InterruptedException {
        return dataSet("", List.of(item)).get(0);
    }

    /** Everything that a contract asks. */
    List<Found> contract(String yaml) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("contract.yml"), yaml);
        comesBackTheSame(Contract.read(file));
        List<DataSource> others = new ArrayList<>();
        for (Map.Entry<String, String> other : beside.entrySet()) {
            others.add(source(other.getKey(), other.getValue()));
        }
        DataSource data = source("t", csv);
        List<DataSource> all = new ArrayList<>(others);
        all.add(data);
        ContractedData contracted = new ContractedData(data, file, "contract.yml", Optional.empty(), accepted);
        try (DataEngine engine = DataEngine.embedded(all)) {
            DataValidation validation = new DataValidation(
                    engine,
                    data,
                    ContractFile.read(file),
                    new Neighbours(engine, contracted, others, now),
                    ALL_EXAMPLES);
            List<Check> checks = validation.run().checks();
            List<GateResult> gates = validation.gates();
            return checks.stream()
                    .map(check -> new Found(check, actual(gates, check.metric())))
                    .toList();
        }
    }

    private void comesBackTheSame(Contract contract) throws IOException {
        Path written = Files.writeString(folder.resolve("written.yml"), ContractWriter.write(contract));
        Contract read = Contract.read(written);
        assertThat(read.types()).isEqualTo(contract.types());
        assertThat(Set.copyOf(read.allPromises())).isEqualTo(Set.copyOf(contract.allPromises()));
    }

    private static OptionalDouble actual(List<GateResult> gates, String metric) {
        return gates.stream()
                .filter(gate -> gate.gate().metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .actual();
    }

    private DataSource source(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".csv"), text);
        return new FileSource(
                name, file.toString(), file.getFileName().toString(), Optional.empty(), ReadOptions.SNIFFED);
    }

    /** CSV of columns of equal length, where null is no value; a column of the row's number comes last. */
    static String csv(Map<String, ? extends List<?>> columns) {
        int rows = columns.values().iterator().next().size();
        StringBuilder csv = new StringBuilder(String.join(",", columns.keySet())).append(",row\n");
        for (int i = 0; i < rows; i++) {
            for (List<?> column : columns.values()) {
                csv.append(field(column.get(i))).append(',');
            }
            csv.append(i + 1).append('\n');
        }
        return csv.toString();
    }

    /** CSV of one column. */
    static String csv(String name, List<?> values) {
        return csv(Map.of(name, values));
    }

    private static String field(Object value) {
        String text = value == null ? "" : value.toString();
        return value instanceof String ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** The numbers of rows, counted from 1, that are marked. */
    static List<Long> numbers(boolean... marked) {
        return IntStream.range(0, marked.length)
                .filter(i -> marked[i])
                .mapToObj(i -> i + 1L)
                .toList();
    }
}
