package io.mlcicd.evaluation;

import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.MetricFamily;
import io.mlcicd.evaluation.metric.Tally;
import io.mlcicd.evaluation.metric.TaskMetrics;
import io.mlcicd.statistic.BootstrapDistribution;
import io.mlcicd.statistic.PoissonWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The bootstrap of all metrics of a task at once (B. Efron, Annals of Statistics 7, 1979), in Poisson's form: each item is
 * drawn a Poisson number of times whose mean is the number of items it stands for, which is what drawing with replacement
 * comes to for more than a few rows. The same draws serve model and champion, so that differences are paired.
 */
final class Resampling {

    private final TaskMetrics task;
    private final List<Sample.Item> items;
    private final List<Side> sides = new ArrayList<>();

    /** A family's rows in its own order, each with the index of its item. */
    private static final class OrderedRows {
        final MetricFamily family;
        final double[][] rows;
        final int[] items;
        final double[] weights;

        OrderedRows(MetricFamily family, List<Placed> placed) {
            this.family = family;
            this.rows = placed.stream().map(row -> row.row).toArray(double[][]::new);
            this.items = placed.stream().mapToInt(row -> row.item).toArray();
            this.weights = placed.stream().mapToDouble(row -> row.weight).toArray();
        }
    }

    /** A row on its way to its place. */
    private static final class Placed {
        final double[] row;
        final int item;
        final double weight;

        Placed(double[] row, int item, double weight) {
            this.row = row;
            this.item = item;
            this.weight = weight;
        }
    }

    /** One side's columns and rows. */
    private record Side(JudgedColumns columns, List<OrderedRows> families) {}

    /** Distributions of metrics; those of a side, or of a difference. */
    record Replicates(Map<String, double[]> values, Map<String, Double> base) {

        /** The distribution around an estimate; empty for a metric that the resamples do not have. */
        Optional<BootstrapDistribution> of(String metric, double estimate) {
            double[] replicates = values.get(metric);
            Double center = base.get(metric);
            return replicates == null || center == null
                    ? Optional.empty()
                    : BootstrapDistribution.of(estimate, center, replicates);
        }

        /** This minus the other, resample by resample. */
        Replicates minus(Replicates other) {
            Map<String, double[]> differences = new LinkedHashMap<>();
            Map<String, Double> bases = new LinkedHashMap<>();
            values.forEach((metric, mine) -> {
                double[] theirs = other.values.get(metric);
                if (theirs != null && base.containsKey(metric) && other.base.containsKey(metric)) {
                    differences.put(
                            metric,
                            IntStream.range(0, mine.length)
                                    .mapToDouble(r -> mine[r] - theirs[r])
                                    .toArray());
                    bases.put(metric, base.get(metric) - other.base.get(metric));
                }
            });
            return new Replicates(differences, bases);
        }
    }

    Resampling(TaskMetrics task, List<Sample.Item> items, SampleLayout layout) {
        this.task = task;
        this.items = items;
        for (JudgedColumns columns : layout.sides()) {
            List<OrderedRows> families = new ArrayList<>();
            for (MetricFamily family : task.families(columns)) {
                families.add(ordered(family, layout));
            }
            sides.add(new Side(columns, families));
        }
    }

    private OrderedRows ordered(MetricFamily family, SampleLayout layout) {
        int[] positions = layout.positions(family);
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            for (double[] row : items.get(i).rows()) {
                double[] own = new double[positions.length];
                for (int j = 0; j < positions.length; j++) {
                    own[j] = row[positions[j]];
                }
                placed.add(new Placed(own, i, row[layout.weight()]));
            }
        }
        if (!family.order().isEmpty()) {
            Comparator<Placed> order = null;
            for (int column : family.order()) {
                Comparator<Placed> next = Comparator.comparingDouble((Placed row) -> row.row[column])
                        .reversed();
                order = order == null ? next : order.thenComparing(next);
            }
            placed.sort(order);
        }
        return new OrderedRows(family, placed);
    }

    /**
     * Draws.
     *
     * @return the replicates of each side, in the layout's order
     */
    List<Replicates> draw(int resamples, long seed) throws InterruptedException {
        double[] counts = items.stream().mapToDouble(Sample.Item::count).toArray();
        List<Replicates> results = new ArrayList<>();
        for (Side side : sides) {
            results.add(new Replicates(new LinkedHashMap<>(), metrics(side, counts)));
        }
        int chunk = 50;
        for (int first = 0; first < resamples; first += chunk) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the bootstrap was interrupted");
            }
            int from = first;
            int to = Math.min(resamples, first + chunk);
            List<List<Map<String, Double>>> drawn = IntStream.range(from, to)
                    .parallel()
                    .mapToObj(r -> {
                        double[] draws = draws(counts, seed + r);
                        return sides.stream().map(side -> metrics(side, draws)).toList();
                    })
                    .toList();
            for (int r = from; r < to; r++) {
                for (int s = 0; s < sides.size(); s++) {
                    Map<String, double[]> values = results.get(s).values();
                    int index = r;
                    drawn.get(r - from)
                            .get(s)
                            .forEach((metric, value) ->
                                    values.computeIfAbsent(metric, name -> undefined(resamples))[index] = value);
                }
            }
        }
        return results;
    }

    private static double[] undefined(int resamples) {
        double[] values = new double[resamples];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static double[] draws(double[] counts, long seed) {
        PoissonWeights poisson = new PoissonWeights(seed);
        double[] draws = new double[counts.length];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = poisson.next(counts[i]);
        }
        return draws;
    }

    private Map<String, Double> metrics(Side side, double[] draws) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (OrderedRows ordered : side.families()) {
            double total = 0;
            for (int i = 0; i < ordered.items.length; i++) {
                total += draws[ordered.items[i]] * ordered.weights[i];
            }
            if (total > 0) {
                Tally tally = ordered.family.tally().apply(total);
                for (int i = 0; i < ordered.items.length; i++) {
                    double drawn = draws[ordered.items[i]];
                    if (drawn > 0) {
                        tally.add(ordered.rows[i], drawn * ordered.weights[i]);
                    }
                }
                tally.metrics(metrics);
            }
        }
        task.derive(side.columns(), metrics);
        return metrics;
    }
}
