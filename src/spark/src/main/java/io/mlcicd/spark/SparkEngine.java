package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.spark.DriverConnection.Hearing;
import io.mlcicd.spark.DriverConnection.Refused;
import io.mlcicd.spark.DriverConnection.Words;
import io.mlcicd.spark.driver.Wire;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Spark, asked through its driver by one thread at a time. */
final class SparkEngine implements DataEngine {

    private static final long MOST_HANDED_OVER = 20_000;

    private final DriverConnection driver;
    private final String version;
    private final String where;
    private final Dialect dialect;
    private final Map<DataSource, Relation> relations = new LinkedHashMap<>();
    private final Map<String, SparkTable> tables = new HashMap<>();
    private final Map<String, String> numbered = new HashMap<>();
    private int names;

    /**
     * @param version Spark's
     * @param where the cluster
     */
    SparkEngine(DriverConnection driver, String version, String where, Dialect dialect) {
        this.driver = driver;
        this.version = version;
        this.where = where;
        this.dialect = dialect;
    }

    @Override
    public Relation open(DataSource source) throws InterruptedException {
        Relation known = relations.get(source);
        if (known == null) {
            SparkTable table = new SparkSources(this, "data_" + (relations.size() + 1)).open(source);
            tables.put(table.name(), table);
            known = new Relation(table.source(), table.name(), table.columns());
            relations.put(source, known);
        }
        return known;
    }

    @Override
    public Artifact artifact(DataSource source) throws InterruptedException {
        if (source instanceof FileSource file) {
            return file.artifact();
        }
        return new ContentOf(this).artifact(source);
    }

    @Override
    public List<Row> query(String sql) throws InterruptedException {
        List<String> parts = AggregatedColumns.of(sql);
        if (parts.size() == 1) {
            return rows(parts.get(0));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (String part : parts) {
            row.putAll(rows(part).get(0).values());
        }
        return List.of(new Row(row));
    }

    private List<Row> rows(String sql) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        asked(Wire.Ask.QUERY, sql, DriverConnection.rows(rows::add));
        return rows;
    }

    @Override
    public Optional<String> problem(String sql) throws InterruptedException {
        try {
            String compiled = compiled(sql);
            ask(Wire.Ask.SCHEMA, out -> Wire.text(out, compiled), new Hearing() {});
            return Optional.empty();
        } catch (Refused | InvalidInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        asked(Wire.Ask.STREAM, sql, DriverConnection.rows(rows));
    }

    @Override
    public void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        double[] row = new double[columns];
        Hearing hearing = new Hearing() {
            @Override
            public void numbers(double[] values) {
                for (int at = 0; at < values.length; at += columns) {
                    System.arraycopy(values, at, row, 0, columns);
                    rows.accept(row);
                }
            }
        };
        asked(
                Wire.Ask.SCAN,
                sql,
                (out, compiled) -> {
                    Wire.text(out, compiled);
                    out.writeInt(columns);
                },
                hearing);
    }

    /** Each row goes through a socket, and most of a large data set's are alike. */
    @Override
    public long mostHandedOver() {
        return MOST_HANDED_OVER;
    }

    @Override
    public void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        scan(sql, columns, rows);
    }

    @Override
    public String keep(String sql) throws InterruptedException {
        String name = newName("kept");
        view(Wire.Ask.KEEP, name, sql);
        return name;
    }

    @Override
    public void export(String sql, Path file) throws InterruptedException {
        new ParquetFile(this).write(sql, file);
    }

    @Override
    public String version() {
        return "Spark " + version;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    /** A name that no view has. */
    String newName(String prefix) {
        return prefix + "_" + ++names;
    }

    /** Makes a view; returns its columns with Spark's names of their types. */
    Map<String, String> view(Wire.Ask ask, String name, String sql) throws InterruptedException {
        ColumnsHeard heard = new ColumnsHeard();
        asked(
                ask,
                sql,
                (out, compiled) -> {
                    Wire.text(out, name);
                    Wire.text(out, compiled);
                },
                heard);
        return heard.found;
    }

    /** Asks something that answers with columns. */
    Map<String, String> columns(Wire.Ask ask, Words words) throws Refused, InterruptedException {
        ColumnsHeard heard = new ColumnsHeard();
        ask(ask, words, heard);
        return heard.found;
    }

    /** Keeps the columns of an answer. */
    private static final class ColumnsHeard implements Hearing {

        private final Map<String, String> found = new LinkedHashMap<>();

        @Override
        public void columns(Map<String, String> columns) {
            found.putAll(columns);
        }
    }

    /** The one row of an answer; a refusal is for whoever asks to explain. */
    Row answer(String sql) throws Refused, InterruptedException {
        List<Row> rows = new ArrayList<>();
        String compiled = compiled(sql);
        ask(Wire.Ask.QUERY, out -> Wire.text(out, compiled), DriverConnection.rows(rows::add));
        return rows.get(0);
    }

    /** The columns of a query. */
    Map<String, String> describe(String sql) throws InterruptedException {
        ColumnsHeard heard = new ColumnsHeard();
        asked(Wire.Ask.SCHEMA, sql, heard);
        return heard.found;
    }

    void ask(Wire.Ask ask, Words words, Hearing hearing) throws Refused, InterruptedException {
        driver.ask(ask, words, hearing);
    }

    /** Says a compiled query with what belongs to it. */
    private interface QueryWords {
        void say(DataOutputStream out, String compiled) throws IOException;
    }

    private void asked(Wire.Ask ask, String sql, Hearing hearing) throws InterruptedException {
        asked(ask, sql, Wire::text, hearing);
    }

    private void asked(Wire.Ask ask, String sql, QueryWords words, Hearing hearing) throws InterruptedException {
        try {
            String compiled = compiled(sql);
            ask(ask, out -> words.say(out, compiled), hearing);
        } catch (Refused e) {
            throw translated(sql, e);
        }
    }

    private String compiled(String sql) throws InterruptedException {
        return SparkSql.compile(sql, this::numbered);
    }

    /** Rows are numbered once, however often they are asked for. */
    private String numbered(String relation, String column) throws InterruptedException {
        String key = relation + "\0" + column;
        String known = numbered.get(key);
        if (known == null) {
            known = new NumberedRows(this).view(Optional.ofNullable(tables.get(relation)), relation, column);
            numbered.put(key, known);
        }
        return known;
    }

    /** A refusal as what it is to whoever asked. */
    RuntimeException translated(String sql, Refused e) {
        return switch (e.fault()) {
            case QUERY -> new IllegalStateException("a query is wrong: " + e.getMessage() + "; it is: " + sql, e);
            case CLUSTER -> new OutsideSystemException("Spark failed: " + e.getMessage() + driver.reasons(), e);
            case DATA -> new InvalidInputException(shown(sql) + " cannot be read: " + e.getMessage(), e);
        };
    }

    private String shown(String sql) {
        String shown = tables.values().stream()
                .filter(table -> Pattern.compile("\\b" + table.name() + "\\b")
                        .matcher(sql)
                        .find())
                .map(table -> table.source().shown())
                .collect(Collectors.joining(" or "));
        return shown.isEmpty() ? "the data" : shown;
    }

    @Override
    public void close() {
        driver.close();
    }
}
