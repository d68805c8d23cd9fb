package io.mlcicd.data.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlExpressionTest {

    private static final List<String> COLUMNS = List.of("start", "end", "price", "a\"b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end >= start",
                "\"a\"\"b\" IN ('DE', 'it''s') OR price IS NOT NULL AND NOT start < -1.5e3",
                "CASE WHEN start > 1 THEN end ELSE NULL END = 2",
                "CAST(price AS DOUBLE) NOT BETWEEN 1 AND round(start, 2) * 3 || 'x'"
            })
    void printedExpressionReadsAsItself(String text) {
        String once = SqlExpression.condition(text, COLUMNS).sql();
        assertThat(SqlExpression.condition(once, COLUMNS).sql()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read_csv('/etc/passwd')",
                "COPY x TO 'y'",
                "ATTACH 'x'",
                "PRAGMA version",
                "1); DROP TABLE x",
                "(SELECT 1)",
                "start IN (SELECT 1)",
                "start = 1 -- x",
                "start /* x */ = 1",
                "$$x$$",
                "‘x’",
                "'x",
                "",
                "sum(start) > 1",
                "start = 1;",
                "read_text('/etc/passwd') = ''",
                "prcie > 1",
                "a.b",
                "start::INT"
            })
    void whatIsNoConditionIsRefused(String text) {
        assertThatThrownBy(() -> SqlExpression.condition(text, COLUMNS)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void deepAndLongTextIsRefusedWithoutExhaustingTheStack() {
        for (String text :
                List.of("(".repeat(5000), "-".repeat(3) + "1", "NOT ".repeat(2400), "'" + "a".repeat(1 << 20))) {
            assertThatThrownBy(() -> SqlExpression.condition(text, COLUMNS)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void engineReadsWhatIsPrinted() throws InterruptedException {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            String sql = SqlExpression.aggregate("sum(price * 2) + count(*)", COLUMNS)
                    .sql();
            assertThat(engine.query("SELECT CAST(" + sql + " AS DOUBLE) AS n FROM (VALUES (1), (2)) t(price)")
                            .get(0)
                            .count("n"))
                    .isEqualTo(8);
        }
    }
}
