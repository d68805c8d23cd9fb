package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.contract.AskedTable.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers that the data have as a whole, or beside other data. Expected ones are those of numpy 2 (histogram, quantile),
 * pandas 3 (value_counts, resample) and scipy 1.17 (stats.entropy, wasserstein_distance, ks_2samp,
 * spatial.distance.jensenshannon) on the same rows. What is in {@link DistributionRulesTest} is not repeated here.
 */
class MeasureRulesReferenceTest {

    @TempDir
    private Path folder;

    private static double x(int i) {
        return i * 37 % 101 * 0.25 + i % 13 * 0.75;
    }

    private static double y(int i) {
        return i * 53 % 97 * 0.25 + i % 11 * 1.25 + 0.5;
    }

    private static String table(String header, IntFunction<String> row) {
        return IntStream.range(0, 200).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private static String word(int i) {
        return List.of("low", "mid", "high").get(i * i % 7 % 3);
    }

    private static final String TABLE = table(
            "i,x,c,w,part", i -> "%d,%s,%s,%s,%b".formatted(i % 5, x(i), word(i), "w".repeat(i % 7 + 1), i % 3 != 0));

    /** A third of the rows is left out by the condition, which the last number is about. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "c ! string ! divergence: { values: [low, mid, high], weights: [0.5, 0.3, 0.2], min: 0 } ! 0.28730390040840537 ! 0.2911449978491645",
                "c ! string ! divergence: { values: [low, mid], weights: [0.5, 0.5], tailHoldout: 0.1, min: 0 } ! 0.26901301001672084 ! 0.27254420418417286",
                "x ! number ! divergence: { bins: [0, 5, 10, 20], weights: [0.2, 0.3, 0.5], tailWeights: [0.01, 0.1], min: 0 } ! 0.33166742698640134 ! 0.35284280491416836",
                "x ! number ! divergence: { bins: [0, 5, 10, 20], weights: [0.2, 0.3, 0.5], tailHoldout: 0.2, min: 0 } ! 0.3678878489901106 ! 0.38606001671597967",
                "x ! number ! divergence: { bins: [-inf, 5, 10, inf], weights: [0.2, 0.3, 0.5], min: 0 } ! 0.17144409385229378 ! 0.16809159875036567",
                "x ! number ! outliers: { method: iqr, limit: 0.3, side: below, min: 0 } ! 0.11 ! 0.10526315789473684",
                "x ! number ! outliers: { method: iqr, limit: 0.3, side: above, min: 0 } ! 0.115 ! 0.11278195488721804",
                "x ! number ! outliers: { limit: 1, side: below, min: 0 } ! 0.19 ! 0.20300751879699247",
                "x ! number ! outliers: { limit: 1, side: above, min: 0 } ! 0.18 ! 0.19548872180451127",
                "w ! string ! meanLength: { min: 0 } ! 3.97 ! 3.962406015037594",
                "c ! string ! shares: { low: { min: 0 } } ! 0.145 ! 0.14285714285714285",
                "i ! integer ! shares: { '3': { min: 0 } } ! 0.2 ! 0.19548872180451127",
                "c ! string ! entropy: { min: 0 } ! 1.3823279833703725 ! 1.3787834934861756",
            })
    void numbersAreThoseOfNumpyAndScipy(String column, String type, String rule, double all, double part)
            throws Exception {
        List<Found> found = AskedTable.of(folder, TABLE)
                .column(column, type, List.of("{ " + rule + " }", "{ " + rule + ", where: part }"));
        assertThat(found.get(0).number()).isCloseTo(all, within(1e-9));
        assertThat(found.get(1).number()).isCloseTo(part, within(1e-9));
    }

    /** The bins are those between the deciles of the other data set. */
    @ParameterizedTest
    @CsvSource({"js, 0.13613259192926203", "linf, 0.075"})
    void skewOfNumbersIsScipys(String method, double expected) throws Exception {
        Found found = AskedTable.of(folder, table("x", i -> String.valueOf(y(i))))
                .beside("serving", table("x", i -> String.valueOf(x(i))))
                .dataSet("{ skew: { with: serving, method: " + method + ", max: 1 } }");
        assertThat(found.number()).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"wasserstein, 0.20102098771023894", "ks, 0.115"})
    void skewOfFewNumbersIsScipys(String method, double expected) throws Exception {
        Found found = AskedTable.of(folder, table("x", i -> String.valueOf(i * i % 7 % 5)))
                .beside("serving", table("x", i -> String.valueOf(i % 5)))
                .dataSet("{ skew: { with: serving, columns: [x], method: " + method + ", max: 1 } }");
        assertThat(found.number()).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "hour, 674, 668, 0, 674",
        "day, 30, 25, 1, 29",
        "week, 5, 1, 1, 5",
        "month, 3, 0, 1, 3",
    })
    void periodsAreThoseOfPandas(String by, long periods, long empty, long full, long notTwo) throws Exception {
        String times = """
                t,g
                2026-02-03T00:00:00,a
                2026-01-31T23:30:00,a
                2026-02-01T00:10:00,b
                ,a
                2026-02-01T09:00:00,a
                2026-02-16T12:00:00,a
                2026-03-01T00:00:00,a
                """;
        String rule = "{ volume: { column: t, by: " + by + ", %s }%s }";
        List<Found> found = AskedTable.of(folder, times)
                .dataSet(
                        "t: { type: timestamp }",
                        List.of(
                                rule.formatted("min: 1", ""),
                                rule.formatted("below: 2", ""),
                                rule.formatted("min: 2, max: 2", ""),
                                rule.formatted("min: 1", ", mostly: 0.5"),
                                rule.formatted("min: 3", ", where: \"g = 'c'\"")));
        assertThat(found.get(0).check().violations()).isEqualTo(empty);
        assertThat(found.get(0).check().share()).isEqualTo((double) empty / periods);
        assertThat(found.get(1).check().violations()).isEqualTo(full);
        assertThat(found.get(2).check().violations()).isEqualTo(notTwo);
        assertThat(found.get(3).number()).isCloseTo(1 - (double) empty / periods, within(1e-12));
        assertThat(found.get(4).kept()).isFalse();
    }

    /** pandas: (now - t.max()).total_seconds(). */
    @Test
    void ageIsThatOfTheNewestTime() throws Exception {
        List<Found> found = AskedTable.of(
                        folder, "t,d,g\n2026-05-30T18:00:00,2026-05-31,a\n2026-01-01T00:00:01,,b\n,,b\n")
                .dataSet(
                        "t: { type: timestamp }, d: { type: date }",
                        List.of(
                                "{ freshness: { column: t, maxAge: 30h } }",
                                "{ freshness: { column: t, maxAge: 29h } }",
                                "{ freshness: { column: d, maxAge: 1d } }",
                                "{ freshness: { column: t, maxAge: 3600m }, where: \"g = 'b'\" }",
                                "{ freshness: { column: d, maxAge: 1d }, where: \"g = 'b'\" }"));
        assertThat(found).extracting(Found::kept).containsExactly(true, false, true, false, false);
        assertThat(found.get(0).number()).isEqualTo(108_000);
        assertThat(found.get(2).number()).isEqualTo(86_400);
        assertThat(found.get(3).number()).isEqualTo(13_046_399);
        assertThat(found.get(4).measured()).isEmpty();
    }

    /** Sets of Python: {'a', 'b', 'c'} beside {'c', 'd'}; and 1.0 == 1. */
    @Test
    void categoriesThatCameAndWentAreThoseOfSets() throws Exception {
        List<String> rules = List.of("{ newCategories: { max: 9 } }", "{ vanishedCategories: { max: 9 } }");
        assertThat(AskedTable.of(folder, "c\nc\nd\nc\n\n").after("c\na\nb\nc\n").column("c", "string", rules))
                .extracting(Found::number)
                .containsExactly(1.0, 2.0);
        assertThat(AskedTable.of(folder, "c\n1\n2\n2.5\n").after("c\n1\n2\n7\n").column("c", "number", rules))
                .extracting(Found::number)
                .containsExactly(1.0, 1.0);
    }

    @Test
    void theChangeOfTheNumberOfRowsIsAShareOfWhatWas() throws Exception {
        Found found = AskedTable.of(folder, "c\n1\n1\n1\n")
                .after("c\n1\n1\n1\n1\n")
                .dataSet("{ rows: { minChange: -0.25, maxChange: 0 } }");
        assertThat(found.number()).isEqualTo(-0.25);
        assertThat(found.kept()).isTrue();
    }

    @Test
    void wholeNumbersBeyondDoublesAreToldApart() throws Exception {
        AskedTable table = AskedTable.of(folder, "x,y\n9007199254740993,9223372036854775807\n");
        assertThat(table.column(
                        "x",
                        "integer",
                        List.of(
                                "{ max: 9007199254740992 }",
                                "{ values: [9007199254740992] }",
                                "{ distinctValues: { equals: [9007199254740992] } }",
                                "{ mostCommon: [9007199254740992] }",
                                "{ shares: { '9007199254740992': { min: 1 } } }")))
                .noneMatch(Found::kept);
        // The sum is 9232379236109516800, beyond what 64 bits hold.
        assertThat(table.dataSet("{ sum: { columns: [x, y], equals: 9232379236109516800 } }")
                        .kept())
                .isTrue();
    }
}
