package io.mlcicd.drift.multivariate;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.RowHash;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random sample of a data set's rows, kept in the engine in the order of the data set; the same for the same seed,
 * whatever the engine's threads do.
 *
 * <p>Rows are drawn by the least values of a polynomial of third degree of their number, with random coefficients, modulo
 * a prime: any four rows are drawn independently of one another (M. N. Wegman and J. L. Carter, Journal of Computer and
 * System Sciences 22, 1981), and every engine does the arithmetic alike.
 *
 * @param sql how queries name it; its columns are {@code place}, the row's number counted from 1, then {@code c0}, {@code
 *     c1} and so on
 * @param all number of rows of the data set
 * @param rows number of rows of the sample
 */
public record SampledRows(String sql, long all, int rows) {

    /**
     * Draws a sample.
     *
     * @param relation what goes after {@code FROM}
     * @param expressions the columns to keep, in SQL over the relation's own
     * @param names the relation's columns, with which the row's number may not be confused
     * @param condition which rows there are to draw from, in SQL, {@code true} for all
     * @param most how many rows there may be; fewer rows are all taken
     */
    public static SampledRows of(
            DataEngine engine,
            String relation,
            List<String> expressions,
            Set<String> names,
            String condition,
            int most,
            long seed)
            throws InterruptedException {
        long all = engine.query("SELECT count(*) AS n FROM %s WHERE %s".formatted(relation, condition))
                .get(0)
                .count("n");
        String place = freeName("row_place", names);
        String numbered = engine.dialect().numbered(relation, place);
        String columns = IntStream.range(0, expressions.size())
                .mapToObj(i -> ", " + expressions.get(i) + " AS c" + i)
                .collect(Collectors.joining());
        String drawn = all <= most
                ? ""
                : " AND %1$s IN (SELECT %1$s FROM %2$s AS numbered WHERE %3$s ORDER BY %4$s, %1$s LIMIT %5$d)"
                        .formatted(place, numbered, condition, RowHash.whole(place, seed), most);
        String table = engine.keep("SELECT %1$s AS place%2$s FROM %3$s AS numbered WHERE %4$s%5$s ORDER BY %1$s"
                .formatted(place, columns, numbered, condition, drawn));
        return new SampledRows(table, all, (int) Math.min(all, most));
    }

    private static String freeName(String wanted, Set<String> names) {
        Set<String> taken =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + i;
        }
        return name;
    }
}
