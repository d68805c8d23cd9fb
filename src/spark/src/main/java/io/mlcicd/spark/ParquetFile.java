package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.data.SpillFolder;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an answer as one Parquet file of this machine, wherever the workers' disks are: it comes row by row, and the
 * engine in this process writes it.
 */
final class ParquetFile {

    private final SparkEngine engine;

    ParquetFile(SparkEngine engine) {
        this.engine = engine;
    }

    void write(String sql, Path file) throws InterruptedException {
        List<String> columns = List.copyOf(engine.describe(sql).keySet());
        try (SpillFolder folder = SpillFolder.create()) {
            Path lines = folder.path().resolve("rows.jsonl");
            try (Writer out = Files.newBufferedWriter(lines, StandardCharsets.UTF_8)) {
                engine.stream(sql, row -> line(out, columns, row));
            }
            DataSource source = new FileSource(
                    "rows", lines.toString(), "the rows", Optional.of(Format.JSONL), ReadOptions.SNIFFED);
            try (DataEngine here = DataEngine.embedded(source)) {
                Relation rows = here.open(source);
                here.export("SELECT * FROM " + rows.sql(), file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void line(Writer out, List<String> columns, Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, row.values().get(column)));
        try {
            out.write(Json.line(values));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
