package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The embedded engine as one that is elsewhere: few rows are handed over, and they are counted. */
public final class ElsewhereEngine implements DataEngine {

    private final DataEngine engine;
    private final long most;
    private final long mostAdded;
    private final AtomicLong handedOver;

    private ElsewhereEngine(DataEngine engine, long most, long mostAdded, AtomicLong handedOver) {
        this.engine = engine;
        this.most = most;
        this.mostAdded = mostAdded;
        this.handedOver = handedOver;
    }

    /**
     * Such engines.
     *
     * @param most rows of a data set that are handed over
     * @param handedOver counts rows
     */
    public static DataEngines engines(long most, AtomicLong handedOver) {
        return (sources, progress) -> {
            DataEngine engine = DataEngine.embedded(sources);
            return new ElsewhereEngine(engine, most, engine.mostAdded(), handedOver);
        };
    }

    /**
     * Such engines, which tell few numbers apart.
     *
     * @param most rows of a data set that are handed over
     * @param mostAdded different numbers by which rows are added up
     */
    public static DataEngines engines(long most, long mostAdded) {
        return (sources, progress) ->
                new ElsewhereEngine(DataEngine.embedded(sources), most, mostAdded, new AtomicLong());
    }

    @Override
    public long mostAdded() {
        return mostAdded;
    }

    @Override
    public long mostHandedOver() {
        return most;
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
        handedOver.addAndGet(rows.size());
        return rows;
    }

    @Override
    public Optional<String> problem(String sql) throws InterruptedException {
        return engine.problem(sql);
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        engine.stream(sql, row -> {
            handedOver.incrementAndGet();
            rows.accept(row);
        });
    }

    @Override
    public void scan(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        engine.scan(sql, columns, row -> {
            handedOver.incrementAndGet();
            rows.accept(row);
        });
    }

    @Override
    public void read(String sql, int columns, Consumer<double[]> rows) throws InterruptedException {
        engine.read(sql, columns, row -> {
            handedOver.incrementAndGet();
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
    public String version() {
        return engine.version();
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public void close() {
        engine.close();
    }
}
