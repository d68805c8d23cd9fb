package io.mlcicd.drift.multivariate;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The vectors of one embedding: lists in one column, or a column for each dimension. Rows without a vector, or without a
 * number in one of the columns, are left out.
 */
final class Vectors {

    /** How many numbers of a side are held in memory; of long vectors fewer are drawn. */
    private static final int MOST_CELLS = 4_000_000;

    private static final int LEAST_SAMPLE = 1_000;

    private final DataEngine engine;
    private final String name;
    private final List<Column> columns;
    private final Set<String> allNames;

    private Vectors(DataEngine engine, String name, List<Column> columns, Set<String> allNames) {
        this.engine = engine;
        this.name = name;
        this.columns = columns;
        this.allNames = allNames;
    }

    /** @throws InvalidInputException when a column is unknown or holds no numbers */
    static Vectors of(DataEngine engine, String name, List<String> wanted, List<Column> all) {
        Set<String> names = all.stream().map(Column::name).collect(Collectors.toSet());
        List<Column> columns = wanted.stream()
                .map(column -> all.stream()
                        .filter(known -> known.name().equals(column))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInputException(
                                "'drift.embeddings.%s' names the column '%s'%s, which reference and current data do not both have"
                                        .formatted(name, column, Spelling.hint(column, names)))))
                .toList();
        for (Column column : columns) {
            boolean lists = columns.size() == 1 && column.type() == ColumnType.OTHER;
            if (!lists && !column.type().isNumeric()) {
                throw new InvalidInputException(
                        "'drift.embeddings.%s' names the column '%s', which is of type %s; an embedding is one column of lists of numbers, as JSON lines and Parquet files hold them, or several columns of numbers"
                                .formatted(name, column.name(), column.type().key()));
            }
        }
        return new Vectors(engine, name, columns, names);
    }

    private boolean lists() {
        return columns.get(0).type() == ColumnType.OTHER;
    }

    /** Of how many numbers a vector is; empty when there is no vector. */
    OptionalInt dimensions(String relation, String side) throws InterruptedException {
        if (!lists()) {
            return OptionalInt.of(columns.size());
        }
        SampledRows first = SampledRows.of(
                engine,
                "(SELECT %s FROM %s WHERE %s LIMIT 1)".formatted(quoted(), relation, condition()),
                List.of(quoted()),
                allNames,
                "true",
                1,
                0);
        if (first.rows() == 0) {
            return OptionalInt.empty();
        }
        Row row = engine.query("SELECT c0 FROM " + first.sql()).get(0);
        int size = list(row.values().get("c0"), side, "the first vector").size();
        if (size == 0) {
            throw new InvalidInputException("the first list of '%s' of %s is empty; an embedding needs numbers"
                    .formatted(columns.get(0).name(), side));
        }
        return OptionalInt.of(size);
    }

    /**
     * A sample of a side's vectors.
     *
     * @param side what it is called, for messages
     * @throws InvalidInputException when a vector is of another dimension or has an entry that is no number
     */
    double[][] read(String relation, String side, int dimensions, int sample, long seed) throws InterruptedException {
        int most = Math.min(sample, Math.max(LEAST_SAMPLE, MOST_CELLS / dimensions));
        List<String> expressions = lists()
                ? List.of(quoted())
                : columns.stream()
                        .map(column -> SampleEncoder.expression(engine, column))
                        .toList();
        SampledRows rows = SampledRows.of(engine, relation, expressions, allNames, condition(), most, seed);
        double[][] vectors = new double[rows.rows()][];
        int[] next = {0};
        if (lists()) {
            engine.stream(
                    "SELECT place, c0 FROM " + rows.sql() + " ORDER BY place",
                    row -> vectors[next[0]++] = vector(row, side, dimensions));
        } else {
            StringBuilder select = new StringBuilder();
            for (int i = 0; i < dimensions; i++) {
                select.append('c').append(i).append(", ");
            }
            engine.scan(
                    "SELECT " + select + "CAST(place AS DOUBLE) FROM " + rows.sql() + " ORDER BY place",
                    dimensions,
                    row -> vectors[next[0]++] = row.clone());
        }
        return vectors;
    }

    private String quoted() {
        return DataEngine.quote(columns.get(0).name());
    }

    private String condition() {
        return lists()
                ? quoted() + " IS NOT NULL"
                : columns.stream()
                        .map(column -> SampleEncoder.expression(engine, column) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
    }

    private List<?> list(Object value, String side, String where) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new InvalidInputException("%s of '%s' of %s is no list of numbers; 'drift.embeddings.%s' needs one"
                .formatted(where, columns.get(0).name(), side, name));
    }

    private double[] vector(Row row, String side, int dimensions) {
        String where = "row " + row.count("place");
        List<?> list = list(row.values().get("c0"), side, where);
        if (list.size() != dimensions) {
            throw new InvalidInputException(
                    "%s of %s has %d numbers in '%s', the reference's first vector %d; all vectors of 'drift.embeddings.%s' must be of one dimension"
                            .formatted(where, side, list.size(), columns.get(0).name(), dimensions, name));
        }
        double[] vector = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            if (!(list.get(i) instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw new InvalidInputException(
                        "%s of %s has %s as entry %d of '%s', which is no finite number; 'drift.embeddings.%s' needs numbers alone"
                                .formatted(
                                        where,
                                        side,
                                        shown(list.get(i)),
                                        i + 1,
                                        columns.get(0).name(),
                                        name));
            }
            vector[i] = number.doubleValue();
        }
        return vector;
    }

    private static String shown(Object entry) {
        return entry == null ? "no value" : "'" + entry + "'";
    }
}
