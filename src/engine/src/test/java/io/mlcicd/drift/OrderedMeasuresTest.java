package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures of ordered values against scipy 1.17.1: {@code ks_2samp(method="asymp")}, {@code
 * anderson_ksamp(variant="midrank")}, {@code cramervonmises_2samp}, {@code wasserstein_distance}; the last over {@code
 * numpy.std} of the reference, or of both samples when the reference is constant.
 */
class OrderedMeasuresTest {

    /** Samples are {@code (i * factor mod modulus) / divisor + shift} for i from 0 on. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                spread, 200 37 1009 4.0 0.0, 150 53 997 4.0 10.0, 0.07, 0.7666876791629992, 0.3816603110195769, 0.23225496447469277, 0.17784047619047527, 0.3159376145896372, 11.054583333333333, 0.1500512177369415
                shifted, 300 37 1009 4.0 0.0, 200 53 997 4.0 25.0, 0.10166666666666668, 0.15613925469790244, 7.201892106227566, 0.001, 0.7961616666666629, 0.007456445534430811, 21.14583333333333, 0.29036858960799494
                far, 300 37 1009 4.0 0.0, 200 53 997 4.0 60.0, 0.2416666666666667, 1.1818711455894933e-06, 40.1393149355017, 0.001, 5.060305833333331, 6.204292635203501e-11, 56.14583333333332, 0.7709786689591591
                ties, 80 7 11 1.0 0.0, 90 5 9 1.0 1.0, 0.1, 0.757666876414023, 1.3886660999934264, 0.08691998961784579, 0.133741830065361, 0.4470238318290496, 0.515277777777778, 0.16267213129213126
                tiesBig, 5000 7 11 1.0 0.0, 4000 5 13 1.0 -1.0, 0.077, 6.633169142475925e-12, 104.62676896525687, 0.001, 5.091962932870274, 6.865341628525812e-11, 0.5039, 0.1593344263261814
                small, 12 5 17 2.0 0.0, 9 7 19 2.0 1.0, 0.25000000000000006, 0.8445999999999998, 0.14144852096085272, 0.25, 0.15575396825396837, 0.402425747626986, 1.666666666666667, 0.6488856845230503
                smallTies, 12 5 7 2.0 0.0, 20 7 5 2.0 0.5, 0.16666666666666666, 0.9536900984734011, 0.30921618844774007, 0.25, 0.1335937499999993, 0.46538811416695053, 0.31666666666666665, 0.29855619650098675
                small20, 20 11 29 2.0 0.0, 19 7 23 2.0 2.0, 0.19473684210526315, 0.7756334201038706, -0.4061627114319403, 0.25, 0.08661718398560492, 0.6794576358487951, 1.1065789473684213, 0.2609545756715433
                oneRow, 1 1 7 1.0 3.0, 9 5 11 1.0 0.0, 0.6666666666666667, 0.6666666666666665, -0.8951841302804511, 0.25, NaN, NaN, 3.2222222222222223, 1.0351269122163238
                two, 2 1 7 1.0 3.0, 2 5 11 1.0 0.0, 0.5, 1.0, -0.7713892158398593, 0.25, 0.125, 1.0, 2.0, 4.0
                constantReference, 50 1 1 1.0 5.0, 60 5 11 1.0 0.0, 0.45, 1.6495960780759473e-05, 8.692643329867062, 0.001, 3.1968939393939415, 2.6006372944031853e-08, 2.7500000000000004, 1.1612219899419316
                huge, 60 7 59 1e-300 0.0, 50 9 53 1e-300 1e+300, 0.09999999999999998, 0.925294921891587, -0.4812352117771329, 0.25, 0.062454545454546206, 0.8112435227665522, 2.4233333333333335e+300, 0.1401567695730859
                tiny, 60 7 59 1e+300 0.0, 50 9 53 1e+300 1e-300, 0.09333333333333327, 0.9553877000572991, -0.5356579494819568, 0.25, 0.05886363636363612, 0.8339579198456878, 2.4233333333333336e-300, 0.1401567695730859
                large, 20000 7919 19997 3.0 0.0, 15000 104729 14983 2.25 20.0, 0.0031166666666667675, 0.9999962060154111, -0.132855579138172, 0.25, 0.07364413226241595, 0.729436706537087, 19.487920370370347, 0.010127447763606665
                """)
    void equalScipy(
            String name,
            String reference,
            String current,
            double ks,
            double ksP,
            double ad,
            double adP,
            double cvm,
            double cvmP,
            double wasserstein,
            double normed) {
        Map<String, Double> measures = measures(sample(reference), sample(current));

        assertThat(measures.values()).allSatisfy(value -> assertThat(value).isFinite());
        close(measures, "ks", ks);
        close(measures, "ks.pValue", ksP);
        close(measures, "ad", ad);
        if (adP > 0.001) {
            close(measures, "ad.pValue", adP);
        } else {
            assertThat(measures.get("ad.pValue")).isBetween(0.0, 0.00102);
        }
        if (!Double.isNaN(cvm)) {
            close(measures, "cvm", cvm);
            close(measures, "cvm.pValue", cvmP);
        }
        close(measures, "wasserstein", wasserstein);
        close(measures, "wasserstein.normed", normed);
    }

    private static void close(Map<String, Double> measures, String name, double expected) {
        assertThat(measures.get(name))
                .as(name)
                .isCloseTo(expected, within(1e-9 * Math.max(Math.abs(expected), Math.abs(expected) < 1e-200 ? 0 : 1)));
    }

    @Test
    void smallAndersonDarlingPValuesKeepFalling() {
        double[] reference = DoubleStream.iterate(0, x -> x + 1).limit(200).toArray();
        double last = 0.0011;
        for (int shift = 40; shift < 200; shift += 20) {
            double offset = shift;
            double p = measures(
                            reference,
                            Arrays.stream(reference).map(x -> x + offset).toArray())
                    .get("ad.pValue");
            assertThat(p).isPositive().isLessThan(last);
            last = p;
        }
        // sqrt(3) erfc(sqrt(z)) of the limiting statistic z, from the end of the table on.
        assertThat(last).isLessThan(1e-20);
    }

    @Test
    void constantsAreEqualOrMeasuredByBothSides() {
        double[] five = {5, 5, 5, 5};
        assertThat(measures(five, five))
                .containsEntry("wasserstein", 0.0)
                .containsEntry("wasserstein.normed", 0.0)
                .containsEntry("ks", 0.0);
        assertThat(measures(five, new double[] {6, 6, 6, 6}).get("wasserstein.normed"))
                .isCloseTo(2, within(1e-12));
        assertThat(measures(five, new double[] {5e9, 5e9, 5e9, 5e9}).get("wasserstein.normed"))
                .isCloseTo(2, within(1e-12));
    }

    @Test
    void theWholeRangeOfDoublesGivesFiniteMeasures() {
        double[] ends = {-Double.MAX_VALUE, Double.MAX_VALUE, 0, Double.MIN_VALUE};
        assertThat(measures(ends, new double[] {Double.MAX_VALUE, Double.MAX_VALUE, 1, -0.0})
                        .values())
                .allSatisfy(value -> assertThat(value).isFinite());
    }

    @RepeatedTest(40)
    void measuresNeitherDependOnTheSideNorOnTheUnit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int different = 1 + random.nextInt(random.nextBoolean() ? 6 : 1000);
        double[] one = random.ints(1 + random.nextInt(300), 0, different)
                .asDoubleStream()
                .toArray();
        double[] other = random.ints(1 + random.nextInt(300), 0, different + 3)
                .asDoubleStream()
                .toArray();

        Map<String, Double> measures = measures(one, other);
        Map<String, Double> swapped = measures(other, one);
        Map<String, Double> scaled = measures(scaled(one, 1e200), scaled(other, 1e200));

        for (String name : List.of("ks", "ks.pValue", "ad", "cvm", "cvm.pValue", "wasserstein")) {
            if (measures.containsKey(name)) {
                assertThat(swapped.get(name)).as(name).isCloseTo(measures.get(name), within(1e-9));
            }
        }
        assertThat(scaled.get("wasserstein") / 1e200).isCloseTo(measures.get("wasserstein"), within(1e-9));
        assertThat(scaled.get("wasserstein.normed")).isCloseTo(measures.get("wasserstein.normed"), within(1e-9));
        assertThat(measures.get("ks")).isBetween(0.0, 1.0);
        assertThat(measures.get("cvm.pValue")).isBetween(0.0, 1.0);
    }

    @RepeatedTest(20)
    void sortsLikeTheLibrary(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int digits = 1 + random.nextInt(300);
        double[] values = random.doubles(2000 + random.nextInt(6000))
                .map(x -> repetition.getCurrentRepetition() % 2 == 0
                        ? (int) ((x - 0.5) * digits)
                        : (x - 0.5) * Math.pow(10, digits))
                .toArray();
        SortedNumbers sorted = sorted(values);

        double[] expected = Arrays.stream(values).map(x -> x + 0.0).sorted().toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat(sorted.value(i)).isEqualTo(expected[i]);
        }
        double place = expected[expected.length / 3];
        assertThat(sorted.below(List.of(place))[0])
                .isEqualTo((double) Arrays.stream(values).filter(x -> x < place).count());
    }

    static Map<String, Double> measures(double[] reference, double[] current) {
        SortedNumbers one = sorted(reference);
        SortedNumbers other = sorted(current);
        double greatest = DoubleStream.concat(Arrays.stream(reference), Arrays.stream(current))
                .map(Math::abs)
                .max()
                .orElseThrow();
        PooledOrder walk =
                new PooledOrder(reference.length, current.length, one.deciles().get(5), greatest);
        SortedNumbers.merge(one, other, walk);
        return walk.measures();
    }

    private static SortedNumbers sorted(double[] values) {
        long[] keys = Arrays.stream(values).mapToLong(RadixSort::key).toArray();
        RadixSort.sort(keys, keys.length, new long[keys.length]);
        return new SortedNumbers(keys, keys.length);
    }

    private static double[] sample(String formula) {
        double[] part = Arrays.stream(formula.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] sample = new double[(int) part[0]];
        Arrays.setAll(sample, i -> i * part[1] % part[2] / part[3] + part[4]);
        return sample;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }
}
