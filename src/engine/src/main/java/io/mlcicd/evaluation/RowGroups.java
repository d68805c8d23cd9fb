package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.data.expression.SqlExpression;
import io.mlcicd.statistic.Jackknife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a file in random groups of equal size, to be left out one after the other: each run of consecutive rows that
 * is as long as there are groups has one row for each, in an order that a hash of its place turns.
 */
final class RowGroups {

    /** Enough for Student's t to be near the normal distribution, few enough for groups to be large. */
    private static final int GROUPS = 32;

    private static final int LEAST_ROWS = 20;

    /** The greatest prime below 2³¹, so that products of two remainders are 64-bit numbers. */
    private static final long PRIME = 2_147_483_647L;

    /** Without the greatest row the greatest value is another, whatever the others are: the jackknife tells nothing. */
    private static final Pattern EXTREME = Pattern.compile("\\b(min|max)\\(");

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

    private final Predictions file;
    private final long multiplier;
    private final long increment;

    private RowGroups(Predictions file, long multiplier, long increment) {
        this.file = file;
        this.multiplier = multiplier;
        this.increment = increment;
    }

    static RowGroups of(Predictions file, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new RowGroups(file, random.nextLong(1, PRIME), random.nextLong(PRIME));
    }

    /**
     * The uncertainty of aggregates, all from one query.
     *
     * @param aggregates name to aggregate over the file's columns
     * @param values name to its value over all rows
     * @return of those that have one: none of fewer than 20 rows, of a least or greatest value, or where leaving out some
     *     rows leaves no value
     */
    Map<String, Jackknife> jackknife(Map<String, SqlExpression> aggregates, Map<String, Double> values)
            throws InterruptedException {
        List<String> names = aggregates.keySet().stream()
                .filter(name -> isSmooth(aggregates.get(name)))
                .toList();
        long rows = file.engine()
                .query("SELECT COUNT(*) AS n FROM " + file.from())
                .get(0)
                .count("n");
        if (rows < LEAST_ROWS || names.isEmpty()) {
            return Map.of();
        }
        int groups = (int) Math.min(GROUPS, rows);
        Map<String, double[]> without = new LinkedHashMap<>();
        names.forEach(name -> without.put(name, filled(groups)));
        long[] sizes = new long[groups];
        for (Row row : file.engine().query(query(names, aggregates, groups))) {
            int group = (int) row.count("left_out");
            sizes[group] = rows - row.count("n");
            for (int i = 0; i < names.size(); i++) {
                without.get(names.get(i))[group] = row.number("m_" + i).orElse(Double.NaN);
            }
        }
        Map<String, Jackknife> found = new LinkedHashMap<>();
        without.forEach((name, each) ->
                Jackknife.of(values.get(name), each, sizes).ifPresent(jackknife -> found.put(name, jackknife)));
        return found;
    }

    private static double[] filled(int groups) {
        double[] values = new double[groups];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static boolean isSmooth(SqlExpression aggregate) {
        return !EXTREME.matcher(QUOTED.matcher(aggregate.sql()).replaceAll("''"))
                .find();
    }

    private String query(List<String> names, Map<String, SqlExpression> aggregates, int groups)
            throws InterruptedException {
        String group = file.freeName("row_group");
        String leftOut = file.freeName("left_out");
        Set<String> columns = new LinkedHashSet<>();
        names.forEach(name -> columns.addAll(aggregates.get(name).columns()));
        String grouped = file.engine().keep(grouped(columns, group, groups));
        String all = IntStream.range(0, groups)
                .mapToObj(g -> "SELECT " + g + " AS " + leftOut)
                .collect(Collectors.joining(" UNION ALL "));
        List<String> select = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            select.add("CAST(" + aggregates.get(names.get(i)).sql() + " AS DOUBLE) AS m_" + i);
        }
        return "SELECT %1$s AS left_out, COUNT(*) AS n, %2$s FROM %3$s AS grouped CROSS JOIN (%4$s) AS groups WHERE %5$s <> %1$s GROUP BY %1$s"
                .formatted(leftOut, String.join(", ", select), grouped, all, group);
    }

    /** The columns with each row's group, in integer arithmetic that every engine does alike. */
    private String grouped(Set<String> columns, String group, int groups) {
        String number = file.freeName("row_number");
        String place = file.freeName("place");
        String mixed = file.freeName("mixed");
        String list =
                columns.stream().map(column -> DataEngine.quote(column) + ", ").collect(Collectors.joining());
        String places = "SELECT %s%s - 1 AS %s FROM %s AS numbered"
                .formatted(list, number, place, file.engine().dialect().numbered(file.relation(), number));
        String turned =
                "SELECT %1$s%2$s, ((%2$s - %2$s %% %3$d) %% %4$d * %5$d + %6$d) %% %4$d AS %7$s FROM (%8$s) AS places"
                        .formatted(list, place, groups, PRIME, multiplier, increment, mixed, places);
        // The square breaks the even steps of the line.
        return "SELECT %1$s(%2$s + %3$s * %3$s %% %4$d) %% %5$d AS %6$s FROM (%7$s) AS turned"
                .formatted(list, place, mixed, PRIME, groups, group, turned);
    }
}
