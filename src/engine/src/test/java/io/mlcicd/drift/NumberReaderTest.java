package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.drift.Plan.Planned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many columns are held at a time, and even if the engine sorts them, the measures are the same. */
class NumberReaderTest {

    private static final int COLUMNS = 7;

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotChangeTheMeasures() throws Exception {
        DataSource reference = data("ref.csv", 1, 900);
        DataSource current = data("cur.csv", 2, 700);
        try (DataEngine engine = DataEngine.embedded(List.of(reference, current))) {
            Side one = RawSide.open(engine, new DriftSide.Raw(reference));
            Side other = RawSide.open(engine, new DriftSide.Raw(current));
            NumericComparison comparison = new NumericComparison(engine, one, other, 900, 700);
            List<Planned> columns = IntStream.range(0, COLUMNS)
                    .mapToObj(i -> new Column("c" + i, ColumnType.NUMBER))
                    .map(column -> new Planned(column, column, Overview.NO_VALUES, Overview.NO_VALUES))
                    .toList();

            List<Comparison> together = comparison.of(columns, 1_000_000);
            for (long inBlock : new long[] {3200, 1600, 1100, 100}) {
                List<Comparison> some = comparison.of(columns, inBlock);
                assertThat(some).hasSize(COLUMNS);
                for (int i = 0; i < COLUMNS; i++) {
                    assertThat(some.get(i).column().name()).isEqualTo("c" + i);
                    assertThat(some.get(i).reference())
                            .isEqualTo(together.get(i).reference());
                    Map<String, Double> measures = some.get(i).distances().values();
                    together.get(i)
                            .distances()
                            .values()
                            .forEach((name, value) -> assertThat(measures.get(name))
                                    .as("%s of c%s", name, inBlock)
                                    .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value)))));
                }
            }
        }
    }

    /** Reals, small numbers, a constant and an empty column among others, with missing values. */
    private DataSource data(String name, long seed, int rows) throws Exception {
        Random random = new Random(seed);
        String header = IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String content = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, COLUMNS)
                        .mapToObj(i -> random.nextInt(10) == 0
                                ? ""
                                : switch (i) {
                                    case 0 -> "4.5";
                                    case 1 -> "" + random.nextInt(4) + ".0";
                                    case 2 -> random.nextInt(9) == 0 ? "nan" : "" + random.nextInt(50) / 4.0;
                                    case 3 -> seed == 1 ? "" : "1.5";
                                    default -> "" + random.nextGaussian() * Math.pow(10, 3 * i);
                                })
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", header + "\n", "\n"));
        return DataSource.of(name.replace(".csv", ""), Files.writeString(folder.resolve(name), content));
    }
}
