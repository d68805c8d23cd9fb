package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An embedded engine of its own for each data set that is opened; questions are for the last. */
public final class FreshEngine implements DataEngine {

    private final List<DataEngine> engines = new ArrayList<>(List.of(DataEngine.embedded(List.of())));

    private DataEngine last() {
        return engines.get(engines.size() - 1);
    }

    @Override
    public Relation open(DataSource source) throws InterruptedException {
        engines.add(DataEngine.embedded(source));
        return last().open(source);
    }

    /** Writes the answer to a query to a file, with the options of DuckDB's COPY. */
    public void write(String query, Path file, String options) throws InterruptedException {
        Path spill = Path.of(last().query("SELECT current_setting('temp_directory') AS folder")
                .get(0)
                .text("folder")
                .orElseThrow());
        Path written = spill.resolve("written");
        try {
            Files.createDirectories(spill);
            last().query("COPY (%s) TO %s (%s)".formatted(query, DataEngine.literal(written.toString()), options));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Artifact artifact(DataSource source) throws InterruptedException {
        return last().artifact(source);
    }

    @Override
    public List<Row> query(String sql) throws InterruptedException {
        return last().query(sql);
    }

    @Override
    public Optional<String> problem(String sql) throws InterruptedException {
        return last().problem(sql);
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        last().stream(sql, rows);
    }

    @Override
    public void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        last().scan(sql, columns, rows);
    }

    @Override
    public void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        last().read(sql, columns, rows);
    }

    @Override
    public String keep(String sql) throws InterruptedException {
        return last().keep(sql);
    }

    @Override
    public void export(String sql, Path file) throws InterruptedException {
        last().export(sql, file);
    }

    @Override
    public String version() {
        return last().version();
    }

    @Override
    public Dialect dialect() {
        return last().dialect();
    }

    @Override
    public void close() {
        engines.forEach(DataEngine::close);
        engines.clear();
    }
}
