package io.mlcicd.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a {@link DataProfile}: one pass for the totals of all columns; of numbers that hardly repeat a sort of
 * each column and one pass for their spreads, of others a count of each value; and one over those columns alone whose
 * values repeat. Sums that threads add up in any order are
 * rounded to twelve digits of the column's scale, so that the same data always give the same profile.
 */
public final class Profiler {

    /** Below this many values, values that hardly repeat may still be the categories of a small data set. */
    private static final long FEW_VALUES = 1000;

    private final DataEngine engine;
    private final Relation data;
    private final Passes passes;

    /**
     * A profile and what else was asked for in its first pass.
     *
     * @param answers the answers, under the names they were asked for
     */
    public record Measured(DataProfile profile, Row answers) {}

    /**
     * An aggregate to ask for.
     *
     * @param column the column it reads; empty for none or several
     * @param sql the aggregate with its name
     */
    public record Item(String column, String sql) {}

    private Profiler(DataEngine engine, Relation data) {
        this.engine = engine;
        this.data = data;
        this.passes = engine.dialect().passes();
    }

    /**
     * Sums up a data set.
     *
     * @throws io.mlcicd.operation.InvalidInputException when the data turn out to be broken while they are read
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static DataProfile profile(DataEngine engine, Relation data) throws InterruptedException {
        return profile(engine, data, List.of()).profile();
    }

    /**
     * Sums up a data set and answers other questions about it in the same pass.
     *
     * @param questions aggregates, each with a name of its own that begins with {@code ask_}
     * @throws io.mlcicd.operation.InvalidInputException when the data turn out to be broken while they are read
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static Measured profile(DataEngine engine, Relation data, List<Item> questions) throws InterruptedException {
        return new Profiler(engine, data).measure(questions);
    }

    private Measured measure(List<Item> questions) throws InterruptedException {
        Map<String, List<Item>> byColumn = new LinkedHashMap<>();
        data.columns().forEach(column -> byColumn.put(column.name(), new ArrayList<>()));
        List<Item> list = new ArrayList<>();
        list.add(new Item("", "count(*) AS n"));
        for (Item question : questions) {
            byColumn.getOrDefault(question.column(), list).add(question);
        }
        for (int i = 0; i < data.columns().size(); i++) {
            Column column = data.columns().get(i);
            list.add(new Item(column.name(), ColumnTotals.select(column, i, engine.dialect())));
            list.addAll(byColumn.get(column.name()));
        }
        Row answers = ask(list);
        List<ColumnTotals> totals = new ArrayList<>();
        for (int i = 0; i < data.columns().size(); i++) {
            totals.add(ColumnTotals.read(data.columns().get(i), i, answers));
        }
        Map<String, Distribution> distributions = passes.together()
                ? new DistributionsTogether(engine, data, this::ask).of(totals)
                : distributions(totals);
        Map<String, TopValues> top =
                topValues(totals.stream().filter(Profiler::repeats).toList());
        Map<String, Long> distinct = distinct(totals.stream()
                .filter(column -> !isCounted(column, top) && mayBeKey(column))
                .toList());
        List<ColumnProfile> profiles = totals.stream()
                .map(column -> profile(
                        column,
                        Optional.ofNullable(distributions.get(column.name())),
                        Optional.ofNullable(top.get(column.name())),
                        Optional.ofNullable(distinct.get(column.name()))))
                .toList();
        DataProfile profile = new DataProfile(
                DataProfile.SCHEMA_VERSION, data.source().name(), List.of(), answers.count("n"), profiles);
        return new Measured(profile, answers);
    }

    private Map<String, Distribution> distributions(List<ColumnTotals> totals) throws InterruptedException {
        Map<String, Distribution> distributions = new HashMap<>();
        List<Spread> spreads = new ArrayList<>();
        for (ColumnTotals column : totals) {
            if (column.finite() > 0) {
                String number = engine.dialect().finite(DataEngine.quote(column.name()), column.type());
                if (column.distinct() <= CountedValues.MOST) {
                    distributions.put(
                            column.name(),
                            CountedValues.of(engine, data, "(" + number + ")").distribution(column));
                } else {
                    spreads.add(Spread.of(engine, data, column));
                }
            }
        }
        List<Item> list = new ArrayList<>();
        for (int i = 0; i < spreads.size(); i++) {
            list.add(new Item(spreads.get(i).column().name(), spreads.get(i).select(i)));
        }
        Row row = ask(list);
        for (int i = 0; i < spreads.size(); i++) {
            distributions.put(spreads.get(i).column().name(), spreads.get(i).distribution(i, row));
        }
        return distributions;
    }

    /** Whether the number of different values is known already. */
    private static boolean isCounted(ColumnTotals column, Map<String, TopValues> top) {
        TopValues values = top.get(column.name());
        return column.count() == 0 || (values != null && values.complete());
    }

