package io.mlcicd.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Data for benchmarks, the same in every run: each value follows from its row's number through DuckDB's hash. Files are
 * kept in the system's folder for temporary files, so that the runs of a benchmark share them.
 */
public final class GeneratedData {

    /** Number of columns of {@link #mixed}. */
    static final int COLUMNS = 20;

    private GeneratedData() {}

    /** Eight numbers, four integers, four texts of few values, two of many, a boolean and a timestamp. */
    public static Path mixed(String format, int rows) {
        List<String> columns = new ArrayList<>();
        IntStream.range(0, 8)
                .forEach(i -> columns.add("round(100 * (%s + %s + %s), 4) AS number%d"
                        .formatted(uniform(i), uniform(i + 100), uniform(i + 200), i)));
        IntStream.range(0, 4)
                .forEach(i ->
                        columns.add("CASE WHEN %s < 0.02 THEN NULL ELSE CAST(floor(%s * %d) AS BIGINT) END AS integer%d"
                                .formatted(uniform(i + 300), uniform(i + 400), 1000 * (i + 1), i)));
        IntStream.range(0, 4)
                .forEach(i -> columns.add("'v' || CAST(floor(%s * %d) AS BIGINT) AS category%d"
                        .formatted(uniform(i + 500), 4 * (i + 1), i)));
        IntStream.range(0, 2)
                .forEach(i -> columns.add("'user-' || CAST(floor(%s * %d) AS BIGINT) AS text%d"
                        .formatted(uniform(i + 600), 1_000_000, i)));
        columns.add(uniform(700) + " < 0.3 AS flag");
        columns.add("TIMESTAMP '2026-01-01' + to_seconds(CAST(floor(%s * 31000000) AS BIGINT)) AS moment"
                .formatted(uniform(701)));
        return file("mixed", format, rows, columns);
    }

    /** Six numbers and four texts of few values; with {@code shift}, the first number and text have moved. */
    static Path drifting(int rows, double shift) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double moved = i == 0 ? shift : 0;
            columns.add("%s + %s + %s AS number%d"
                    .formatted(uniform(i), uniform(i + 100), String.format(Locale.ROOT, "%.2f", moved), i));
        }
        for (int i = 0; i < 4; i++) {
            String skewed = i == 0 && shift > 0 ? "sqrt(" + uniform(500) + ")" : uniform(i + 500);
            columns.add("'v' || CAST(floor(%s * %d) AS BIGINT) AS category%d".formatted(skewed, 5 * (i + 1), i));
        }
        return file(shift > 0 ? "drifted" : "reference", "parquet", rows, columns);
    }

    /** Labels 0 and 1, and scores, hardly two of them equal, that tell them apart about as well as a real model does. */
    public static Path predictions(int rows) {
        String label = "CAST(%s < 0.3 AS INTEGER)".formatted(uniform(1));
        String score = "(0.25 * (%s) + 0.75 * %s)".formatted(label, uniform(2));
        return file(
                "scored",
                "parquet",
                rows,
                List.of(
                        label + " AS label",
                        score + " AS score",
                        "CAST(" + score + " >= 0.5 AS INTEGER) AS prediction"));
    }

    /** Columns of normally distributed numbers, {@code number0} and so on; with {@code shift}, every tenth has moved. */
    public static Path wide(int rows, int width, double shift) {
        List<String> columns = IntStream.range(0, width)
                .mapToObj(i -> "sqrt(-2 * ln(%s + 1e-20)) * cos(2 * pi() * %s) + %s AS number%d"
                        .formatted(
                                uniform(2 * i + (shift > 0 ? 1_000_000 : 0)),
                                uniform(2 * i + 1 + (shift > 0 ? 1_000_000 : 0)),
                                String.format(Locale.ROOT, "%.2f", i % 10 == 0 ? shift : 0),
                                i))
                .toList();
        return file((shift > 0 ? "wide-drifted-" : "wide-") + width, "parquet", rows, columns);
    }

    private static String uniform(int column) {
        return "(hash(i, %d) / 18446744073709551616.0)".formatted(column);
    }

    private static Path file(String name, String format, int rows, List<String> columns) {
        try {
            Path folder = Path.of(System.getProperty("java.io.tmpdir"), "mlcicd-benchmarks");
            Files.createDirectories(folder);
            Path file = folder.resolve("%s-%d.%s".formatted(name, rows, format));
            if (Files.exists(file)) {
                return file;
            }
            Path partial = Files.createTempFile(folder, name, ".part");
            try (DuckDb engine = new DuckDb()) {
                engine.execute("COPY (SELECT %s FROM range(%d) AS rows(i)) TO %s (FORMAT %s)"
                        .formatted(String.join(", ", columns), rows, DuckDb.literal(partial), format));
            }
            return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
