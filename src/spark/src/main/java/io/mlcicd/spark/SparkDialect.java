package io.mlcicd.spark;

import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.Passes;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Spark's way of writing what SQL leaves open; {@link SparkSql} puts names and texts into Spark's form afterwards. */
final class SparkDialect implements Dialect {

    /** How versions of Spark begin that have quantiles of KLL sketches, from 4.1 on. */
    private static final Pattern WITH_KLL = Pattern.compile("(4\\.([1-9]|\\d\\d)|[5-9]|\\d\\d)(\\D.*)?");

    private final boolean exact;
    private final boolean kll;

    /**
     * @param version Spark's
     * @param exact whether data are so few that quantiles can be computed exactly
     */
    SparkDialect(String version, boolean exact) {
        this.exact = exact;
        this.kll = WITH_KLL.matcher(version).matches();
    }

    /** Of more aggregates than these Spark's planner takes longer than another job does. */
    private static final int ITEMS_AT_ONCE = 500;

    @Override
    public Passes passes() {
        return new Passes(ITEMS_AT_ONCE, true, exact ? OptionalDouble.empty() : OptionalDouble.of(1.0 / ACCURACY));
    }

    /**
     * The rows are made in a query below, which Spark compiles; what a generator is given it interprets. Of one that is not an
     * outer one Spark would first ask whether there are rows, by making them all.
     */
    @Override
    public String stacked(List<String> names, List<List<String>> rows, String from) {
        String list = rows.stream()
                .map(row -> IntStream.range(0, names.size())
                        .mapToObj(i -> row.get(i) + " AS " + names.get(i))
                        .collect(Collectors.joining(", ", "struct(", ")")))
                .collect(Collectors.joining(", ", "array(", ")"));
        return "(SELECT inline_outer(mlcicd_rows) FROM (SELECT " + list + " AS mlcicd_rows FROM " + from + "))";
    }

    private static String array(List<String> items) {
        return items.stream().collect(Collectors.joining(", ", "array(", ")"));
    }

    @Override
    public String quantiles(String expression, List<Double> levels) {
        return exact
                ? "percentile(CAST(%s AS DOUBLE), %s)".formatted(expression, literals(levels))
                : roughQuantiles(expression, levels);
    }

    @Override
    public String roughQuantiles(String expression, List<Double> levels) {
        return (kll
                        ? "kll_sketch_get_quantile_double(kll_sketch_agg_double(CAST(%1$s AS DOUBLE), %3$d), %2$s)"
                        : "percentile_approx(CAST(%1$s AS DOUBLE), %2$s, %4$d)")
                .formatted(expression, literals(levels), KLL_SIZE, ACCURACY);
    }

    private static String literals(List<Double> levels) {
        return array(levels.stream().map(DataEngine::literal).toList());
    }

    /** A quantile's rank is off by at most the number of values divided by this. */
    static final int ACCURACY = 10_000;

    /**
     * The largest size of a KLL sketch (Karnin, Lang and Liberty 2016), with which a rank is off by more than half of what {@link
     * #ACCURACY} says once in a hundred times, and by more than all of it once in ten million. It takes a third of the time that
     * {@code percentile_approx} does in these versions.
     */
    private static final int KLL_SIZE = 65_535;

    @Override
    public String matches(String expression, String pattern) {
        return "regexp_full_match(" + expression + ", " + DataEngine.literal(pattern) + ")";
    }

    @Override
    public String parsedTime(String expression, List<String> formats) {
        return "CAST(mlcicd_parsed_time(" + expression + ", " + DataEngine.literal(String.join("\n", formats))
                + ") AS TIMESTAMP)";
    }

    @Override
    public String hash(String expression) {
        return "CAST(conv(LEFT(md5(" + expression + "), 8), 16, 10) AS BIGINT)";
    }

    /** Spark joins what must exist by hashes or by sorting; what is not in a list of several columns, each row with each. */
    @Override
    public String isNowhere(List<String> values, List<String> keys, String from) {
        String named = IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i) + " AS mlcicd_key_" + i)
                .collect(Collectors.joining(", "));
        String equal = IntStream.range(0, keys.size())
                .mapToObj(i -> "mlcicd_keys.mlcicd_key_" + i + " = " + values.get(i))
                .collect(Collectors.joining(" AND "));
        return "NOT EXISTS (SELECT 1 FROM (SELECT %s FROM %s) AS mlcicd_keys WHERE %s)".formatted(named, from, equal);
    }

    @Override
    public String isJson(String expression) {
        return "mlcicd_is_json(" + expression + ")";
    }

    /**
     * Logarithm of the number of buckets of a HyperLogLog sketch; the relative standard error is 1.04 / sqrt(2^12) = 1.6 %
     * (Flajolet et al. 2007). Spark's {@code approx_count_distinct} makes a column of a row of every five buckets, and compiles
     * code for each: with many columns in one query that takes longer than to read a million rows.
     */
    private static final int DISTINCT_LOG_BUCKETS = 12;

    @Override
    public String approximateDistinct(String expression) {
        return "hll_sketch_estimate(hll_sketch_agg(CASE WHEN %1$s IS NOT NULL THEN xxhash64(%1$s) END, %2$d))"
                .formatted(expression, DISTINCT_LOG_BUCKETS);
    }

    @Override
    public String finite(String expression, ColumnType type) {
        String number = switch (type) {
            case DATE -> "CAST(unix_seconds(CAST(" + expression + " AS TIMESTAMP)) AS DOUBLE)";
            case TIMESTAMP -> "(unix_micros(" + expression + ") / 1E6)";
            default -> "CAST(" + expression + " AS DOUBLE)";
        };
        return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
    }

    @Override
    public String binCounts(String expression, List<Double> edges) {
        return "CASE WHEN count(" + expression + ") > 0 THEN " + array(counts(expression, edges)) + " END";
    }

    /** One sum for each bin; what a search of the edges finds is the bin. */
    private static List<String> counts(String expression, List<Double> edges) {
        return IntStream.range(0, edges.size())
                .mapToObj(i -> "count(CASE WHEN " + expression + " >= " + DataEngine.literal(edges.get(i))
                        + (i + 1 < edges.size()
                                ? " AND " + expression + " < " + DataEngine.literal(edges.get(i + 1))
                                : "")
                        + " THEN 1 END)")
                .toList();
    }

    @Override
    public String indexIn(String expression, List<String> values) {
        return "(array_position("
                + array(values.stream().map(DataEngine::literal).toList()) + ", " + expression + ") - 1)";
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Override
    public String numbered(String relation, String numberColumn) {
        return SparkSql.NUMBERED + "(" + relation + ", " + DataEngine.quote(numberColumn) + ")";
    }

    /** A window without partitions would put all rows in one place; a sort leaves them in pieces that can be numbered. */
    @Override
    public String ranked(String query, List<String> order, String column) {
        return numbered("(%s ORDER BY %s)".formatted(query, String.join(", ", order)), column);
    }
}
