package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merging the profiles of two parts is held against the profile of the whole. */
class MergedProfileTest {

    private static final Percentage TEN_DIGITS = Percentage.withPercentage(1e-8);
    private static FreshEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        engine = new FreshEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    private DataProfile profile(String csv) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        return Profiler.profile(engine, engine.open(DataSource.of("train", file)));
    }

    private static String rows(Random random, int rows, double shift) {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            csv.append(random.nextInt(10) == 0 ? "" : String.valueOf(random.nextGaussian() * 3 + shift + 0.5))
                    .append(',')
                    .append(random.nextInt(6))
                    .append(",s")
                    .append(random.nextInt(12))
                    .append(',')
                    .append("20%02d-01-31".formatted(random.nextInt(90)))
                    .append('\n');
        }
        return csv.toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMergedProfileIsThatOfTheWhole(long seed) throws Exception {
        Random random = new Random(seed);
        String header = "x,i,s,d\n";
        String one = rows(random, 500 + random.nextInt(2000), 0);
        String two = rows(random, 500 + random.nextInt(2000), random.nextInt(5));
        DataProfile whole = profile(header + one + two);
        DataProfile merged = profile(header + one).merge(profile(header + two));
        assertThat(merged.rows()).isEqualTo(whole.rows());
        for (int i = 0; i < 4; i++) {
            ColumnProfile expected = whole.columns().get(i);
            ColumnProfile actual = merged.columns().get(i);
            assertThat(actual.count()).isEqualTo(expected.count());
            assertThat(actual.nulls()).isEqualTo(expected.nulls());
            assertThat(actual.min()).isEqualTo(expected.min());
            assertThat(actual.max()).isEqualTo(expected.max());
            assertThat(actual.topValues()).isEqualTo(expected.topValues());
            if (expected.distribution().isPresent()) {
                same(
                        actual.distribution().orElseThrow(),
                        expected.distribution().get());
            }
        }
    }

    private static void same(Distribution actual, Distribution expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.mean()).isCloseTo(expected.mean(), TEN_DIGITS);
        assertThat(actual.standardDeviation().orElseThrow())
                .isCloseTo(expected.standardDeviation().orElseThrow(), TEN_DIGITS);
        assertThat(actual.min()).isEqualTo(expected.min());
        assertThat(actual.max()).isEqualTo(expected.max());
        assertThat(actual.equalFrequency().total()).isEqualTo(expected.count());
        assertThat(actual.equalWidth().total()).isEqualTo(expected.count());
        double range = expected.max() - expected.min();
        for (double level : new double[] {0.25, 0.5, 0.75}) {
            assertThat(actual.quantile(level).orElseThrow())
                    .isCloseTo(expected.quantile(level).orElseThrow(), within(0.2 * range));
        }
    }

    @Test
    void quantilesOfAContinuousColumnAreCloseToThoseOfTheWhole() throws Exception {
        Random random = new Random(3);
        StringBuilder one = new StringBuilder("x\n");
        StringBuilder two = new StringBuilder("x\n");
        StringBuilder whole = new StringBuilder("x\n");
        for (int i = 0; i < 4000; i++) {
            String value = random.nextGaussian() + (i % 2 == 0 ? 0 : 2) + "\n";
            (i % 2 == 0 ? one : two).append(value);
            whole.append(value);
        }
        Distribution merged = profile(one.toString())
                .merge(profile(two.toString()))
                .columns()
                .get(0)
                .distribution()
                .orElseThrow();
        Distribution expected =
                profile(whole.toString()).columns().get(0).distribution().orElseThrow();
        for (Distribution.Quantile quantile : expected.quantiles()) {
            assertThat(merged.quantile(quantile.level()).orElseThrow()).isCloseTo(quantile.value(), within(0.15));
        }
    }

    @Test
    void constantsStayPoints() throws Exception {
        DataProfile same = profile("x\n7\n7\n").merge(profile("x\n7\n"));
        assertThat(same.columns().get(0))
                .isEqualTo(profile("x\n7\n7\n7\n").columns().get(0));
        Histogram apart = profile("x\n1\n1\n")
                .merge(profile("x\n7\n"))
                .columns()
                .get(0)
                .distribution()
                .orElseThrow()
                .equalFrequency();
        assertThat(apart.counts().get(0)).isEqualTo(2);
        assertThat(apart.counts().get(apart.counts().size() - 1)).isEqualTo(1);
    }

    @Test
    void aPartWithoutValuesAddsItsNulls() throws Exception {
        DataProfile some = profile("x,y\n1,a\n,b\n");
        DataProfile none = new DataProfile(
                some.schemaVersion(),
                some.name(),
                some.sources(),
                0,
                profile("x,y\n1,a\n").columns());
        assertThat(some.merge(none).find("x").orElseThrow().nulls()).isEqualTo(1);
    }

    @Test
    void otherColumnsAreNotMerged() throws Exception {
        DataProfile one = profile("x\n1\n");
        DataProfile two = profile("y\n1\n");
        assertThatThrownBy(() -> one.merge(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'x' (integer) and column 'y' (integer)");
    }
}
