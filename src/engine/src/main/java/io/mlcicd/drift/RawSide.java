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
        int atOnce = (int) Math.max(1, Math.min(MOST_COUNTED_AT_ONCE, TEXTS_AT_ONCE / Math.max(1, rows())));
        for (List<Column> some : batches(columns, atOnce)) {
            List<Map<String, Long>> counts = new ArrayList<>();
            some.forEach(column -> counts.add(new LinkedHashMap<>()));
            for (Row row : engine.query(categoriesQuery(some))) {
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
    private String categoriesQuery(List<Column> columns) {
        List<String> names = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = "c" + i;
            names.add(DataEngine.quote(columns.get(i).name()) + " AS " + name);
            parts.add(("(SELECT %d AS i, value, n FROM (SELECT CAST(%s AS VARCHAR) AS value, count(*) AS n FROM texts"
                            + " WHERE %s IS NOT NULL GROUP BY %s) AS grouped ORDER BY n DESC, value LIMIT %d)")
                    .formatted(i, name, name, name, Categories.LIMIT + 1));
        }
        return "WITH texts AS MATERIALIZED (SELECT %s FROM %s) %s ORDER BY i, n DESC, value"
                .formatted(String.join(", ", names), relation.sql(), String.join(" UNION ALL ", parts));
    }

    @Override
    public Optional<ProfiledNumbers> profiled(Column column) {
        return Optional.empty();
    }
}
