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
import java.util.stream.Collectors;

/** A side that is data: each question is one query over all columns asked for. */
final class RawSide implements Side {

    private final DataEngine engine;
    private final Relation relation;
    private final Artifact artifact;

    private RawSide(DataEngine engine, Relation relation, Artifact artifact) {
        this.engine = engine;
        this.relation = relation;
        this.artifact = artifact;
    }

    static RawSide open(DataEngine engine, DataSource source) throws InterruptedException {
        Relation relation = engine.open(source);
        return new RawSide(engine, relation, engine.artifact(source));
    }

    /** What goes after {@code FROM} in queries over both sides. */
    String relation() {
        return relation.sql();
    }

    @Override
    public ComparedData summary() throws InterruptedException {
        long rows = engine.query("SELECT count(*) AS n FROM " + relation.sql())
                .get(0)
                .count("n");
        DataSource source = relation.source();
        return new ComparedData(source.name(), source.shown().replace('\\', '/'), false, rows);
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

    @Override
    public List<Double> knots(Column column) {
        return List.of();
    }

    @Override
    public Map<String, Overview> overview(Collection<Column> columns, boolean deciles) throws InterruptedException {
        List<String> items = new ArrayList<>();
        int i = 0;
        for (Column column : columns) {
            String name = DataEngine.quote(column.name());
            if (NumericColumn.suits(column.type())) {
                String number = NumericColumn.expression(column);
                items.add("count(%s) AS c%d".formatted(number, i));
                if (deciles) {
                    items.add("%s AS q%d".formatted(engine.dialect().quantiles(number, Overview.LEVELS), i));
                }
            } else {
                items.add("count(%s) AS c%d".formatted(name, i));
                if (column.type() == ColumnType.STRING) {
                    items.add("%s AS d%d".formatted(engine.dialect().approximateDistinct(name), i));
                }
            }
            i++;
        }
        Map<String, Overview> overviews = new HashMap<>();
        if (!items.isEmpty()) {
            Row row = ask(items);
            i = 0;
            for (Column column : columns) {
                overviews.put(
                        column.name(), new Overview(row.count("c" + i), row.count("d" + i), row.numbers("q" + i)));
                i++;
            }
        }
        return overviews;
    }

    @Override
    public Map<String, double[]> below(Map<Column, List<Double>> points) throws InterruptedException {
        List<String> items = new ArrayList<>();
        points.forEach((column, ofColumn) -> {
            String number = NumericColumn.expression(column);
            for (double point : ofColumn) {
                items.add("count(CASE WHEN %s < %s THEN 1 END) AS b%d"
                        .formatted(number, NumericColumn.literal(point), items.size()));
            }
        });
        Map<String, double[]> below = new HashMap<>();
        if (!items.isEmpty()) {
            Row row = ask(items);
            int item = 0;
            for (Map.Entry<Column, List<Double>> entry : points.entrySet()) {
                double[] counts = new double[entry.getValue().size()];
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = row.count("b" + item++);
                }
                below.put(entry.getKey().name(), counts);
            }
        }
        return below;
    }

    private Row ask(List<String> items) throws InterruptedException {
        return engine.query("SELECT " + String.join(", ", items) + " FROM " + relation.sql())
                .get(0);
    }

    @Override
    public Map<String, Categories> categories(Collection<Column> columns) throws InterruptedException {
        if (columns.isEmpty()) {
            return Map.of();
        }
        List<String> names = columns.stream().map(Column::name).toList();
        List<Map<String, Long>> counts = new ArrayList<>();
        names.forEach(name -> counts.add(new LinkedHashMap<>()));
        boolean[] cut = new boolean[names.size()];
        engine.stream(categoriesQuery(names), row -> {
            int i = (int) row.count("i");
            if (row.count("place") > Categories.LIMIT) {
                cut[i] = true;
            } else {
                row.text("value").ifPresent(value -> counts.get(i).put(value, row.count("n")));
            }
        });
        Map<String, Categories> categories = new HashMap<>();
        for (int i = 0; i < cut.length; i++) {
            categories.put(names.get(i), new Categories(counts.get(i), !cut[i]));
        }
        return categories;
    }

    /** Grouping sets count the values of all columns in one pass; one place beyond the limit shows that there are more. */
    private String categoriesQuery(List<String> names) {
        StringBuilder index = new StringBuilder("CASE");
        StringBuilder value = new StringBuilder("CASE");
        for (int i = 0; i < names.size(); i++) {
            String name = DataEngine.quote(names.get(i));
            index.append(" WHEN grouping(%s) = 0 THEN %d".formatted(name, i));
            value.append(" WHEN grouping(%s) = 0 THEN CAST(%s AS VARCHAR)".formatted(name, name));
        }
        String sets =
                names.stream().map(name -> "(" + DataEngine.quote(name) + ")").collect(Collectors.joining(", "));
        String grouped = "SELECT %s END AS i, %s END AS value, count(*) AS n FROM %s GROUP BY GROUPING SETS (%s)"
                .formatted(index, value, relation.sql(), sets);
        String placed = ("SELECT i, value, n, row_number() OVER (PARTITION BY i ORDER BY n DESC, value) AS place"
                        + " FROM (%s) AS grouped WHERE value IS NOT NULL")
                .formatted(grouped);
        return "SELECT * FROM (%s) AS placed WHERE place <= %d ORDER BY i, place"
                .formatted(placed, Categories.LIMIT + 1);
    }
}
