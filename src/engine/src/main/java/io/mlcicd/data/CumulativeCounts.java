package io.mlcicd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How many values of several histograms lie below a place, as if the values of a bin were spread evenly over it. */
final class CumulativeCounts {

    private final List<Histogram> parts;
    private final List<Double> knots;
    private final long total;

    CumulativeCounts(List<Histogram> parts) {
        this.parts = List.copyOf(parts);
        TreeSet<Double> edges = new TreeSet<>();
        parts.forEach(part -> edges.addAll(part.edges()));
        this.knots = List.copyOf(edges);
        this.total = parts.stream().mapToLong(Histogram::total).sum();
    }

    /** The place below which that share of the values lies. */
    double quantile(double level) {
        double target = level * total;
        double left = knots.get(0);
        for (double right : knots) {
            double below = below(right);
            if (target <= below && right > left) {
                double start = below(left) + at(left);
                double share = below > start ? Math.max(0, target - start) / (below - start) : 0;
                return left * (1 - share) + right * share;
            }
            left = right;
            if (target <= below + at(right)) {
                return right;
            }
        }
        return left;
    }

    /** Values between those edges, whole numbers that add up to the total; edges begin and end with the extremes. */
    Histogram between(List<Double> edges) {
        List<Double> all = new ArrayList<>(edges);
        double max = edges.get(edges.size() - 1);
        boolean endsInPoint = edges.size() == 1 || at(max) >= (double) total / Edges.EQUAL_FREQUENCY;
        if (endsInPoint) {
            all.add(max);
        }
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int i = 1; i < all.size() - 1; i++) {
            long below = Math.round(below(all.get(i)));
            counts.add(below - before);
            before = below;
        }
        counts.add(total - before);
        return new Histogram(all, counts);
    }

    private double below(double place) {
        return parts.stream().mapToDouble(part -> below(part, place)).sum();
    }

    private static double below(Histogram part, double place) {
        double sum = 0;
        for (int i = 0; i < part.counts().size(); i++) {
            double low = part.edges().get(i);
            double high = part.edges().get(i + 1);
            long count = part.counts().get(i);
            if (place >= high && (high > low || place > high)) {
                sum += count;
            } else if (place > low) {
                // Halves, because the distance of two doubles need not be one.
                sum += count * (place / 2 - low / 2) / (high / 2 - low / 2);
            }
        }
        return sum;
    }

    /** The number of values that lie exactly there, as far as histograms know. */
    private long at(double place) {
        return parts.stream()
                .filter(part ->
                        part.endsInPoint() && part.edges().get(part.edges().size() - 1) == place)
                .mapToLong(part -> part.counts().get(part.counts().size() - 1))
                .sum();
    }
}
