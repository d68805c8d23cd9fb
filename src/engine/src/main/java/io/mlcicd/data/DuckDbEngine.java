package io.mlcicd.data;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The embedded default: DuckDB in this process, used by one thread at a time. */
final class DuckDbEngine implements DataEngine {

    private final DuckDbSession session;
    private final DuckDbSources sources;
    private final Map<String, DataSource> opened = new LinkedHashMap<>();
    private final Map<DataSource, Relation> relations = new HashMap<>();

    private DuckDbEngine(DuckDbSession session) {
        this.session = session;
        this.sources = new DuckDbSources(session);
    }

    static DuckDbEngine open(Collection<? extends DataSource> sources) {
        Set<Path> files = new LinkedHashSet<>();
        for (DataSource source : sources) {
            if (source instanceof FileSource file) {
                DataFiles.found(file).forEach(each -> files.add(each.path()));
            }
        }
        DuckDbSession session = DuckDbSession.open();
        try {
            session.shutDoors(files);
            return new DuckDbEngine(session);
        } catch (SQLException e) {
            session.close();
            throw new OutsideSystemException("the embedded data engine did not start: " + firstLine(e), e);
        }
    }

    @Override
    public Relation open(DataSource source) throws InterruptedException {
        Relation known = relations.get(source);
        if (known != null) {
            return known;
        }
        String name = "data_" + (opened.size() + 1);
        opened.put(name, source);
        Relation relation = sources.open(source, name);
        relations.put(source, relation);
        return relation;
    }

    @Override
    public Artifact artifact(DataSource source) {
        return sources.artifact(source);
    }

    @Override
    public List<Row> query(String sql) throws InterruptedException {
        try {
            return session.query(sql);
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    @Override
    public Optional<String> problem(String sql) throws InterruptedException {
        try {
            session.query("EXPLAIN " + sql);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(firstLine(e));
        }
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        try {
            session.stream(sql, rows);
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    @Override
    public void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        try {
            session.scan(sql, columns, rows);
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    @Override
    public void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        try {
            session.read(sql, columns, rows);
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    @Override
    public String keep(String sql) throws InterruptedException {
        try {
            return session.keep(sql);
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    @Override
    public void export(String sql, Path file) throws InterruptedException {
        // The engine may write into its own folder only.
        Path written = session.spillFolder().resolve("export.parquet");
        try {
            session.execute("COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd)"
                    .formatted(sql, DataEngine.literal(written.toString())));
            AtomicFiles.write(file, out -> Files.copy(written, out));
            Files.delete(written);
        } catch (SQLException e) {
            throw translated(sql, e);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private RuntimeException translated(String sql, SQLException e) {
        String message = firstLine(e);
        if (isOutside(e)) {
            return new OutsideSystemException("the data engine failed: " + message, e);
        }
        boolean ours = message.startsWith("Parser") || message.startsWith("Binder") || message.startsWith("Catalog");
        if (ours) {
            return new IllegalStateException("a query is wrong: " + message, e);
        }
        String files = opened.entrySet().stream()
                .filter(entry -> sql.matches("(?s).*\\b" + entry.getKey() + "\\b.*"))
                .map(entry -> entry.getValue().shown())
                .reduce((a, b) -> a + " or " + b)
                .orElse("the data");
        return new InvalidInputException(files + " cannot be read: " + message, e);
    }

    /** Whether memory or disk failed, and not the data. */
    static boolean isOutside(SQLException e) {
        return firstLine(e).startsWith("Out of Memory") || firstLine(e).startsWith("IO Error");
    }

    /** What the engine says, without the hints on its own options that follow. */
    static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }

    @Override
    public String version() {
        return session.version();
    }

    @Override
    public Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }

    @Override
    public void close() {
        session.close();
    }
}
