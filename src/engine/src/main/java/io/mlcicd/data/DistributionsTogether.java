package io.mlcicd.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How many columns spread, by few queries whatever their number: one counts the values of all columns in which few are
 * different, one finds quantiles of the others, and one counts those between edges.
 */
final class DistributionsTogether {

    private static final int COLUMNS_AT_ONCE = 200;

    /** About so many counts one answer has. */
    private static final long COUNTS_AT_ONCE = 500_000;

    private final DataEngine engine;
    private final Relation data;
    private final Dialect dialect;
    private final Asking asking;
    private final Map<String, Distribution> found = new HashMap<>();

    /** Asks for aggregates of the data set. */
    @FunctionalInterface
    interface Asking {
        Row ask(List<Profiler.Item> items) throws InterruptedException;
    }

    DistributionsTogether(DataEngine engine, Relation data, Asking asking) {
        this.engine = engine;
        this.data = data;
        this.dialect = engine.dialect();
        this.asking = asking;
    }

    /** The distributions of the columns that have one. */
    Map<String, Distribution> of(List<ColumnTotals> totals) throws InterruptedException {
        List<ColumnTotals> few = new ArrayList<>();
        List<ColumnTotals> many = new ArrayList<>();
        long counts = 0;
        for (ColumnTotals column : totals) {
            if (column.finite() > 0 && column.distinct() <= CountedValues.MOST) {
                if (counts + column.distinct() > COUNTS_AT_ONCE || few.size() >= COLUMNS_AT_ONCE) {
                    count(few);
                    few.clear();
                    counts = 0;
                }
                few.add(column);
                counts += column.distinct();
            } else if (column.finite() > 0) {
                many.add(column);
            }
        }
        count(few);
        for (int i = 0; i < many.size(); i += COLUMNS_AT_ONCE) {
            List<ColumnTotals> some = many.subList(i, Math.min(i + COLUMNS_AT_ONCE, many.size()));
            spread(dialect.passes().rankError().isPresent() ? sketched(some) : sorted(some));
        }
        return found;
    }

    private String number(ColumnTotals column) {
        return "(" + dialect.finite(DataEngine.quote(column.name()), column.type()) + ")";
    }

