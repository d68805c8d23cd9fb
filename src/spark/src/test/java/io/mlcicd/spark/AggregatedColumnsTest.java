package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What aggregates are made of is computed below them, and only where that finds the same. */
class AggregatedColumnsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "SELECT sum(\"a\" * 2) AS s FROM t ! SELECT sum(mlcicd_value_0) AS s FROM (SELECT (\"a\" * 2) AS mlcicd_value_0 FROM t)",
                "SELECT count(*) AS n, min(\"a\" + 1) AS a, max(\"a\" + 1) AS z FROM t WHERE \"b\" > 1 ! SELECT count(*) AS n,"
                        + " min(mlcicd_value_0) AS a, max(mlcicd_value_0) AS z FROM (SELECT (\"a\" + 1) AS mlcicd_value_0 FROM t WHERE \"b\" > 1)",
                "SELECT count(*) FILTER (WHERE \"a\" IN (1, 2)) AS n FROM t ! SELECT count(mlcicd_value_0) AS n FROM"
                        + " (SELECT CASE WHEN (\"a\" IN (1, 2)) THEN (1) END AS mlcicd_value_0 FROM t)",
                "SELECT max(\"a\") FILTER (WHERE \"b\") AS m FROM t ! SELECT max(mlcicd_value_0) AS m FROM"
                        + " (SELECT CASE WHEN (\"b\") THEN \"a\" END AS mlcicd_value_0 FROM t)",
                "SELECT count(DISTINCT f(\"a\")) AS d FROM t ! SELECT count(DISTINCT mlcicd_value_0) AS d FROM"
                        + " (SELECT (f(\"a\")) AS mlcicd_value_0 FROM t)",
                "SELECT CAST(sum(\"a\" + 1) AS DOUBLE) AS s FROM (SELECT 1 AS \"a\") AS x ! SELECT CAST(sum(mlcicd_value_0) AS DOUBLE) AS s"
                        + " FROM (SELECT (\"a\" + 1) AS mlcicd_value_0 FROM (SELECT 1 AS \"a\") AS x)",
                "SELECT percentile(f(\"a\"), array(0.5E0, 1)) AS q FROM t ! SELECT percentile(mlcicd_value_0, array(0.5E0, 1)) AS q FROM"
                        + " (SELECT (f(\"a\")) AS mlcicd_value_0 FROM t)",
            })
    void computedBelow(String sql, String expected) {
        assertThat(AggregatedColumns.of(sql)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) AS n, max(\"a\") AS m FROM t",
                "SELECT \"a\" + 1 AS b FROM t",
                "SELECT sum(\"a\" + 1) AS s FROM t GROUP BY \"b\"",
                "SELECT sum(\"a\" + 1) AS s FROM t UNION ALL SELECT 1",
                "SELECT sum(\"a\" + 1) OVER () AS s FROM t",
                "SELECT sum(\"a\" + 1) AS s, \"b\" FROM t",
                "SELECT sum(\"a\" + 1) + n AS s FROM t",
                "SELECT stddev(\"a\" + 1) AS s FROM t",
                "SELECT first(\"a\" + 1) FILTER (WHERE \"b\") AS s FROM t",
                "SELECT count(DISTINCT \"a\", \"b\") AS s FROM t",
                "SELECT percentile(\"a\" + 1, 0.5, \"n\") AS s FROM t",
                "SELECT count(*) FILTER (WHERE \"a\" IN (SELECT \"b\" FROM u)) AS n FROM t",
                "SELECT count(*) FILTER (WHERE a in (select b from u)) AS n FROM t",
                // An engine has to refuse this condition, and below it would be a query of its own.
                "SELECT count(*) FILTER (WHERE sum(\"a\") > 1) AS n FROM t",
                "WITH t AS (SELECT 1) SELECT sum(\"a\" + 1) AS s FROM t",
                "SELECT 1 AS one",
            })
    void leftAsItIs(String sql) {
        assertThat(AggregatedColumns.of(sql)).containsExactly(sql);
    }

    @Test
    void sketchesAndManyValuesArePartedUnlessTheRelationIsAQuery() {
        String many = IntStream.range(0, 100)
                .mapToObj(i -> "sum(\"c%1$d\" + 1) AS s%1$d, hll_sketch_agg(\"c%1$d\", 12) AS h%1$d".formatted(i))
                .collect(Collectors.joining(", ", "SELECT ", " FROM "));

        List<String> parts = AggregatedColumns.of(many + "t");
        assertThat(parts)
                .hasSize(4)
                .allMatch(part -> part.contains("sum(") != part.contains("hll_"))
                .allMatch(part -> part.endsWith(" FROM t)"));
        assertThat(String.join(" ", parts).split(" AS s", -1)).hasSize(101);
        assertThat(String.join(" ", parts).split(" AS h", -1)).hasSize(101);
        assertThat(AggregatedColumns.of(many + "(SELECT * FROM t)")).hasSize(1);
        String more = IntStream.range(0, 1000)
                .mapToObj(i -> "sum(\"c%1$d\" + 1) AS s%1$d".formatted(i))
                .collect(Collectors.joining(", ", "SELECT ", " FROM t"));
        assertThat(AggregatedColumns.of(more)).hasSize(4);
    }
}
