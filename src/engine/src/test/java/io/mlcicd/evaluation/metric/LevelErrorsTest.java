package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Metrics of levels are off from those of the scores by no more than is said, whatever the order of the rows of a level, and
 * some order takes them nearly as far.
 */
class LevelErrorsTest {

    private static final int TRIALS = 400;

    /** A level's width, and how far apart levels are: scores of one level are never those of another. */
    private static final double WIDTH = 1.0 / 64;

    private final Map<String, Double> farthest = new HashMap<>();

    private record Row(double score, int code, double weight) {}

    /** Rows in falling order of the score; those of some levels are sorted by class, mixed, or tied. */
    private static List<Row> rows(Random random, int classes) {
        List<Row> rows = new ArrayList<>();
        int levels = 1 + random.nextInt(12);
        double[] weights = random.nextBoolean() ? new double[] {1} : new double[] {1, 2, 0.5};
        int arrangement = random.nextInt(4);
        for (int l = 0; l < levels; l++) {
            int size = 1 + random.nextInt(12);
            int shift = random.nextInt(classes);
            double share = random.nextDouble();
            for (int i = 0; i < size; i++) {
                int code = random.nextDouble() < share ? 0 : random.nextInt(classes);
                double place = switch (arrangement) {
                    case 0 -> (code + random.nextDouble()) / classes;
                    case 1 -> ((code + shift) % classes) / (double) classes;
                    case 2 -> (classes - 1 - code + random.nextDouble()) / classes;
                    default -> random.nextInt(3) / 3.0;
                };
                rows.add(new Row((l + 0.99 * place) * WIDTH, code, weights[random.nextInt(weights.length)]));
            }
        }
        rows.sort(Comparator.comparingDouble(Row::score).reversed());
        return rows;
    }

    private static double total(List<Row> rows) {
        return rows.stream().mapToDouble(Row::weight).sum();
    }

    private static Map<Double, List<Row>> levels(List<Row> rows) {
        Map<Double, List<Row>> levels = new LinkedHashMap<>();
        rows.forEach(row -> levels.computeIfAbsent(Math.floor(row.score() / WIDTH), any -> new ArrayList<>())
                .add(row));
        return levels;
    }

    private static void addLevel(List<Row> level, int codes, Tally tally, boolean middles) {
        double greatest = level.get(0).score();
        double least = level.get(level.size() - 1).score();
        double[] weights = new double[codes];
        level.forEach(row -> weights[row.code()] += row.weight());
        tally.level(least, greatest, weights);
        double score = middles && least < greatest ? (least + greatest) / 2 : least;
        level.forEach(row -> tally.add(new double[] {score, row.code(), 0}, row.weight()));
    }

    private Map<String, Double> compare(List<Row> rows, int codes, boolean middles, Tally exact, Tally levelled) {
        rows.forEach(row -> exact.add(new double[] {row.score(), row.code(), 0}, row.weight()));
        levels(rows).values().forEach(level -> addLevel(level, codes, levelled, middles));
        Map<String, Double> truth = new LinkedHashMap<>();
        exact.metrics(truth);
        Map<String, Double> told = new LinkedHashMap<>();
        levelled.metrics(told);
        Map<String, Double> errors = new LinkedHashMap<>();
        levelled.errors(told, errors);
        assertThat(told.keySet()).isEqualTo(truth.keySet());
        hold(truth, told, errors);
        return errors;
    }

    private void hold(Map<String, Double> truth, Map<String, Double> told, Map<String, Double> errors) {
        errors.forEach((name, error) -> {
            if (truth.containsKey(name)) {
                double off = Math.abs(told.get(name) - truth.get(name));
                assertThat(off).as(name).isLessThanOrEqualTo(error + 1e-12);
                if (error > 1e-9) {
                    farthest.merge(name.replaceAll("\\.\\d", ""), off / error, Math::max);
                }
            }
        });
    }

