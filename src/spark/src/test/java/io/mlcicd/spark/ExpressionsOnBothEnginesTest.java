package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.data.expression.SqlExpression;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users write over columns has the same value for each row wherever it is computed. */
class ExpressionsOnBothEnginesTest {

    private static final String DATA = """
            id,i,x,s,d,t,b
            1,5,2.5,hello,2020-01-05,2020-01-05 10:20:30.5,true
            2,-7,-2.5,a%b,2020-02-29,2020-02-29 23:59:59,false
            3,0,0.0,a\\b,1999-12-31,1999-12-31 00:00:00,true
            4,,1.005,"it's",,2021-01-01 00:00:00,
            5,12,nan,\ud83d\ude42x,2021-01-01,,false
            6,3,inf,2.5,2020-12-28,2020-12-28 12:00:00,true
            7,2147483648,1e300,2020-1-2,2024-02-29,2024-02-29 00:00:01,true
            8,1,3.5,1d,2020-03-01,2020-03-01 01:00:00,false
            9,2,-0.5, 7 ,2020-01-06,2020-01-06 00:00:00,true
            10,9,7,,2020-01-01,2020-01-01 00:00:00,true
            11,10,1234.5,2020,2020-01-01,2020-01-01 00:00:00,true
            """;

    private static final List<String> OF_A_ROW = List.of(
            "i / 2",
            "x / i",
            "i / 0",
            "i % 3",
            "mod(i, 3)",
            "mod(x, 2)",
            "-i + 3 * x - 1",
            "abs(i)",
            "abs(x)",
            "floor(x)",
            "ceil(x)",
            "ceiling(i)",
            "sign(x)",
            "ln(x)",
            "ln(i)",
            "log10(x)",
            "exp(i / 10)",
            "sqrt(x)",
            "power(i, 2)",
            "pow(2, 0.5)",
            "round(x)",
            "round(x, 2)",
            "round(x, -2)",
            "round(i)",
            "length(s)",
            "lower(s)",
            "upper(s)",
            "trim(s)",
            "ltrim(s)",
            "rtrim(s)",
            "substring(s, 2)",
            "substring(s, 0)",
            "substring(s, 0, 2)",
            "substring(s, -2)",
            "substring(s, -3, 2)",
            "substr(s, 2, 3)",
            "substring(s, 2, -1)",
            "substring(s, 99)",
            "replace(s, 'l', 'L')",
            "replace(s, '', 'x')",
            "starts_with(s, 'a')",
            "contains(s, 'b')",
            "contains(s, '%')",
            "regexp_matches(s, 'l+')",
            "regexp_matches(s, '^a.b$')",
            "s LIKE 'a%'",
            "s LIKE 'a\\b'",
            "s LIKE 'a\\%b'",
            "s NOT LIKE '%l%'",
            "s ILIKE 'HEL_O'",
            "s NOT ILIKE 'A%'",
            "s || '-' || s",
            "s = 'it''s'",
            "s > 'a'",
            "s IN ('hello', '2.5')",
            "i NOT IN (1, 2)",
            "i BETWEEN 2 AND 9",
            "i NOT BETWEEN 2 AND 9",
            "i IS NULL OR x IS NOT NULL",
            "NOT b AND i > 0",
            "CASE WHEN i > 3 THEN 'many' WHEN i > 0 THEN 'few' ELSE s END",
            "CASE i WHEN 5 THEN 1 WHEN 0 THEN 2 END",
            "CASE WHEN i > 3 THEN i ELSE 0 END / 2",
            "coalesce(i, 0)",
            "nullif(i, 5)",
            "greatest(i, 3)",
            "least(i, x)",
            "greatest(x, 1)",
            "isnan(x)",
            "x = x",
            "x > 1e308",
            "x = 2.5",
            "x < i",
            "CAST(x AS INTEGER)",
            "CAST(i AS INTEGER)",
            "CAST(s AS DOUBLE)",
            "CAST(s AS DATE)",
            "CAST(s AS BIGINT) = 7",
            "CAST(i AS VARCHAR)",
            "CAST(d AS VARCHAR)",
            "CAST(t AS VARCHAR)",
            "CAST(b AS VARCHAR)",
            "CAST(i AS BOOLEAN)",
            "CAST(b AS INTEGER)",
            "CAST(t AS DATE)",
            "CAST(d AS TIMESTAMP)",
            "year(d)",
            "month(t)",
            "day(d)",
            "hour(t)",
            "minute(t)",
            "second(t)",
            "date_part('year', d)",
            "date_part('quarter', d)",
            "date_part('week', d)",
            "date_part('dow', d)",
            "date_part('isodow', d)",
            "date_part('doy', d)",
            "date_part('second', t)",
            "date_part('epoch', t)",
            "date_trunc('month', t)",
            "date_trunc('week', t)",
            "date_trunc('quarter', d)",
            "date_trunc('hour', t)",
            "date_diff('day', DATE '2020-01-01', d)",
            "date_diff('week', DATE '2020-01-01', d)",
            "date_diff('month', d, DATE '2020-01-31')",
            "date_diff('quarter', d, t)",
            "date_diff('year', d, t)",
            "date_diff('hour', TIMESTAMP '2020-01-05 09:59:59', t)",
            "date_diff('minute', TIMESTAMP '2020-01-05 09:59:59', t)",
            "date_diff('second', TIMESTAMP '2020-01-05 09:59:59', t)",
            "d > DATE '2020-01-05'",
            "t >= TIMESTAMP '2020-01-05 10:20:30'",
            "d < t",
            "d = '2020-01-05'",
            "i = '5'",
            "0.1 + 0.2 = 0.3");

