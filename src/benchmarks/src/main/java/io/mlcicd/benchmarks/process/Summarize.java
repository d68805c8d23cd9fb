package io.mlcicd.benchmarks.process;

import io.mlcicd.benchmarks.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;

/** DuckDB's {@code SUMMARIZE} of a file, as a process. */
public final class Summarize {

    private Summarize() {}

    /** Takes the file. */
    public static void main(String[] arguments) throws SQLException {
        System.out.println(DuckDb.summarize(Path.of(arguments[0])));
    }
}