    @Test
    void binaryMetrics() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Row> rows = rows(random, 2);
            MetricOptions options = new MetricOptions(
                    OptionalDouble.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(new Costs(
                            random.nextInt(3) - 2, random.nextInt(5), random.nextInt(9), random.nextInt(3) - 1)));
            PicturedTally exact = new PicturedTally(options, false, total(rows));
            PicturedTally levelled = new PicturedTally(options, false, total(rows));
            Map<String, Double> errors = compare(rows, 2, false, exact, levelled);
            bestThresholds(rows, exact, levelled, errors);
        }
        assertThat(farthest.keySet())
                .contains("rocAuc", "prAuc", "prAucTrapezoidal", "liftTop10", "ks", "costBest", "best F1");
        farthest.forEach((name, share) -> assertThat(share).as(name).isGreaterThan(0.9));
    }

    private void bestThresholds(
            List<Row> rows, PicturedTally exact, PicturedTally levelled, Map<String, Double> errors) {
        double f1 = best(exact, "best F1");
        double found = best(levelled, "best F1");
        hold(Map.of("best F1", f1), Map.of("best F1", found), errors);
        // What stands beside a threshold is what deciding at it does, though a better one may be within a level.
        ThresholdTable.of(levelled, OptionalDouble.empty()).forEach(told -> {
            List<Row> taken =
                    rows.stream().filter(row -> row.score() >= told.threshold()).toList();
            double right = total(taken.stream().filter(row -> row.code() == 1).toList());
            double positives =
                    total(rows.stream().filter(row -> row.code() == 1).toList());
            assertThat(told.positiveShare()).isCloseTo(total(taken) / total(rows), within(1e-12));
            assertThat(told.recall()).isCloseTo(positives == 0 ? 0 : right / positives, within(1e-12));
        });
    }

    private static double best(PicturedTally tally, String why) {
        return ThresholdTable.of(tally, OptionalDouble.empty()).stream()
                .filter(row -> row.why().orElse("").contains(why))
                .mapToDouble(Pictures.Threshold::f1)
                .findFirst()
                .orElse(0);
    }

    @Test
    void areasOfClassesAndTheirMeans() {
        Random random = new Random(2);
        JudgedColumns columns =
                new JudgedColumns(JudgedColumns.Side.MODEL, List.of("0", "1", "2"), List.of(0, 1, 2), false, List.of());
        MulticlassMetrics task = new MulticlassMetrics(MetricOptions.DEFAULT, false);
        for (int trial = 0; trial < TRIALS; trial++) {
            Map<String, Double> truth = new LinkedHashMap<>();
            Map<String, Double> told = new LinkedHashMap<>();
            Map<String, Double> errors = new LinkedHashMap<>();
            List<Row> rows = rows(random, 3);
            for (int c = 0; c < 3; c++) {
                RankedClass subject = RankedClass.ofClass(String.valueOf(c), c, new boolean[] {true, true, true});
                // Another score of the same rows: ranks of levels are turned around by chance.
                List<Row> ranked = random.nextBoolean() ? rows : turned(rows);
                Tally exact = new OneVersusRestTally(subject, total(rows));
                Tally levelled = new OneVersusRestTally(subject, total(rows));
                ranked.forEach(row -> exact.add(new double[] {row.score(), row.code()}, row.weight()));
                levels(ranked).values().forEach(level -> addLevel(level, 3, levelled, false));
                exact.metrics(truth);
                Map<String, Double> mine = new LinkedHashMap<>();
                levelled.metrics(mine);
                levelled.errors(mine, errors);
                told.putAll(mine);
            }
            task.derive(columns, truth);
            task.derive(columns, told);
            task.derive(columns, errors);
            assertThat(errors.keySet()).isEqualTo(truth.keySet());
            hold(truth, told, errors);
        }
        assertThat(farthest.keySet())
                .contains("rocAuc", "prAuc", "prAuc.macro", "rocAuc.ovr", "rocAuc.ovr.weighted", "rocAuc.ovo");
        farthest.forEach((name, share) -> assertThat(share).as(name).isGreaterThan(0.7));
    }

    private static List<Row> turned(List<Row> rows) {
        List<Row> turned = new ArrayList<>();
        rows.forEach(row -> turned.add(new Row(1 - row.score(), row.code(), row.weight())));
        turned.sort(Comparator.comparingDouble(Row::score).reversed());
        return turned;
    }

    @Test
    void quantilesOfAbsoluteErrors() {
        Random random = new Random(3);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Row> rows = rows(random, 1 + random.nextInt(2));
            compare(rows, 2, true, new AbsoluteErrorTally(total(rows)), new AbsoluteErrorTally(total(rows)));
        }
        assertThat(farthest).hasSize(3);
        farthest.forEach((name, share) -> assertThat(share).as(name).isGreaterThan(0.9));
    }

    @Test
    void rowsOfOneClassMayBeOffToo() {
        // Two negative rows above three positive ones of different scores: average precision is (1/3 + 2/4 + 3/5) / 3.
        AreaErrors errors = new AreaErrors();
        errors.level(false, 0, 2);
        errors.level(true, 3, 0);
        Map<String, Double> found = new HashMap<>();
        errors.put("rocAuc", "prAuc", Map.of("rocAuc", 0.0, "prAuc", 0.6), found);
        assertThat(found.get("rocAuc")).isZero();
        assertThat(found.get("prAuc")).isBetween(0.6 - (1.0 / 3 + 2.0 / 4 + 3.0 / 5) / 3, 0.3);
    }

    @Test
    void levelsOfOneScoreAreExact() {
        AreaErrors errors = new AreaErrors();
        errors.level(false, 1, 2);
        errors.level(false, 3, 2);
        Map<String, Double> found = new HashMap<>();
        errors.put("rocAuc", "prAuc", Map.of("rocAuc", 0.5, "prAuc", 0.5), found);
        errors.putTrapezoidal("prAucTrapezoidal", Map.of("prAucTrapezoidal", 0.5), found);
        assertThat(found)
                .hasSize(3)
                .allSatisfy((name, error) -> assertThat(error).isZero());
    }
}
