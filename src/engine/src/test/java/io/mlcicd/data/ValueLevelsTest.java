package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ValueLevelsTest {

    @Test
    void levelsRiseWithNumbersAndEdgesAreLevelsOfTheirOwn() throws Exception {
        ValueLevels levels = new ValueLevels(List.of(-1.0, 0.0, 0.5, 8.0), 4);
        List<Double> numbers = List.of(
                -9.0, -1.5, -1.0, -0.99, -0.3, -1e-9, 0.0, 1e-300, 0.1, 0.49, 0.5, 0.51, 3.0, 7.999999, 8.0, 8.5,
                1e300);
        List<Double> found = new ArrayList<>();
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            String values = numbers.stream()
                    .map(number -> "(" + DataEngine.literal(number) + ")")
                    .collect(Collectors.joining(", "));
            engine.scan(
                    "SELECT %s AS level, v FROM (VALUES %s) AS numbers(v) ORDER BY v"
                            .formatted(levels.sql("v"), values),
                    1,
                    row -> found.add(row[0]));
        }
        // 4 levels of width 0.25 between -1 and 0: the first begins just above the edge.
        assertThat(found)
                .containsExactly(
                        -1.0, -1.0, 0.0, 1.0, 3.0, 4.0, 5.0, 6.0, 6.0, 9.0, 10.0, 11.0, 12.0, 14.0, 15.0, 16.0, 16.0);
    }
}
