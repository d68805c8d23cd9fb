package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes a view of Parquet files, whose rows stay where they are. */
final class ParquetView {

    private final DuckDbSession session;
    private final List<DataFile> files;
    private final String shown;

    ParquetView(DuckDbSession session, List<DataFile> files, String shown) {
        this.session = session;
        this.files = files;
        this.shown = shown;
    }

    void create(String name) throws SQLException, InterruptedException {
        boolean alike = requireSame();
        Partitions partitions = Partitions.of(session, files);
        String reader = "read_parquet(%s, hive_partitioning = false, union_by_name = %s%s)"
                .formatted(DuckDbSources.paths(files), !alike, partitions.option());
        Map<String, String> types =
                DuckDbSources.describe(session, "SELECT * FROM " + reader.replace(partitions.option() + ")", ")"));
        partitions.refuseColumnsAmong(types.keySet(), shown);
        String select = new NestedColumns(session, shown).select(types, (expression, type) -> expression);
        session.execute("CREATE VIEW %s AS SELECT %s FROM %s".formatted(name, select + partitions.select(), reader));
    }

    /** Whether all files have the very same columns; those that differ in order or width of numbers can be united. */
    private boolean requireSame() throws InterruptedException {
        DataFile first = files.get(0);
        Map<String, String> expected = columns(first);
        boolean alike = true;
        for (DataFile file : files.subList(1, files.size())) {
            Map<String, String> found = columns(file);
            requireSame(first, expected, file, found);
            alike &= List.copyOf(found.entrySet()).equals(List.copyOf(expected.entrySet()));
        }
        return alike;
    }

    private static void requireSame(
            DataFile first, Map<String, String> expected, DataFile file, Map<String, String> found) {
        for (String column : new TreeSet<>(expected.keySet())) {
            if (!found.containsKey(column)) {
                throw differs("%s has no column '%s', yet %s has", file, column, first);
            }
        }
        for (String column : found.keySet()) {
            if (!expected.containsKey(column)) {
                throw differs("%s has a column '%s', yet %s has none", file, column, first);
            }
            ColumnType type = DuckDbValues.type(found.get(column));
            ColumnType other = DuckDbValues.type(expected.get(column));
            if (type != other && !(type.isNumeric() && other.isNumeric())) {
                throw new InvalidInputException(
                        "%s: the column '%s' is of type %s, yet in %s of type %s; all files of a data set have the same"
                                .formatted(file.shown(), column, type.key(), first.shown(), other.key()));
            }
        }
    }

    private static InvalidInputException differs(String sentence, DataFile file, String column, DataFile first) {
        return new InvalidInputException(sentence.formatted(file.shown(), column, first.shown())
                + "; all files of a data set have the same columns");
    }

    private Map<String, String> columns(DataFile file) throws InterruptedException {
        try {
            return DuckDbSources.describe(
                    session,
                    "SELECT * FROM read_parquet(%s, hive_partitioning = false)"
                            .formatted(DuckDbSources.paths(List.of(file))));
        } catch (SQLException e) {
            throw new InvalidInputException(
                    file.shown() + " is not a Parquet file, or was cut off; write or copy it again", e);
        }
    }
}
