package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.lineage.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An engine that stays open when an operation closes it, and counts the rows that come from it. */
final class SharedEngine implements DataEngine {

    private final DataEngine engine;
    private final long most;
    private final AtomicLong sent;

    SharedEngine(DataEngine engine) {
        this(engine, engine.mostHandedOver(), new AtomicLong());
    }

    private SharedEngine(DataEngine engine, long most, AtomicLong sent) {
        this.engine = engine;
        this.most = most;
        this.sent = sent;
    }

    /** The same engine, which hands over so many rows of a data set at most. */
    SharedEngine withMost(long rows) {
        return new SharedEngine(engine, rows, sent);
    }

    long rowsSent() {
        return sent.getAndSet(0);
    }

    @Override
    public Relation open(DataSource source) throws InterruptedException {
        return engine.open(source);
    }

    @Override
    public Artifact artifact(DataSource source) throws InterruptedException {
        return engine.artifact(source);
    }

    @Override
    public List<Row> query(String sql) throws InterruptedException {
        List<Row> rows = engine.query(sql);
        sent.addAndGet(rows.size());
        return rows;
    }

    @Override
    public Optional<String> problem(String sql) throws InterruptedException {
        return engine.problem(sql);
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        engine.stream(sql, row -> {
            sent.incrementAndGet();
            rows.accept(row);
        });
    }

    @Override
    public void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        engine.scan(sql, columns, row -> {
            sent.incrementAndGet();
            rows.accept(row);
        });
    }

    @Override
    public void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        engine.read(sql, columns, row -> {
            sent.incrementAndGet();
            rows.accept(row);
        });
    }

    @Override
    public String keep(String sql) throws InterruptedException {
        return engine.keep(sql);
    }

    @Override
    public void export(String sql, Path file) throws InterruptedException {
        engine.export(sql, file);
    }

    @Override
    public long mostHandedOver() {
        return most;
    }

    @Override
    public String version() {
        return engine.version();
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public void close() {
        // The next operation needs it.
    }
}
