package io.mlcicd.operation;

/**
 * Where data were computed on, when that was not plainly this process.
 *
 * @param engine what it is, with its version: {@code Spark 4.2.0}, {@code DuckDB 2.0.0}
 * @param where the cluster, or {@code this process}
 * @param why how it was chosen, as a sentence
 */
public record Computed(String engine, String where, String why) {

    /** Where the embedded engine is. */
    public static final String THIS_PROCESS = "this process";
}
