package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.Computed;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The seam between what is asked of data and what computes it. Queries are written in the SQL that analytical engines
 * share, and in {@link #dialect()} where they differ, so that another engine answers them with the same numbers.
 */
public interface DataEngine extends AutoCloseable {

    /**
     * An engine in this process. Whatever it is asked later, of all files it reaches those of these data sets alone, and
     * its settings stay as they are.
     *
     * @param sources all data sets that will be opened
     * @throws InvalidInputException when their files cannot be listed
     */
    static DataEngine embedded(Collection<? extends DataSource> sources) {
        return DuckDbEngine.open(sources);
    }

    /** An engine in this process that reaches the files of this data set alone. */
    static DataEngine embedded(DataSource source) {
        return embedded(List.of(source));
    }

    /**
     * Opens a data set. Of Parquet only the schema is read; text is read whole, once, so that a column's type holds for
     * every row and queries need not parse it again. What a database holds is copied. All that is done once, however often
     * the same source is opened.
     *
     * @param source one of those the engine was made for
     * @throws InvalidInputException when it is missing, empty, or not in its format; the message names the file and,
     *     in text formats, the line
     * @throws io.mlcicd.operation.OutsideSystemException when a database cannot be reached or fails
     * @throws InterruptedException when the calling thread was interrupted; reading has been cancelled
     */
    Relation open(DataSource source) throws InterruptedException;

    /**
     * A data set that was opened, by its content: files by their bytes, what came from a database by the rows that were
     * read, in whatever order.
     *
     * @throws InvalidInputException when it cannot be read
     */
    Artifact artifact(DataSource source) throws InterruptedException;

    /**
     * Answers a query with all its rows.
     *
     * @throws InvalidInputException when the data turn out to be broken while they are read; the message names the
     *     file and, in text formats, the line
     * @throws InterruptedException when the calling thread was interrupted; the query has been cancelled
     */
    List<Row> query(String sql) throws InterruptedException;

    /** What is wrong with a query, without running it; empty when nothing is. */
    Optional<String> problem(String sql) throws InterruptedException;

    /** Answers a query row by row, in the query's order, without holding all of them in this process's heap. */
    void stream(String sql, Consumer<Row> rows) throws InterruptedException;

    /**
     * Answers a query of numbers row by row, in the query's order, in bounded memory; for millions of rows.
     *
     * @param columns how many columns the query has; all of them doubles
     * @param rows hears each row, in an array that is used again for the next; NULL is NaN
     */
    void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException;

    /**
     * Answers a query of numbers row by row, in any order, like {@link #scan} but about twice as fast, for the engine holds
     * the answer in memory: for some ten million numbers.
     *
     * @param columns how many columns the query has; all of them doubles
     * @param rows hears each row, in an array that is used again for the next; NULL is NaN
     */
    void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException;

    /**
     * Keeps a query's answer, so that what is behind it is read and computed once.
     *
     * @return how queries name it: goes after {@code FROM}
     */
    String keep(String sql) throws InterruptedException;

    /**
     * Writes a query's answer as a Parquet file, in one step: nobody ever sees half of it.
     *
     * @throws io.mlcicd.operation.OutsideSystemException when it cannot be written
     */
    void export(String sql, Path file) throws InterruptedException;

    /** What it is, with its version, such as {@code Spark 4.2.0}. */
    String version();

    /** Where it computes: {@code this process}, or a cluster. */
    default String where() {
        return Computed.THIS_PROCESS;
    }

    /**
     * The most rows of a data set that are better handed over one by one than added up where they are; in this process
     * there is no such bound, for handing them over is the faster way.
     */
    default long mostHandedOver() {
        return Long.MAX_VALUE;
    }

    /** So many different numbers are told apart when rows that are not handed over are added up by them. */
    default long mostAdded() {
        return 1 << 17;
    }

    /** How this engine writes what SQL leaves open. */
    Dialect dialect();

    @Override
    void close();

    /** A name as an SQL identifier. */
    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A finite number as an SQL literal of type double, exactly. */
    static String literal(double number) {
        String text = Double.toString(number);
        return text.contains("E") ? text : text + "E0";
    }

    /** A text as an SQL literal; one with a NUL, which ends a statement, as an expression. */
    static String literal(String text) {
        String quoted = '\'' + text.replace("'", "''") + '\'';
        return text.indexOf(0) < 0 ? quoted : "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
    }
}
