package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What engines share is written in Spark's words, and nothing inside a name or a text is touched. */
class SparkSqlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "SELECT \"a\"\"b`c\" FROM t ! SELECT `a\"b``c` FROM t",
                "SELECT 'it''s \\ \"x\" / y' ! SELECT 'it\\'s \\\\ \"x\" / y'",
                "CAST(x AS VARCHAR) ! CAST(x AS STRING)",
                "(\"a\" / 2) ! (CAST(`a` AS DOUBLE) / CAST(2 AS DOUBLE))",
                "(\"a\" / 0.0E0) ! (mlcicd_divide(CAST(`a` AS DOUBLE), CAST(0.0E0 AS DOUBLE)))",
                "avg((\"a\") / 1E6) ! avg(CAST((`a`) AS DOUBLE) / CAST(1E6 AS DOUBLE))",
                "(CASE WHEN x > 1 THEN 2 END / f(y)) ! (mlcicd_divide(CAST(CASE WHEN x > 1 THEN 2 END AS DOUBLE), CAST(f(y) AS DOUBLE)))",
                "(\"s\" NOT LIKE 'a\\b') ! (`s` NOT LIKE 'a\\\\b' ESCAPE '\\u0001')",
                "(\"a\", \"b\") IN (SELECT (\"x\", \"y\") FROM t) ! (`a`, `b`) IN (SELECT `x`, `y` FROM t)",
                "(\"a\") IN (SELECT (\"x\") FROM t) ! (`a`) IN (SELECT (`x`) FROM t)",
                "date_part('dow', \"d\") ! (dayofweek(`d`) - 1)",
                "regexp_matches(\"s\", 'a$') ! regexp_like(`s`, '(?d)a\\\\z')",
                "rank() OVER (ORDER BY \"n\" DESC, f(v, 1)) ! rank() OVER (ORDER BY `n` DESC NULLS LAST, f(v, 1) NULLS LAST )",
                "SELECT x FROM t ORDER BY x LIMIT 3 ! SELECT x FROM t ORDER BY x NULLS LAST LIMIT 3",
                "starts_with(\"floor(x)\", 'round(') ! startswith(`floor(x)`, 'round(')",
            })
    void compiled(String sql, String spark) throws InterruptedException {
        assertThat(SparkSql.compile(sql, (relation, column) -> relation)).isEqualTo(spark);
    }
}
