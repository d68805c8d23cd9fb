package io.mlcicd.evaluation;

import io.mlcicd.data.Row;
import io.mlcicd.statistic.PairedDeLong;
import io.mlcicd.statistic.PairedDeLong.Sums;
import java.util.Optional;

/**
 * DeLong's test of rows that are too many to be handed over: the components of each, from the number of rows of the other
 * class above it, are made and summed where the rows are. Scores of one level are tied, if there are too many different ones.
 */
final class DeLongSums {

    private final CodedRows rows;

    private DeLongSums(CodedRows rows) {
        this.rows = rows;
    }

    /**
     * The test of two scores, each row counted once.
     *
     * @param mine the first score, in SQL; {@code champions} the second
     */
    static Optional<PairedDeLong> of(CodedRows rows, String mine, String champions) throws InterruptedException {
        return new DeLongSums(rows)
                .test(
                        ScoreLevels.of(rows.engine(), rows.from(), mine).sql(1),
                        ScoreLevels.of(rows.engine(), rows.from(), champions).sql(1));
    }

    private Optional<PairedDeLong> test(String mine, String champions) throws InterruptedException {
        Sums[] sums = {Sums.NONE, Sums.NONE};
        String other = "CASE WHEN r.y = 1 THEN %1$s.negatives ELSE %1$s.positives END";
        String placed =
                "SELECT r.y AS y, %s AS a, %s AS b FROM %s AS r JOIN %s AS x ON r.a = x.s JOIN %s AS z ON r.b = z.s"
                        .formatted(
                                other.formatted("x"),
                                other.formatted("z"),
                                levelled(mine, champions),
                                above("a", levelled(mine, champions)),
                                above("b", levelled(mine, champions)));
        for (Row row : rows.engine()
                .query("SELECT y, COUNT(*) AS n, SUM(a) AS a, SUM(a * a) AS aa, SUM(b) AS b, SUM(b * b) AS bb,"
                        + " SUM(a - b) AS d, SUM((a - b) * (a - b)) AS dd FROM (" + placed
                        + ") AS placed GROUP BY y")) {
            sums[(int) row.count("y")] = new Sums(
                    row.count("n"),
                    number(row, "a"),
                    number(row, "aa"),
                    number(row, "b"),
                    number(row, "bb"),
                    number(row, "d"),
                    number(row, "dd"));
        }
        return PairedDeLong.of(sums[1], sums[0]);
    }

    private String levelled(String mine, String champions) {
        return "(SELECT actual AS y, CAST(%s AS DOUBLE) AS a, CAST(%s AS DOUBLE) AS b FROM %s)"
                .formatted(mine, champions, rows.from());
    }

    /** Each level with the rows of either class above it, those in it counting half. */
    private static String above(String score, String levelled) {
        String counts =
                "SELECT %1$s AS s, CAST(SUM(y) AS DOUBLE) AS p, CAST(SUM(1 - y) AS DOUBLE) AS n FROM %2$s AS l GROUP BY %1$s"
                        .formatted(score, levelled);
        String sofar = "SUM(%1$s) OVER (ORDER BY s DESC ROWS UNBOUNDED PRECEDING) - %1$s / 2E0";
        return "(SELECT s, %s AS positives, %s AS negatives FROM (%s) AS counted)"
                .formatted(sofar.formatted("p"), sofar.formatted("n"), counts);
    }

    private static double number(Row row, String name) {
        return row.number(name).orElse(0);
    }
}
