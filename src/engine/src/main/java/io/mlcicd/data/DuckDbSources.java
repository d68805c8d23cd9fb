package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a table of a text file or of what a database answers, and a view of a Parquet file. */
final class DuckDbSources {

    private final DuckDbSession session;
    private final Map<DataSource, Artifact> copied = new HashMap<>();

    DuckDbSources(DuckDbSession session) {
        this.session = session;
    }

    /** Makes a table or view of that name. */
    Relation open(DataSource source, String name) throws InterruptedException {
        if (source instanceof FileSource file) {
            openFile(file, name);
        } else if (source instanceof DatabaseSource database) {
            copied.put(database, new JdbcTable(session, database, name).create());
        }
        return relation(source, name);
    }

    /** A source that was opened, by its content. */
    Artifact artifact(DataSource source) {
        return source instanceof FileSource file ? file.artifact() : copied.get(source);
    }

    private void openFile(FileSource source, String name) throws InterruptedException {
        refuseUnreadable(source);
        switch (source.formatOrNames()) {
            case CSV, TSV -> openCsv(source, name);
            case JSONL -> openJsonLines(source, name);
            case PARQUET -> openParquet(source, name);
        }
    }

    private Relation relation(DataSource source, String name) throws InterruptedException {
        try {
            List<Column> columns = describe("SELECT * FROM " + name).entrySet().stream()
                    .map(column -> new Column(column.getKey(), DuckDbValues.type(column.getValue())))
                    .toList();
            return new Relation(source, name, columns);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuseUnreadable(FileSource source) {
        Path path = source.path();
        if (!Files.exists(path)) {
            throw new InvalidInputException(source.shown() + " does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(source.shown() + " is a folder; name one data file");
        }
        if (!Files.isReadable(path)) {
            throw new InvalidInputException(source.shown() + " may not be read by this user");
        }
        try {
            if (Files.size(path) == 0) {
                throw new InvalidInputException(source.shown() + " is empty");
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + source.shown() + ": " + e.getMessage(), e);
        }
    }

    private void openCsv(FileSource source, String name) throws InterruptedException {
        CsvHeader header = CsvHeader.read(source);
        try {
            new CsvTable(session, source, header, name).create();
        } catch (SQLException e) {
            throw refusal(source, TextProblems.ofCsv(source, header), e);
        }
    }

    private void openJsonLines(FileSource source, String name) throws InterruptedException {
        String options = path(source) + ", format = 'newline_delimited', records = 'true', hive_partitioning = false";
        try {
            // A key may first appear in the last line, so all are looked at.
            Map<String, String> types = describe("SELECT * FROM read_json(" + options + ", sample_size = -1)");
            String columns = types.entrySet().stream()
                    .map(column -> DataEngine.literal(column.getKey()) + ": " + DataEngine.literal(column.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            session.execute("CREATE TABLE %s AS SELECT %s FROM read_json(%s, columns = %s)"
                    .formatted(name, normal(types), options, columns));
        } catch (SQLException e) {
            throw refusal(source, TextProblems.ofJsonLines(source), e);
        }
    }

    private void openParquet(FileSource source, String name) throws InterruptedException {
        String reader = "read_parquet(" + path(source) + ", hive_partitioning = false)";
        try {
            session.execute("CREATE VIEW %s AS SELECT %s FROM %s"
                    .formatted(name, normal(describe("SELECT * FROM " + reader)), reader));
        } catch (SQLException e) {
            throw new InvalidInputException(
                    source.shown() + " is not a Parquet file, or was cut off; write or copy it again", e);
        }
    }

    /** The columns of a query with DuckDB's names of their types, in order. */
    private Map<String, String> describe(String query) throws SQLException, InterruptedException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Row row : session.query("DESCRIBE " + query)) {
            columns.put(
                    row.text("column_name").orElseThrow(),
                    row.text("column_type").orElseThrow());
        }
        return columns;
    }

    private static String normal(Map<String, String> columns) {
        List<String> list = new ArrayList<>();
        columns.forEach((name, type) -> list.add(DuckDbValues.normal(DataEngine.quote(name), type)));
        return String.join(", ", list);
    }

    /** The engine takes patterns for paths; in brackets a character stands for itself. */
    static String path(FileSource source) {
        return DataEngine.literal(source.path().toString().replaceAll("[\\[*?]", "[$0]"));
    }

    private static RuntimeException refusal(FileSource source, Optional<String> problem, SQLException e) {
        if (problem.isEmpty() && DuckDbEngine.isOutside(e)) {
            return new OutsideSystemException("reading " + source.shown() + " failed: " + DuckDbEngine.firstLine(e), e);
        }
        return new InvalidInputException(
                problem.orElseGet(() -> source.shown() + " cannot be read: " + DuckDbEngine.firstLine(e)), e);
    }
}
