package io.mlcicd.data;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a table of files of JSON lines. A key may be missing in a line and so in a whole file. */
final class JsonLinesTable {

    private final DuckDbSession session;
    private final List<DataFile> files;
    private final String shown;

    JsonLinesTable(DuckDbSession session, List<DataFile> files, String shown) {
        this.session = session;
        this.files = files;
        this.shown = shown;
    }

    void create(String name) throws SQLException, InterruptedException {
        String options = DuckDbSources.paths(files)
                + ", format = 'newline_delimited', records = 'true', hive_partitioning = false, compression = 'none'";
        // A key may first appear in the last line of the last file, so all are looked at.
        String all = ", union_by_name = true, sample_size = -1, maximum_sample_files = " + files.size();
        Map<String, String> types = DuckDbSources.describe(session, "SELECT * FROM read_json(" + options + all + ")");
        Partitions partitions = Partitions.of(session, files);
        partitions.refuseColumnsAmong(types.keySet(), shown);
        String columns = types.entrySet().stream()
                .map(column -> DataEngine.literal(column.getKey()) + ": " + DataEngine.literal(column.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        String select = new NestedColumns(session, shown).select(types, JsonLinesTable::withinRange);
        session.execute("CREATE TABLE %s AS SELECT %s FROM read_json(%s, columns = %s%s)"
                .formatted(name, select + partitions.select(), options, columns, partitions.option()));
    }

    /** JSON has no infinity; what comes out as one was a number that doubles do not hold. */
    private static String withinRange(String expression, String type) {
        return type.equals("DOUBLE")
                ? "CASE WHEN isinf(%1$s) THEN error('number out of range') ELSE %1$s END".formatted(expression)
                : expression;
    }
}
