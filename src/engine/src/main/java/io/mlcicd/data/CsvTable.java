package io.mlcicd.data;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a table of a CSV or TSV file, in one pass when the first rows tell the types of all. */
final class CsvTable {

    /** As many rows as tell most columns' types. */
    private static final int SAMPLE = 20_480;

    /** Engines plan one wide query in more than twice the time of two half as wide. */
    private static final int COLUMNS_AT_ONCE = 50;

    private final DuckDbSession session;
    private final List<DataFile> files;
    private final CsvDialect dialect;
    private final ReadOptions options;
    private final String name;
    private final Partitions partitions;

    CsvTable(DuckDbSession session, List<DataFile> files, CsvDialect dialect, ReadOptions options, String name)
            throws SQLException, InterruptedException {
        this.session = session;
        this.files = files;
        this.dialect = dialect;
        this.options = options;
        this.name = name;
        this.partitions = Partitions.of(session, files);
        partitions.refuseColumnsAmong(dialect.names(), files.get(0).shown());
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
        session.execute("CREATE TABLE %s AS SELECT %s FROM %s"
                .formatted(name, TextTypes.checked(types) + partitions.select(), reader(types)));
    }

    private void createWithTypesOfAllRows() throws SQLException, InterruptedException {
        String all = name + "_text";
        session.execute("CREATE TEMP TABLE %s AS SELECT * FROM %s".formatted(all, reader(text())));
        session.execute("CREATE TABLE %s AS SELECT %s FROM %s"
                .formatted(name, TextTypes.converted(types(all)) + partitions.select(), all));
        session.execute("DROP TABLE " + all);
    }

    private Map<String, ColumnType> types(String table) throws SQLException, InterruptedException {
        List<String> names = dialect.names();
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
        dialect.names().forEach(column -> text.put(column, ColumnType.STRING));
        return text;
    }

    private String reader(Map<String, ColumnType> types) {
        String columns = dialect.names().stream()
                .map(column -> DataEngine.literal(column) + ": '" + TextTypes.read(types.get(column)) + "'")
                .collect(Collectors.joining(", ", "{", "}"));
        String quote = DataEngine.literal(String.valueOf(dialect.quote()));
        return ("read_csv(%s, auto_detect = false, header = %s, strict_mode = true, hive_partitioning = false,"
                        + " delim = %s, quote = %s, escape = %s, nullstr = %s, max_line_size = %d, buffer_size = %d,"
                        + " compression = 'none', dateformat = '%%Y-%%m-%%d', columns = %s%s)")
                .formatted(
                        DuckDbSources.paths(files),
                        dialect.header(),
                        DataEngine.literal(String.valueOf(dialect.delimiter())),
                        quote,
                        quote,
                        nulls(),
                        CsvRecords.LONGEST,
                        2 * CsvRecords.LONGEST,
                        columns,
                        partitions.option());
    }

    private String nulls() {
        return Stream.concat(Stream.of(""), options.nulls().stream())
                .map(DataEngine::literal)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