    private static final List<String> OF_ALL_ROWS = List.of(
            "sum(i)",
            "avg(i)",
            "mean(i) / count(*)",
            "min(s)",
            "max(d)",
            "count(i)",
            "count(DISTINCT s)",
            "count(*)",
            "sum(CASE WHEN b THEN 1 ELSE 0 END) / count(b)",
            "median(i)",
            "stddev(i)",
            "stddev_pop(i)",
            "variance(i)",
            "var_pop(i)",
            "quantile(i, 0.3)",
            "quantile_cont(i, 0.9)",
            "max(x) > 1",
            "sum(DISTINCT i)",
            "sum(i * i)",
            "avg(abs(i)) / 0");

    private static BothEngines engines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws InterruptedException {
        engines = BothEngines.start();
    }

    @AfterAll
    static void end() {
        if (engines != null) {
            engines.close();
        }
    }

    private static List<String> columns(List<SqlExpression> expressions) {
        return IntStream.range(0, expressions.size())
                .mapToObj(i -> "(" + expressions.get(i).sql() + ") AS v" + i)
                .toList();
    }

    /** Answers of one query, row by row; of each of many queries where that cannot be asked. */
    private static Map<String, List<String>> values(DataEngine engine, Relation data, List<String> texts, boolean rows)
            throws InterruptedException {
        List<String> names =
                data.columns().stream().map(column -> column.name()).toList();
        List<SqlExpression> expressions = texts.stream()
                .map(text -> rows ? SqlExpression.condition(text, names) : SqlExpression.aggregate(text, names))
                .toList();
        List<String> columns = columns(expressions);
        Map<String, List<String>> values = new TreeMap<>();
        if (texts.size() > 1
                && engine.problem("SELECT " + String.join(", ", columns) + " FROM " + data.sql())
                        .isPresent()) {
            for (String text : texts) {
                values.putAll(values(engine, data, List.of(text), rows));
            }
            return values;
        }
        String id = rows ? "id, " : "1 AS id, ";
        try {
            List<Row> answer =
                    engine.query("SELECT " + id + String.join(", ", columns) + " FROM " + data.sql()).stream()
                            .sorted((one, other) -> Long.compare(one.count("id"), other.count("id")))
                            .toList();
            for (int i = 0; i < texts.size(); i++) {
                List<String> list = new ArrayList<>();
                for (Row row : answer) {
                    list.add(shown(row, "v" + i));
                }
                values.put(texts.get(i), list);
            }
        } catch (RuntimeException e) {
            values.put(String.join(" and ", texts), List.of("refused: " + e.getMessage()));
        }
        return values;
    }

    /** A number whatever its type, -0.0 as 0; timestamps and dates as the moment they are. */
    private static String shown(Row row, String name) {
        if (row.number(name).isPresent()) {
            double number = row.number(name).getAsDouble() + 0.0;
            // The last digit of a logarithm is each library's own.
            return Double.isFinite(number)
                    ? new BigDecimal(number).round(new MathContext(15)).toString()
                    : String.valueOf(number);
        }
        return row.text(name).orElse("NULL");
    }

    private void same(List<String> texts, boolean rows) throws Exception {
        DataSource source = DataSource.of("t", Files.writeString(folder.resolve("t.csv"), DATA));
        Map<String, List<String>> there;
        try (DataEngine engine = engines.open(true)) {
            there = values(engine, engine.open(source), texts, rows);
        }
        try (DataEngine engine = DataEngine.embedded(source)) {
            Relation data = engine.open(source);
            Map<String, List<String>> here = values(engine, data, texts, rows);
            List<String> different = here.keySet().stream()
                    .filter(text -> !here.get(text).equals(there.get(text)))
                    .map(text -> text + ": " + here.get(text) + " and " + there.get(text))
                    .toList();
            assertThat(String.join("\n", different)).isEmpty();
        }
    }

    @Test
    void ofARow() throws Exception {
        same(OF_A_ROW, true);
    }

    @Test
    void ofAllRows() throws Exception {
        same(OF_ALL_ROWS, false);
    }
}
