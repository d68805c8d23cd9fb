package io.mlcicd.data.distance;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Histogram;
import io.mlcicd.data.TopValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What share of a column's finite values lies below a place, as far as a profile knows: exactly where the profile lists
 * all values of a column of numbers, else exactly at the edges of its histogram of equal frequency, between which the
 * values of a bin are taken to be spread evenly.
 */
public final class DistributionFunction {

    private final double[] knots;
    private final double[] below;

    private DistributionFunction(double[] knots, double[] below) {
        this.knots = knots;
        this.below = below;
    }

    /** The function of a column of numbers, dates or timestamps; empty without finite values. */
    public static Optional<DistributionFunction> of(ColumnProfile column) {
        return column.type().isNumeric()
                        && column.topValues().filter(TopValues::complete).isPresent()
                ? column.distribution().map(some -> ofValues(column.topValues().get()))
                : column.distribution().map(Distribution::equalFrequency).map(DistributionFunction::ofHistogram);
    }

    private static DistributionFunction ofValues(TopValues values) {
        record Atom(double value, long count) {}
        List<Atom> atoms = values.values().stream()
                .map(each -> new Atom(Double.parseDouble(each.value()) + 0.0, each.count()))
                .filter(atom -> Double.isFinite(atom.value()))
                .sorted(Comparator.comparingDouble(Atom::value))
                .toList();
        double total = atoms.stream().mapToLong(Atom::count).sum();
        double[] knots = new double[2 * atoms.size()];
        double[] below = new double[knots.length];
        long sum = 0;
        for (int i = 0; i < atoms.size(); i++) {
            knots[2 * i] = atoms.get(i).value();
            below[2 * i] = sum / total;
            sum += atoms.get(i).count();
            knots[2 * i + 1] = Math.nextUp(atoms.get(i).value());
            below[2 * i + 1] = sum / total;
        }
        return new DistributionFunction(knots, below);
    }

    /** The last bin holds its upper edge too, so its share is known just above that edge. */
    private static DistributionFunction ofHistogram(Histogram histogram) {
        double total = histogram.total();
        int bins = histogram.counts().size();
        double[] knots = new double[bins + 1];
        double[] below = new double[bins + 1];
        long sum = 0;
        for (int i = 0; i < bins; i++) {
            knots[i] = histogram.edges().get(i);
            below[i] = sum / total;
            sum += histogram.counts().get(i);
        }
        knots[bins] = Math.nextUp(histogram.edges().get(bins));
        below[bins] = 1;
        return new DistributionFunction(knots, below);
    }

    /** Where its slope changes, rising. */
    public List<Double> knots() {
        return Arrays.stream(knots).boxed().toList();
    }

    /** The share of the values below a place, 0 to 1. */
    public double below(double place) {
        int found = Arrays.binarySearch(knots, place);
        if (found >= 0) {
            return below[found];
        }
        int next = -found - 1;
        if (next == 0 || next == knots.length) {
            return next == 0 ? 0 : 1;
        }
        double low = knots[next - 1];
        double high = knots[next];
        // Halves, because the distance of two doubles need not be one.
        double part = (place / 2 - low / 2) / (high / 2 - low / 2);
        return below[next - 1] + part * (below[next] - below[next - 1]);
    }

    /**
     * The Wasserstein distance of order one between two distributions: the area between their distribution functions,
     * in the unit of the places; both are taken to be straight between places.
     *
     * <p>Source: S. S. Vallender, Theory of Probability and Its Applications 18, 1974.
     *
     * @param places rising, from the smallest value of both to just above the greatest
     * @param reference share of the one's values below each place
     * @param current share of the other's values below each place
     */
    public static double wasserstein(List<Double> places, double[] reference, double[] current) {
        double area = 0;
        for (int i = 1; i < places.size(); i++) {
            double left = reference[i - 1] - current[i - 1];
            double right = reference[i] - current[i];
            double width = places.get(i) - places.get(i - 1);
            double height = left * right >= 0
                    ? Math.abs(left + right) / 2
                    : (left * left + right * right) / (2 * (Math.abs(left) + Math.abs(right)));
            area += width * height;
        }
        return area;
    }
}
