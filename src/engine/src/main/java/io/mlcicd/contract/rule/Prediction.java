package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Row;
import io.mlcicd.data.TopValues;
import java.util.Optional;

/**
 * How well one column predicts a label by itself: the share of the label's variance that the column's groups explain, 0 to
 * 1. Of a label of numbers it is the correlation ratio, of one of categories Goodman and Kruskal's tau, which is the same
 * for the variance that categories have; both less what chance explains, so that a column in which every row differs
 * explains nothing.
 *
 * <p>Groups are a column's values; of numbers with more than {@value TopValues#LIMIT} different values, up to {@value
 * #MOST_BINS} bins of at least {@value #LEAST_ROWS} rows on average, in which equal values stay together. Rows without a
 * value are a group too, for it may be just their absence that gives the label away.
 *
 * <p>Sources: L. A. Goodman and W. H. Kruskal, Journal of the American Statistical Association 49, 1954; R. J. Light and
 * B. H. Margolin, An Analysis of Variance for Categorical Data, same journal 66, 1971; T. L. Kelley, An Unbiased
 * Correlation Ratio Measure, Proceedings of the National Academy of Sciences 21, 1935.
 *
 * @param label the label in SQL
 * @param numeric whether it is a number
 * @param rows number of rows with a label, at least 1
 * @param total the sum of its squared deviations, of categories the number of rows times their Gini impurity
 */
record Prediction(Scope scope, Facts facts, String label, boolean numeric, long rows, double total) {

    private static final int MOST_BINS = 1000;
    private static final int LEAST_ROWS = 5;

    /** Looks at a label; empty when no row has one. */
    static Optional<Prediction> of(Scope scope, Facts facts, String column) throws InterruptedException {
        boolean numeric = Numbers.onAxis(scope.type(column));
        String label =
                numeric ? scaled(scope, facts, column) : scope.typed(column).value();
        String from = scope.data().sql() + " WHERE " + scope.within(label + " IS NOT NULL");
        Row row = facts.engine()
                .query(
                        numeric
                                ? "SELECT count(*) AS n, count(*) * var_pop(%s) AS total FROM %s".formatted(label, from)
                                : ("SELECT sum(n) AS n, sum(n) - sum(CAST(n AS DOUBLE) * n) / sum(n) AS total"
                                                + " FROM (SELECT count(*) AS n FROM %s GROUP BY %s) AS classes")
                                        .formatted(from, label))
                .get(0);
        long rows = row.count("n");
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Prediction(
                        scope, facts, label, numeric, rows, row.number("total").orElse(0)));
    }

    /** Numbers are divided by the greatest, so that no square overflows. */
    private static String scaled(Scope scope, Facts facts, String column) {
        double greatest = facts.profile()
                .find(column)
                .flatMap(ColumnProfile::distribution)
                .map(Prediction::greatest)
                .filter(size -> size > 0)
                .orElse(1.0);
        return "(" + new Numbers(scope, column).finite() + " / " + DataEngine.literal(greatest) + ")";
    }

    private static double greatest(Distribution distribution) {
        return Math.max(Math.abs(distribution.min()), Math.abs(distribution.max()));
    }

    /** The power of a column, 0 to 1; 0 for a constant label. */
    double power(String column) throws InterruptedException {
        String paired = "SELECT %s AS x, %s AS y FROM %s WHERE %s"
                .formatted(feature(column), label, scope.data().sql(), scope.within(label + " IS NOT NULL"));
        long bins = Math.max(2, Math.min(MOST_BINS, rows / LEAST_ROWS));
        String grouped = hasBins(column)
                ? ("SELECT CASE WHEN x IS NOT NULL THEN floor((rank() OVER (ORDER BY x NULLS LAST) - 1) * %s / %s) END"
                                + " AS x, y FROM (%s) AS paired")
                        .formatted(DataEngine.literal((double) bins), DataEngine.literal((double) rows), paired)
                : paired;
        Row row = facts.engine()
                .query(
                        numeric
                                ? ("SELECT count(*) AS k, sum(n * v) AS inside FROM (SELECT count(*) AS n, var_pop(y) AS v"
                                                + " FROM (%s) AS grouped GROUP BY x) AS groups_")
                                        .formatted(grouped)
                                : ("SELECT count(*) AS k, sum(inside) AS inside FROM (SELECT sum(n) - sum(CAST(n AS DOUBLE) * n)"
                                                + " / sum(n) AS inside FROM (SELECT x, y, count(*) AS n FROM (%s) AS grouped"
                                                + " GROUP BY x, y) AS cells GROUP BY x) AS groups_")
                                        .formatted(grouped))
                .get(0);
        return adjusted(row.number("inside").orElse(0), row.count("k"));
    }

    private double adjusted(double inside, long groups) {
        if (total <= 0 || groups >= rows) {
            return 0;
        }
        double unexplained = (inside / (rows - groups)) / (total / (rows - 1));
        return Math.max(0, Math.min(1, 1 - unexplained));
    }

    private String feature(String column) {
        ColumnType type = scope.type(column);
        if (Numbers.onAxis(type)) {
            return new Numbers(scope, column).finite();
        }
        String value = scope.typed(column).value();
        return type == ColumnType.OTHER ? "CAST(" + value + " AS VARCHAR)" : value;
    }

    private boolean hasBins(String column) {
        return Numbers.onAxis(scope.type(column))
                && facts.profile()
                        .find(column)
                        .flatMap(ColumnProfile::topValues)
                        .filter(TopValues::complete)
                        .isEmpty();
    }
}
