package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A side that is data: each question is one query over all columns asked for. */
final class RawSide implements Side {

    private static final int OVERVIEWS_AT_ONCE = 100;

    /** Of so many texts at a time categories are counted. */
    private static final long TEXTS_AT_ONCE = 8_000_000;

    private static final int MOST_COUNTED_AT_ONCE = 8;

    private final DataEngine engine;
    private final Relation relation;
    private final Artifact artifact;
    private final Optional<ComparedWindow> window;

    private RawSide(DataEngine engine, Relation relation, Artifact artifact, Optional<ComparedWindow> window) {
        this.engine = engine;
        this.relation = relation;
        this.artifact = artifact;
        this.window = window;
    }

    /** @throws io.mlcicd.operation.InvalidInputException when it cannot be read, or has no rows in its window */
    static RawSide open(DataEngine engine, DriftSide.Raw side) throws InterruptedException {
        Relation all = engine.open(side.source());
        Artifact artifact = engine.artifact(side.source());
        if (side.window().isEmpty()) {
            return new RawSide(engine, all, artifact, Optional.empty());
        }
        WindowedRows rows = WindowedRows.of(engine, all, side.window().get());
        return new RawSide(engine, rows.relation(), artifact, Optional.of(rows.window()));
    }

    /** What goes after {@code FROM} in queries over both sides. */
    String relation() {
        return relation.sql();
    }

    private long rows() throws InterruptedException {
        return engine.query("SELECT count(*) AS n FROM " + relation.sql())
                .get(0)
                .count("n");
    }

    @Override
    public ComparedData summary() throws InterruptedException {
        DataSource source = relation.source();
        return new ComparedData(
                source.name(), source.shown().replace('\\', '/'), false, rows(), window, Optional.empty());
    }

    @Override
    public List<Column> columns() {
        return relation.columns();
    }

    @Override
    public Artifact input() {
        return artifact;
    }

    @Override
    public List<Artifact> data() {
        return List.of(artifact);
    }

    /** Hands on the values of columns of numbers row by row, in any order; NaN where there is none. */
    void numbers(List<Column> columns, Consumer<double[]> rows) throws InterruptedException {
        String values = columns.stream().map(NumericColumn::expression).collect(Collectors.joining(", "));
        engine.read("SELECT " + values + " FROM " + relation.sql(), columns.size(), rows);
    }

    @Override
    public Map<String, Overview> overview(Collection<Column> columns) throws InterruptedException {
        Map<String, Overview> overviews = new HashMap<>();
        for (List<Column> some : batches(columns, OVERVIEWS_AT_ONCE)) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                Column column = some.get(i);
                String name = DataEngine.quote(column.name());
                String value = NumericColumn.suits(column.type()) ? NumericColumn.expression(column) : name;
                items.add("count(%s) AS c%d".formatted(value, i));
                if (column.type() == ColumnType.STRING) {
                    items.add("%s AS d%d".formatted(engine.dialect().approximateDistinct(name), i));
                }
            }
            Row row = engine.query("SELECT " + String.join(", ", items) + " FROM " + relation.sql())
                    .get(0);
            for (int i = 0; i < some.size(); i++) {
                overviews.put(some.get(i).name(), new Overview(row.count("c" + i), row.count("d" + i)));
            }
        }
        return overviews;
    }

    private static List<List<Column>> batches(Collection<Column> columns, int size) {
        List<Column> all = List.copyOf(columns);
        List<List<Column>> batches = new ArrayList<>();
        for (int first = 0; first < all.size(); first += size) {
            batches.add(all.subList(first, Math.min(all.size(), first + size)));
        }
        return batches;
    }

    @Override
    public Map<String, Categories> categories(Collection<Column> columns) throws InterruptedException {
        Map<String, Categories> categories = new HashMap<>();
        long rows = rows();
        boolean many = rows > engine.mostHandedOver();
        int atOnce = many
                ? OVERVIEWS_AT_ONCE
                : (int) Math.max(1, Math.min(MOST_COUNTED_AT_ONCE, TEXTS_AT_ONCE / Math.max(1, rows)));
        for (List<Column> some : batches(columns, atOnce)) {
            List<Map<String, Long>> counts = new ArrayList<>();
            some.forEach(column -> counts.add(new LinkedHashMap<>()));
            for (Row row : engine.query(categoriesQuery(some, many))) {
                counts.get((int) row.count("i")).put(row.text("value").orElseThrow(), row.count("n"));
            }
            for (int i = 0; i < some.size(); i++) {
                categories.put(some.get(i).name(), categories(counts.get(i)));
            }
        }
        return categories;
    }

    /** One category beyond the limit shows that there are more. */
    private static Categories categories(Map<String, Long> counts) {
        if (counts.size() <= Categories.LIMIT) {
            return new Categories(counts, true);
        }
        Map<String, Long> listed = new LinkedHashMap<>();
        counts.entrySet().stream()
                .limit(Categories.LIMIT)
                .forEach(entry -> listed.put(entry.getKey(), entry.getValue()));
        return new Categories(listed, false);
    }

    /** Each column is counted by itself, so that none is carried along with the others, of a table that is read once. */
    private String categoriesQuery(List<Column> columns, boolean many) throws InterruptedException {
        List<String> names = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(DataEngine.quote(columns.get(i).name()) + " AS c" + i);
        }
        String texts = "SELECT %s FROM %s".formatted(String.join(", ", names), relation.sql());
        String table = many ? engine.keep(texts) : "texts";
        for (int i = 0; i < columns.size(); i++) {
            parts.add(
                    ("(SELECT %1$d AS i, value, n FROM (SELECT CAST(c%1$d AS VARCHAR) AS value, count(*) AS n FROM %2$s"
                                    + " WHERE c%1$d IS NOT NULL GROUP BY c%1$d) AS grouped ORDER BY n DESC, value LIMIT %3$d)")
                            .formatted(i, table, Categories.LIMIT + 1));
        }
        String counts = String.join(" UNION ALL ", parts) + " ORDER BY i, n DESC, value";
        return many ? counts : "WITH texts AS MATERIALIZED (" + texts + ") " + counts;
    }

    @Override
    public Optional<ProfiledNumbers> profiled(Column column) {
        return Optional.empty();
    }
}
