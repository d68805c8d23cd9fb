package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {

    private static final Percentage ELEVEN_DIGITS = Percentage.withPercentage(1e-9);
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

    private DataProfile profile(String csv) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        return Profiler.profile(engine, engine.open(DataSource.of("train", file)));
    }

    private ColumnProfile column(String csv) throws Exception {
        return profile(csv).columns().get(0);
    }

    /** The values whose figures numpy 2 gives below: {@code v = (i * 7919 % 10007) / 100} for i from 1 to 1000. */
    private static double value(int i) {
        return (i * 7919L % 10007) / 100.0;
    }

    private static String thousand(IntFunction<String> line) {
        return IntStream.rangeClosed(1, 1000).mapToObj(line).collect(Collectors.joining("\n", "x\n", "\n"));
    }

    @Test
    void numbersHaveTheFiguresOfNumpy() throws Exception {
        ColumnProfile column = column(thousand(i -> String.valueOf(value(i) * value(i))));
        Distribution spread = column.distribution().orElseThrow();
        assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(column.count()).isEqualTo(1000);
        assertThat(spread.mean()).isCloseTo(3343.5194378, ELEVEN_DIGITS);
        assertThat(spread.standardDeviation().orElseThrow()).isCloseTo(2987.208840507058, ELEVEN_DIGITS);
        double[] expected = {
            0.0081,
            1.3202999999999998,
            26.839295000000007,
            103.65349,
            629.2591,
            2508.0089,
            5635.881775,
            8112.4254900000005,
            9037.354699999998,
            9803.158399,
            9994.0009
        };
        double[] levels = {0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(spread.quantile(levels[i]).orElseThrow()).isCloseTo(expected[i], ELEVEN_DIGITS);
        }
        assertThat(spread.equalFrequency().counts()).containsOnly(20L).hasSize(50);
        assertThat(spread.equalWidth().counts())
                .containsExactly(
                        222L, 92L, 72L, 60L, 53L, 47L, 44L, 42L, 38L, 36L, 34L, 33L, 32L, 31L, 29L, 28L, 28L, 26L, 26L,
                        27L);
        assertThat(column.topValues()).isEmpty();
        assertThat(column.distinct()).isCloseTo(1000, Percentage.withPercentage(5));
        assertThat(column.distinctExact()).isFalse();
    }

    /** A sum of squares would leave no digit of this deviation; numpy gives it from the deviations themselves. */
    @Test
    void aSmallSpreadFarFromZeroKeepsItsDigits() throws Exception {
        Distribution spread = column(thousand(i -> String.valueOf(1e9 + value(i) / 1000)))
                .distribution()
                .orElseThrow();
        assertThat(spread.mean()).isCloseTo(1000000000.0501052, ELEVEN_DIGITS);
        assertThat(spread.standardDeviation().orElseThrow())
                .isCloseTo(0.02887590962213456, Percentage.withPercentage(1e-6));
    }

    @Test
    void datesHaveAPlaceOnTheAxisOfSeconds() throws Exception {
        ColumnProfile column =
                column(thousand(i -> LocalDate.of(2020, 1, 1).plusDays(i % 100).toString()));
        assertThat(column.min()).contains("2020-01-01");
        assertThat(column.max()).contains("2020-04-09");
        Distribution spread = column.distribution().orElseThrow();
        assertThat(spread.mean()).isCloseTo(1582113600.0, ELEVEN_DIGITS);
        assertThat(spread.standardDeviation().orElseThrow()).isCloseTo(2495276.402389989, ELEVEN_DIGITS);
        assertThat(column.topValues().orElseThrow().complete()).isTrue();
        assertThat(column.distinct()).isEqualTo(100);
        assertThat(column.distinctExact()).isTrue();
    }

    @Test
    void everyKindOfColumnIsSummedUp() throws Exception {
        DataProfile profile = profile("""
                b,i,s,t,none
                true,1,sun,2020-01-01T12:00:00Z,
                false,1,Föhn,2020-01-02T12:00:00.5Z,
                true,,sun,,
                ,3,,2020-01-01T12:00:00Z,
                """);
        assertThat(profile.rows()).isEqualTo(4);
        assertThat(profile.nullShare()).isEqualTo(8 / 20.0);
        ColumnProfile flag = profile.find("b").orElseThrow();
        assertThat(flag.nulls()).isEqualTo(1);
        assertThat(flag.topValues().orElseThrow().values())
                .containsExactly(new TopValues.ValueCount("true", 2), new TopValues.ValueCount("false", 1));
        ColumnProfile word = profile.find("s").orElseThrow();
        assertThat(word.lengths()).contains(new TextLengths(3, 4));
        assertThat(word.topValues())
                .contains(new TopValues(
                        List.of(new TopValues.ValueCount("sun", 2), new TopValues.ValueCount("Föhn", 1)), true));
        assertThat(word.distinct()).isEqualTo(2);
        ColumnProfile moment = profile.find("t").orElseThrow();
        assertThat(moment.max()).contains("2020-01-02T12:00:00.500");
        assertThat(moment.topValues().orElseThrow().values().get(0))
                .isEqualTo(new TopValues.ValueCount("2020-01-01T12:00", 2));
        ColumnProfile none = profile.find("none").orElseThrow();
        assertThat(none.count()).isZero();
        assertThat(none.distribution()).isEmpty();
        assertThat(none.topValues()).isEmpty();
    }

    @Test
    void noRowsAreNoRows() throws Exception {
        DataProfile profile = profile("a,b\n");
        assertThat(profile.rows()).isZero();
        assertThat(profile.columns()).extracting(ColumnProfile::count).containsOnly(0L);
        assertThat(profile.nullShare()).isZero();
    }

    @Test
    void aConstantIsABinOfItsOwn() throws Exception {
        Distribution spread = column("x\n7\n7\n7\n").distribution().orElseThrow();
        assertThat(spread.standardDeviation()).hasValue(0);
        assertThat(spread.equalFrequency()).isEqualTo(new Histogram(List.of(7.0, 7.0), List.of(3L)));
        assertThat(spread.equalWidth()).isEqualTo(new Histogram(List.of(7.0, 7.0), List.of(3L)));
        assertThat(column("x\n7\n").distribution().orElseThrow().standardDeviation())
                .isEmpty();
    }

    @Test
    void aValueThatManyRowsShareIsKeptApart() throws Exception {
        Histogram histogram = column("x\n" + "0\n".repeat(70) + "1\n".repeat(30))
                .distribution()
                .orElseThrow()
                .equalFrequency();
        assertThat(histogram.edges().get(0)).isZero();
        assertThat(histogram.counts().get(0)).isEqualTo(70);
        assertThat(histogram.endsInPoint()).isTrue();
        assertThat(histogram.counts().get(histogram.counts().size() - 1)).isEqualTo(30);
    }

    @Test
    void valuesThatAreNotFiniteAreCountedAndLeftOut() throws Exception {
        ColumnProfile column = column("x\n1.5\nNaN\nInfinity\n-inf\n2.5\n");
        Distribution spread = column.distribution().orElseThrow();
        assertThat(column.count()).isEqualTo(5);
        assertThat(spread.notFinite()).isEqualTo(3);
        assertThat(spread.mean()).isEqualTo(2);
        assertThat(column.max()).contains("2.5");
        assertThat(column("x\nNaN\nNaN\n").distribution()).isEmpty();
    }

    @Test
    void theGreatestNumbersDoNotOverflow() throws Exception {
        Distribution spread = column("x\n1.7976931348623157e308\n-1.7976931348623157e308\n1.7976931348623157e308\n")
                .distribution()
                .orElseThrow();
        assertThat(spread.mean()).isCloseTo(Double.MAX_VALUE / 3, ELEVEN_DIGITS);
        assertThat(spread.quantile(0.5)).hasValue(Double.MAX_VALUE);
        assertThat(spread.equalWidth().total()).isEqualTo(3);
        JsonNode json = Json.mapper().valueToTree(spread);
        assertThat(json.toString()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void manyCategoriesAreListedByFrequency() throws Exception {
        TopValues top = column(thousand(i -> "s" + (i % 7 == 0 ? 0 : i % 200)))
                .topValues()
                .orElseThrow();
        assertThat(top.complete()).isFalse();
        assertThat(top.values()).hasSize(TopValues.LIMIT);
        assertThat(top.values().get(0).value()).isEqualTo("s0");
    }

    @Test
    void threadsDoNotChangeTheProfile() throws Exception {
        StringBuilder csv = new StringBuilder("x,s\n");
        Random random = new Random(7);
        for (int i = 0; i < 500_000; i++) {
            csv.append(random.nextGaussian() * 1e6)
                    .append(",s")
                    .append(random.nextInt(30))
                    .append('\n');
        }
        Relation data = engine.open(DataSource.of("train", Files.writeString(folder.resolve("a.csv"), csv)));
        DataProfile first = Profiler.profile(engine, data);
        for (int i = 0; i < 3; i++) {
            assertThat(Profiler.profile(engine, data)).isEqualTo(first);
        }
    }

    @Test
    void aStoredProfileComesBackTheSame() throws Exception {
        DataProfile profile = profile("b,i,s,t,n\ntrue,1,x,2020-01-01,0.1\nfalse,2,y,,\n");
        Path file = folder.resolve("profile.json");
        DataProfiles.write(profile, file);
        assertThat(DataProfiles.read(file)).isEqualTo(profile);
        assertThat(JsonSchemas.check("profile.schema.json", Json.read(file))).isEmpty();
        assertThat(profile.find("nothing")).isEqualTo(Optional.empty());
        assertThat(profile.find("n").orElseThrow().distribution().orElseThrow().quantile(0.42))
                .isEqualTo(OptionalDouble.empty());
        assertThat(profile.find("n").orElseThrow().distribution().orElseThrow().mean())
                .isCloseTo(0.1, within(0.0));
    }
}
