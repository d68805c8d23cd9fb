package io.mlcicd.data;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a table of a CSV or TSV file, in one pass when the first rows tell the types of all. */
final class CsvTable {

    /** As many rows as tell most columns' types. */
    private static final int SAMPLE = 20_480;

    /** Engines plan one wide query in more than twice the time of two half as wide. */
    private static final int COLUMNS_AT_ONCE = 50;

    private final DuckDbSession session;
    private final FileSource source;
    private final CsvHeader header;
    private final String name;

    CsvTable(DuckDbSession session, FileSource source, CsvHeader header, String name) {
        this.session = session;
        this.source = source;
        this.header = header;
        this.name = name;
    }

    void create() throws SQLException, InterruptedException {
        try {
            createWithTypesOfFirstRows();
        } catch (SQLException e) {
            // Either a later value is of another type, which looking at all of them settles, or the file is broken,
            // which shows again.
            createWithTypesOfAllRows();
        }
    }

    private void createWithTypesOfFirstRows() throws SQLException, InterruptedException {
        String sample = name + "_sample";
        session.execute("CREATE TEMP TABLE %s AS SELECT * FROM %s LIMIT %d".formatted(sample, reader(text()), SAMPLE));
        Map<String, ColumnType> types = types(sample);
        session.execute("DROP TABLE " + sample);
        session.execute(
                "CREATE TABLE %s AS SELECT %s FROM %s".formatted(name, TextTypes.checked(types), reader(types)));
    }

    private void createWithTypesOfAllRows() throws SQLException, InterruptedException {
        String all = name + "_text";
        session.execute("CREATE TEMP TABLE %s AS SELECT * FROM %s".formatted(all, reader(text())));
        session.execute("CREATE TABLE %s AS SELECT %s FROM %s".formatted(name, TextTypes.converted(types(all)), all));
        session.execute("DROP TABLE " + all);
    }

    private Map<String, ColumnType> types(String table) throws SQLException, InterruptedException {
        List<String> names = header.names();
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i += COLUMNS_AT_ONCE) {
            List<String> some = names.subList(i, Math.min(i + COLUMNS_AT_ONCE, names.size()));
            types.putAll(TextTypes.choose(
                    some, session.query(TextTypes.census(some, table)).get(0)));
        }
        return types;
    }

    private Map<String, ColumnType> text() {
        Map<String, ColumnType> text = new HashMap<>();
        header.names().forEach(column -> text.put(column, ColumnType.STRING));
        return text;
    }

    private String reader(Map<String, ColumnType> types) {
        String columns = header.names().stream()
                .map(column -> DataEngine.literal(column) + ": '" + TextTypes.read(types.get(column)) + "'")
                .collect(Collectors.joining(", ", "{", "}"));
        return ("read_csv(%s, auto_detect = false, header = true, strict_mode = true, hive_partitioning = false,"
                        + " delim = %s, quote = '\"', escape = '\"', dateformat = '%%Y-%%m-%%d', columns = %s)")
                .formatted(DuckDbSources.path(source), DataEngine.literal(String.valueOf(header.delimiter())), columns);
    }
}
