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

    private static final int ITEMS_AT_ONCE = 25;

    private final DataEngine engine;
    private final Relation data;

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
        Map<String, Distribution> distributions = distributions(totals);
        List<ColumnProfile> profiles = new ArrayList<>();
        for (ColumnTotals column : totals) {
            profiles.add(profile(column, Optional.ofNullable(distributions.get(column.name()))));
        }
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

    private ColumnProfile profile(ColumnTotals column, Optional<Distribution> distribution)
            throws InterruptedException {
        Optional<TopValues> top = repeats(column) ? topValues(column) : Optional.empty();
        boolean exact = column.count() == 0 || top.filter(TopValues::complete).isPresent();
        long distinct = exact
                ? top.map(values -> (long) values.values().size()).orElse(0L)
                : Math.min(column.distinct(), column.count());
        if (!exact && mayBeKey(column)) {
            distinct = distinct(column);
            exact = true;
        }
        return new ColumnProfile(
                column.name(),
                column.type(),
                column.count(),
                column.nulls(),
                distinct,
                exact,
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

    private long distinct(ColumnTotals column) throws InterruptedException {
        return ask(List.of(new Item(column.name(), "count(DISTINCT " + DataEngine.quote(column.name()) + ") AS d")))
                .count("d");
    }

    private Optional<TopValues> topValues(ColumnTotals column) throws InterruptedException {
        String name = DataEngine.quote(column.name());
        List<Row> rows = engine.query(("SELECT %1$s AS value, count(*) AS n FROM %2$s WHERE %1$s IS NOT NULL"
                        + " GROUP BY %1$s ORDER BY n DESC, value LIMIT %3$d")
                .formatted(name, data.sql(), TopValues.LIMIT + 1));
        boolean complete = rows.size() <= TopValues.LIMIT;
        if (!complete && column.type() != ColumnType.STRING) {
            return Optional.empty();
        }
        List<TopValues.ValueCount> values = rows.stream()
                .limit(TopValues.LIMIT)
                .map(row -> new TopValues.ValueCount(row.text("value").orElseThrow(), row.count("n")))
                .toList();
        return Optional.of(new TopValues(values, complete));
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
            if (some.size() >= ITEMS_AT_ONCE && !item.column().equals(column)) {
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
