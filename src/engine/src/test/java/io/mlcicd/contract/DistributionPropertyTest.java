package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.gate.GateResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Numbers of random tables against the plainest Java there is. */
class DistributionPropertyTest extends DistributionRules {

    /** Against the plainest Java there is, on random numbers with nulls, repetitions and a filter. */
    @RepeatedTest(12)
    void numbersAreThoseOfPlainJava(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        int different = random.nextBoolean() ? 7 : 100_000;
        int rows = 1 + random.nextInt(300);
        StringBuilder csv = new StringBuilder("x,y,keep\n");
        List<double[]> kept = new ArrayList<>();
        boolean all = random.nextBoolean();
        for (int i = 0; i < rows; i++) {
            double x = random.nextInt(different) / 8.0;
            double y = random.nextInt(3) + (random.nextBoolean() ? x : 0);
            boolean keep = random.nextInt(3) > 0;
            boolean missing = random.nextInt(10) == 0;
            csv.append("%s,%s,%s\n".formatted(missing ? "" : x, y, keep));
            if (!missing && (all || keep)) {
                kept.add(new double[] {x, y});
            }
        }
        double level = random.nextInt(1000) / 1000.0;
        String terms = all ? "" : ", where: keep";
        List<GateResult> gates = gates(csv.toString(), """
                checks: [{ correlation: { columns: [x, y], method: spearman, min: -1 }%1$s }]
                columns:
                  x:
                    type: number
                    checks:
                    - { mean: %2$s, stdDev: %2$s, sum: %2$s, median: %2$s, quantiles: { %3$s: %2$s }, entropy: %2$s%1$s }
                    - { outliers: { method: zscore, limit: 1.5, min: 0 }%1$s }
                """.formatted(terms, ANY, level), Optional.empty());
        double[] x = kept.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] y = kept.stream().mapToDouble(pair -> pair[1]).toArray();
        double mean = Arrays.stream(x).average().orElse(Double.NaN);
        double deviation =
                Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
        expect(gates, "mean", mean);
        expect(gates, "stdDev", deviation);
        expect(gates, "sum", x.length == 0 ? Double.NaN : Arrays.stream(x).sum());
        expect(gates, "median", quantile(x, 0.5));
        expect(gates, "quantile." + (level == 0 ? "0" : level), quantile(x, level));
        expect(gates, "entropy", entropy(x));
        expect(
                gates,
                "outliers",
                x.length == 0
                        ? Double.NaN
                        : (double) Arrays.stream(x)
                                        .filter(v -> deviation > 0 && Math.abs(v - mean) > 1.5 * deviation)
                                        .count()
                                / x.length);
        double r = pearson(ranks(x), ranks(y));
        if (!Double.isNaN(r)) {
            assertThat(gate(gates, "d.x+y.correlation").actual().getAsDouble()).isCloseTo(r, within(1e-9));
        }
    }

    /** Likewise on random categories. */
    @RepeatedTest(8)
    void categoriesAreCountedAsInPlainJava(RepetitionInfo repetition) throws Exception {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        int different = 2 + random.nextInt(4);
        int rows = 20 + random.nextInt(200);
        StringBuilder csv = new StringBuilder("x,y\n");
        List<String> x = new ArrayList<>();
        List<String> y = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            x.add(random.nextInt(8) == 0 ? "" : "v" + random.nextInt(different));
            y.add(random.nextInt(3) == 0 ? "other" : "of" + x.get(i));
            csv.append(x.get(i)).append(',').append(y.get(i)).append('\n');
        }
        List<GateResult> gates = gates(csv.toString(), """
                checks:
                  - { duplicates: { max: 0 } }
                  - { leakage: { label: y, columns: [x], max: 1 } }
                columns:
                  x: { type: string, shares: { v0: { min: 0 } }, rarestShare: { min: 0 }, classBalance: { min: 0 } }
                """, Optional.empty());
        Map<String, Long> counts = counts(x.stream().filter(each -> !each.isEmpty()));
        double values = counts.values().stream().mapToLong(n -> n).sum();
        Map<String, Long> cells = counts(IntStream.range(0, rows).mapToObj(i -> x.get(i) + "|" + y.get(i)));
        expect(gates, "share.v0", counts.getOrDefault("v0", 0L) / values);
        expect(gates, "rarestShare", Collections.min(counts.values()) / values);
        expect(gates, "classBalance", (double) Collections.min(counts.values()) / Collections.max(counts.values()));
        assertThat(gate(gates, "d.duplicates").actual()).hasValue(rows - cells.size());

        Map<String, Long> groups = counts(x.stream());
        double inside = rows
                - cells.entrySet().stream()
                        .mapToDouble(cell -> (double) cell.getValue()
                                * cell.getValue()
                                / groups.get(
                                        cell.getKey().substring(0, cell.getKey().indexOf('|'))))
                        .sum();
        double total = rows
                - counts(y.stream()).values().stream()
                        .mapToDouble(n -> (double) n * n / rows)
                        .sum();
        assertThat(gate(gates, "d.y+x.leakage").actual().getAsDouble())
                .isCloseTo(Math.max(0, 1 - inside / (rows - groups.size()) / (total / (rows - 1))), within(1e-9));
    }

    private static Map<String, Long> counts(Stream<String> values) {
        return values.collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    private static void expect(List<GateResult> gates, String statistic, double expected) {
        GateResult gate = gate(gates, "d.x." + statistic);
        if (Double.isNaN(expected)) {
            assertThat(gate.actual()).isEmpty();
        } else {
            assertThat(gate.actual().getAsDouble())
                    .as(statistic)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double quantile(double[] values, double level) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = level * (sorted.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }

    private static double entropy(double[] values) {
        Map<Double, Integer> counts = new HashMap<>();
        Arrays.stream(values).forEach(value -> counts.merge(value, 1, Integer::sum));
        return values.length == 0
                ? Double.NaN
                : counts.values().stream()
                        .mapToDouble(n -> (double) n / values.length)
                        .map(share -> -share * Math.log(share) / Math.log(2))
                        .sum();
    }

    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(value -> Arrays.stream(values)
                                .filter(other -> other < value)
                                .count()
                        + Arrays.stream(values).filter(other -> other == value).count() / 2.0)
                .toArray();
    }

    private static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }
}
