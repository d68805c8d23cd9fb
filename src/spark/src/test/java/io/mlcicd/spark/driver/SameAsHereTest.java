package io.mlcicd.spark.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's own functions have the values that DuckDB's of the same name have. */
class SameAsHereTest {

    private static final List<String> MOMENTS = List.of(
            "2020-1-2",
            "20-01-02",
            "2020-02-30",
            "2020-01-02 ",
            " 2020-01-02",
            "02020-01-02",
            "2020-01-02 24:00",
            "2020-01-02 10:00",
            "2020-01-02 10:00:00",
            "2020-01-02 10:00:00.5",
            "2020-01-02 10:00:00.123456",
            "2020-01-02 10:00:00 +0200",
            "2020-01-02 10:00:00 -05:30",
            "1/2/20",
            "31/12/1999",
            "12/31/20 1:02 PM",
            "12/31/20 12:02 am",
            "12/31/20 13:02 PM",
            "Jan 2 2020",
            "january 2 2020",
            "Thu 2 Jan 2020",
            "2020-060",
            "2020-366",
            "2021-366",
            "10:30",
            "2020",
            "20200102",
            "x",
            "",
            "2020-01-02T10:00",
            "50%");

    private static List<Row> asked(String sql) throws InterruptedException {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            return engine.query(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%Y-%m-%d",
                "%Y-%-m-%-d",
                "%d/%m/%y",
                "%d/%m/%Y",
                "%m/%d/%y %I:%M %p",
                "%b %d %Y",
                "%B %d %Y",
                "%a %d %b %Y",
                "%Y-%j",
                "%H:%M",
                "%Y",
                "%Y%m%d",
                "%Y-%m-%d %H:%M",
                "%Y-%m-%d %H:%M:%S",
                "%Y-%m-%d %H:%M:%S.%f",
                "%Y-%m-%dT%H:%M",
                "%d%%"
            })
    void times(String format) throws Exception {
        String rows = MOMENTS.stream()
                .map(text -> "(" + DataEngine.literal(text) + ")")
                .collect(Collectors.joining(", "));
        List<Row> here = asked("SELECT s, try_strptime(s, " + DataEngine.literal(format) + ") AS t FROM (VALUES " + rows
                + ") AS v(s)");
        List<String> different = new ArrayList<>();
        for (Row row : here) {
            String text = row.text("s").orElseThrow();
            Optional<String> there = Optional.ofNullable(TimeFormats.parsed(text, format));
            if (!there.equals(row.text("t"))) {
                different.add(text + ": " + row.text("t") + " and " + there);
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void aTimeWithAnOffset() {
        assertThat(TimeFormats.parsed("2020-01-02 10:00:00 +0200", "%Y-%m-%d %H:%M:%S %z"))
                .isEqualTo("2020-01-02T08:00");
        assertThat(TimeFormats.parsed("2020-01-02 10:00:00 -05:30", "%d\n%Y-%m-%d %H:%M:%S %z"))
                .isEqualTo("2020-01-02T15:30");
        assertThatThrownBy(() -> TimeFormats.parsed("", "%Y-%Q"))
                .isInstanceOf(TimeFormats.UnknownFormatException.class);
    }

    @Test
    void partsOfTexts() throws Exception {
        for (String text : List.of("hello", "\ud83d\ude42x", "")) {
            String columns = IntStream.rangeClosed(-7, 7)
                    .boxed()
                    .flatMap(start -> IntStream.rangeClosed(-3, 7)
                            .mapToObj(length ->
                                    "substring(%s, %d, %d)".formatted(DataEngine.literal(text), start, length)))
                    .collect(Collectors.joining(", ", "[", "]"));
            List<Row> here = asked("SELECT unnest(" + columns + ") AS part");
            int at = 0;
            for (long start = -7; start <= 7; start++) {
                for (long length = -3; length <= 7; length++) {
                    assertThat(Scalars.substring(text, start, length))
                            .as(text + " from " + start + " with " + length)
                            .isEqualTo(here.get(at++).text("part").orElseThrow());
                }
            }
        }
    }

    @Test
    void roundedNumbers() throws Exception {
        for (double number :
                new double[] {2.5, -2.5, 0.5, -0.5, 1.005, 2.345, 1234.5, 1e300, 0.1 + 0.2, 4503599627370497.0}) {
            for (int digits : new int[] {0, 1, 2, 5, -1, -2}) {
                double here = asked("SELECT round(" + DataEngine.literal(number) + ", " + digits + ") AS r")
                        .get(0)
                        .number("r")
                        .orElseThrow();
                assertThat(Scalars.round(number, digits) + 0.0)
                        .as(number + " to " + digits)
                        .isEqualTo(here + 0.0);
            }
        }
    }
}
