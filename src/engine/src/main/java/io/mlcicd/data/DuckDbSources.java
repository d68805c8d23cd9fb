package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a table of text files or of what a database answers, and a view of Parquet files. */
final class DuckDbSources {

    private final DuckDbSession session;
    private final Map<DataSource, Artifact> copied = new HashMap<>();

    DuckDbSources(DuckDbSession session) {
        this.session = session;
    }

    /** Makes a table or view of that name. */
    Relation open(DataSource source, String name) throws InterruptedException {
        if (source instanceof DatabaseSource database) {
            copied.put(database, new JdbcTable(session, database, name).create());
            return relation(source, name);
        }
        if (source instanceof ClusterSource cluster) {
            throw new InvalidInputException(
                    "%s is read by a cluster's engine alone; write 'engine: spark'".formatted(cluster.shown()));
        }
        return openFiles((FileSource) source, name);
    }

    /** A source that was opened, by its content. */
    Artifact artifact(DataSource source) {
        return source instanceof FileSource file ? file.artifact() : copied.get(source);
    }

    private Relation openFiles(FileSource source, String name) throws InterruptedException {
        DataFiles files = DataFiles.of(source);
        switch (files.format()) {
            case CSV, TSV -> openText(source, files, name, this::openCsv);
            case JSONL -> openText(source, files, name, this::openJsonLines);
            case PARQUET -> openParquet(source, files, name);
        }
        return relation(source.as(files.format()), name);
    }

    private Relation relation(DataSource source, String name) throws InterruptedException {
        try {
            List<Column> columns = describe(session, "SELECT * FROM " + name).entrySet().stream()
                    .map(column -> new Column(column.getKey(), DuckDbValues.type(column.getValue())))
                    .toList();
            return new Relation(source, name, columns);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Opening {
        void open(FileSource source, DataFiles files, String name) throws SQLException, InterruptedException;
    }

    /** What is written out for the engine's sake is not needed once the table stands. */
    private void openText(FileSource source, DataFiles files, String name, Opening opening)
            throws InterruptedException {
        try (SpillFolder folder = SpillFolder.below(session.spillFolder())) {
            List<DataFile> plain = new PlainText(folder.path(), source.read()).of(files.files());
            opening.open(source, new DataFiles(files.base(), plain, files.format()), name);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a temporary folder: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw refusal(source, Optional.empty(), e);
        }
    }

    private void openCsv(FileSource source, DataFiles files, String name) throws SQLException, InterruptedException {
        DataFile first = files.files().get(0);
        CsvDialect dialect = CsvDialect.of(first, files.format(), source.read());
        for (DataFile file : files.files().subList(1, files.files().size())) {
            dialect.requireSame(CsvDialect.of(file, files.format(), source.read()), first, file);
        }
        CsvTable table = new CsvTable(session, files.files(), dialect, source.read(), name);
        try {
            table.create();
        } catch (SQLException e) {
            throw refusal(source, firstProblem(files, file -> TextProblems.ofCsv(file, dialect)), e);
        }
    }

    private void openJsonLines(FileSource source, DataFiles files, String name)
            throws SQLException, InterruptedException {
        JsonLinesTable table = new JsonLinesTable(session, files.files(), source.shown());
        try {
            table.create(name);
        } catch (SQLException e) {
            throw refusal(source, firstProblem(files, TextProblems::ofJsonLines), e);
        }
    }

    private void openParquet(FileSource source, DataFiles files, String name) throws InterruptedException {
        try {
            new ParquetView(session, files.files(), source.shown()).create(name);
        } catch (SQLException e) {
            throw refusal(source, Optional.empty(), e);
        }
    }

    private static Optional<String> firstProblem(DataFiles files, Function<DataFile, Optional<String>> problem) {
        return files.files().stream().map(problem).flatMap(Optional::stream).findFirst();
    }

    /** The columns of a query with DuckDB's names of their types, in order. */
    static Map<String, String> describe(DuckDbSession session, String query) throws SQLException, InterruptedException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Row row : session.query("DESCRIBE " + query)) {
            columns.put(
                    row.text("column_name").orElseThrow(),
                    row.text("column_type").orElseThrow());
        }
        return columns;
    }

    /** The files as the list that readers take. */
    static String paths(List<DataFile> files) {
        return files.stream().map(file -> path(file.path())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The engine takes patterns for paths; in brackets a character stands for itself. */
    static String path(Path path) {
        return DataEngine.literal(path.toString().replaceAll("[\\[*?]", "[$0]"));
    }

    private static RuntimeException refusal(FileSource source, Optional<String> problem, SQLException e) {
        if (problem.isEmpty() && DuckDbEngine.isOutside(e)) {
            return new OutsideSystemException("reading " + source.shown() + " failed: " + DuckDbEngine.firstLine(e), e);
        }
        return new InvalidInputException(
                problem.orElseGet(() -> source.shown() + " cannot be read: " + DuckDbEngine.firstLine(e)), e);
    }
}