    /** The values of columns as doubles, each with the column's index. */
    private String numbers(List<ColumnTotals> columns) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            // Adding zero turns a negative zero into zero.
            rows.add(List.of(String.valueOf(i), number(columns.get(i)) + " + 0E0"));
        }
        return dialect.stacked(List.of("c", "v"), rows, data.sql());
    }

    private void count(List<ColumnTotals> columns) throws InterruptedException {
        if (columns.isEmpty()) {
            return;
        }
        List<Map<Double, Long>> counts = new ArrayList<>();
        columns.forEach(column -> counts.add(new HashMap<>()));
        for (Row row : engine.query(
                "SELECT c, v, count(*) AS n FROM " + numbers(columns) + " WHERE v IS NOT NULL GROUP BY c, v")) {
            counts.get((int) row.count("c")).put(row.number("v").orElseThrow(), row.count("n"));
        }
        for (int i = 0; i < columns.size(); i++) {
            found.put(columns.get(i).name(), CountedValues.of(counts.get(i)).distribution(columns.get(i)));
        }
    }

    private List<Spread> sorted(List<ColumnTotals> columns) throws InterruptedException {
        Map<Long, List<Integer>> byCount = new LinkedHashMap<>();
        List<Map<Long, Double>> values = new ArrayList<>();
        List<Map<Long, Long>> firsts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            byCount.computeIfAbsent(columns.get(i).finite(), n -> new ArrayList<>())
                    .add(i);
            values.add(new HashMap<>());
            firsts.add(new HashMap<>());
        }
        String wanted = byCount.entrySet().stream()
                .map(same -> "c IN (%s) AND place IN (%s)"
                        .formatted(
                                same.getValue().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                                Quantiles.ranks(same.getKey())))
                .collect(Collectors.joining(" OR "));
        for (Row row : engine.query(
                ("SELECT c, place, v, first FROM (SELECT c, v, row_number() OVER (PARTITION BY c ORDER BY v) AS"
                                + " place, rank() OVER (PARTITION BY c ORDER BY v) AS first FROM %s WHERE v IS NOT NULL) WHERE %s")
                        .formatted(numbers(columns), wanted))) {
            int column = (int) row.count("c");
            values.get(column).put(row.count("place"), row.number("v").orElseThrow());
            firsts.get(column).put(row.count("place"), row.count("first"));
        }
        List<Spread> spreads = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnTotals column = columns.get(i);
            Quantiles quantiles = Quantiles.ofRanked(values.get(i), firsts.get(i), column.finite());
            spreads.add(Spread.of(column, quantiles, "x" + i, dialect));
        }
        return spreads;
    }

    private List<Spread> sketched(List<ColumnTotals> columns) throws InterruptedException {
        List<Profiler.Item> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String number = number(columns.get(i));
            items.add(new Profiler.Item(
                    columns.get(i).name(),
                    "min(%1$s) AS a%2$d, max(%1$s) AS z%2$d, %3$s AS q%2$d"
                            .formatted(number, i, dialect.quantiles(number, Quantiles.LEVELS))));
        }
        Row answers = asking.ask(items);
        List<Spread> spreads = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Quantiles quantiles = Quantiles.ofSketch(
                    answers.numbers("q" + i),
                    answers.number("a" + i).orElseThrow() + 0.0,
                    answers.number("z" + i).orElseThrow() + 0.0);
            spreads.add(Spread.of(columns.get(i), quantiles, "x" + i, dialect));
        }
        return spreads;
    }

    /** What is added up of a column between edges. */
    private static final class Sums {
        private final List<Long> widths;
        private final List<Long> frequencies;
        private double bias;
        private double squares;

        Sums(Spread spread) {
            widths = new ArrayList<>(Collections.nCopies(spread.equalWidth().size(), 0L));
            frequencies =
                    new ArrayList<>(Collections.nCopies(spread.equalFrequency().size(), 0L));
        }

        void add(Row row) {
            long n = row.count("n");
            widths.set((int) row.count("w"), widths.get((int) row.count("w")) + n);
            frequencies.set((int) row.count("f"), frequencies.get((int) row.count("f")) + n);
            bias += row.number("b").orElse(0);
            squares += row.number("s").orElse(0);
        }
    }

    private void spread(List<Spread> spreads) throws InterruptedException {
        OptionalDouble rankError = dialect.passes().rankError();
        List<Sums> sums = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < spreads.size(); i++) {
            Spread spread = spreads.get(i);
            sums.add(new Sums(spread));
            numbers.add(number(spread.column()) + " AS " + spread.number());
            rows.add(List.of(
                    String.valueOf(i),
                    bin(
                            spread.number(),
                            spread.equalWidth(),
                            0,
                            spread.equalWidth().size()),
                    rankError.isEmpty()
                            ? "0"
                            : bin(
                                    spread.number(),
                                    spread.equalFrequency(),
                                    0,
                                    spread.equalFrequency().size()),
                    spread.deviation()));
        }
        String from = "(SELECT " + String.join(", ", numbers) + " FROM " + data.sql() + ")";
        for (Row row : engine.query("SELECT c, w, f, count(*) AS n, sum(d) AS b, sum(d * d) AS s FROM "
                + dialect.stacked(List.of("c", "w", "f", "d"), rows, from) + " WHERE d IS NOT NULL GROUP BY c, w, f")) {
            sums.get((int) row.count("c")).add(row);
        }
        for (int i = 0; i < spreads.size(); i++) {
            Spread spread = spreads.get(i);
            Sums sum = sums.get(i);
            List<Long> frequencies = rankError.isPresent()
                    ? sum.frequencies
                    : spread.quantiles()
                            .countsBetween(
                                    spread.equalFrequency(), spread.column().finite());
            found.put(
                    spread.column().name(),
                    spread.distribution(sum.bias, sum.squares, sum.widths, frequencies, rankError));
        }
    }

    /** The index of the last edge that a number is not below, found as in a sorted list. */
    private static String bin(String number, List<Double> edges, int from, int to) {
        if (to - from == 1) {
            return String.valueOf(from);
        }
        int middle = (from + to) >>> 1;
        return "CASE WHEN %s < %s THEN %s ELSE %s END"
                .formatted(
                        number,
                        DataEngine.literal(edges.get(middle)),
                        bin(number, edges, from, middle),
                        bin(number, edges, middle, to));
    }
}