    private static ColumnProfile profile(
            ColumnTotals column, Optional<Distribution> distribution, Optional<TopValues> top, Optional<Long> counted) {
        boolean complete =
                column.count() == 0 || top.filter(TopValues::complete).isPresent();
        long distinct = complete
                ? top.map(values -> (long) values.values().size()).orElse(0L)
                : counted.orElse(Math.min(column.distinct(), column.count()));
        return new ColumnProfile(
                column.name(),
                column.type(),
                column.count(),
                column.nulls(),
                distinct,
                complete || counted.isPresent(),
                column.min(),
                column.max(),
                distribution,
                top,
                column.lengths());
    }

    private static boolean repeats(ColumnTotals column) {
        return switch (column.type()) {
            case BOOLEAN -> column.count() > 0;
            case STRING ->
                column.count() > 0 && (column.count() <= FEW_VALUES || column.distinct() <= column.count() / 2);
            // The estimate may be a few percent too high.
            case INTEGER, NUMBER, DATE, TIMESTAMP ->
                column.count() > 0 && column.distinct() <= TopValues.LIMIT + TopValues.LIMIT / 5;
            case OTHER -> false;
        };
    }

    /** Whether a column is so nearly without repetition that only counting tells whether it is a key. */
    private static boolean mayBeKey(ColumnTotals column) {
        return column.nulls() == 0
                && column.type() != ColumnType.NUMBER
                && column.type() != ColumnType.OTHER
                && column.distinct() > column.count() * 0.8;
    }

    private Map<String, Long> distinct(List<ColumnTotals> columns) throws InterruptedException {
        List<Item> list = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            list.add(new Item(name, "count(DISTINCT %s) AS d%d".formatted(DataEngine.quote(name), i)));
        }
        Map<String, Object> answers = new HashMap<>();
        if (passes.together()) {
            answers.putAll(ask(list).values());
        } else {
            for (Item item : list) {
                answers.putAll(ask(List.of(item)).values());
            }
        }
        Map<String, Long> distinct = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            distinct.put(columns.get(i).name(), new Row(answers).count("d" + i));
        }
        return distinct;
    }

    private Map<String, TopValues> topValues(List<ColumnTotals> columns) throws InterruptedException {
        if (passes.together()) {
            return new TopValuesTogether(engine, data).of(columns);
        }
        Map<String, TopValues> top = new HashMap<>();
        for (ColumnTotals column : columns) {
            String name = DataEngine.quote(column.name());
            List<Row> rows = engine.query(("SELECT %1$s AS value, count(*) AS n FROM %2$s WHERE %1$s IS NOT NULL"
                            + " GROUP BY %1$s ORDER BY n DESC, value LIMIT %3$d")
                    .formatted(name, data.sql(), TopValues.LIMIT + 1));
            TopValues.first(
                            rows.stream()
                                    .map(row -> new TopValues.ValueCount(
                                            row.text("value").orElseThrow(), row.count("n")))
                                    .toList(),
                            column.type())
                    .ifPresent(values -> top.put(column.name(), values));
        }
        return top;
    }

    /**
     * Asks a wide table in several queries: planning stays fast, and since a column's items stay together, what one query
     * reads the others do not.
     */
    private Row ask(List<Item> list) throws InterruptedException {
        Map<String, Object> answers = new HashMap<>();
        List<String> some = new ArrayList<>();
        String column = "";
        for (Item item : list) {
            if (some.size() >= passes.itemsAtOnce() && !item.column().equals(column)) {
                answers.putAll(answer(some));
                some.clear();
            }
            some.add(item.sql());
            column = item.column();
        }
        if (!some.isEmpty()) {
            answers.putAll(answer(some));
        }
        return new Row(answers);
    }

    private Map<String, Object> answer(List<String> items) throws InterruptedException {
        return engine.query("SELECT " + String.join(", ", items) + " FROM " + data.sql())
                .get(0)
                .values();
    }
}
