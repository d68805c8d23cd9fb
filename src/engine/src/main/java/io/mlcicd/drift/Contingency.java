package io.mlcicd.drift;

import io.mlcicd.data.distance.Divergence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The rows of both sides counted over the same bins or categories.
 *
 * @param cells the bins in order, or categories with the most frequent first; what both sides lack is left out
 * @param referenceRows number of the reference's rows, positive
 * @param currentRows number of the current rows, positive
 */
record Contingency(List<Cell> cells, double referenceRows, double currentRows) {

    static final String MISSING = "(missing)";
    static final String OTHER = "(other)";

    /** A bin or category with the number of rows of either side. */
    record Cell(String label, OptionalDouble from, OptionalDouble to, double reference, double current) {

        /** A category. */
        static Cell category(String label, long reference, long current) {
            return new Cell(
                    label, OptionalDouble.empty(), OptionalDouble.empty(), (double) reference, (double) current);
        }

        private boolean isEmpty() {
            return reference <= 0 && current <= 0;
        }
    }

    /** Counts these cells, the rows without a value, and nothing that is empty on both sides. */
    static Contingency of(List<Cell> values, Rows reference, Rows current) {
        List<Cell> cells = new ArrayList<>(values);
        cells.add(Cell.category(MISSING, reference.missing(), current.missing()));
        cells.removeIf(Cell::isEmpty);
        return new Contingency(List.copyOf(cells), reference.total(), current.total());
    }

    /** How many rows a side has, and how many of them have a value in the column. */
    record Rows(long total, long values) {

        long missing() {
            return total - values;
        }

        double missingShare() {
            return (double) missing() / total;
        }
    }

    /** The least count that is expected in a cell when both sides come from one distribution. */
    double leastExpected() {
        double smaller = Math.min(referenceRows, currentRows) / (referenceRows + currentRows);
        return cells.stream()
                .mapToDouble(cell -> (cell.reference() + cell.current()) * smaller)
                .min()
                .orElse(0);
    }

    /** The tests of categories. */
    Map<String, Double> tests() {
        ChiSquare chi2 = ChiSquare.of(reference(), current());
        GTest g = GTest.of(reference(), current());
        Map<String, Double> tests = new LinkedHashMap<>();
        tests.put("chi2", chi2.statistic());
        tests.put("chi2.pValue", chi2.pValue());
        tests.put("chi2.degreesOfFreedom", (double) chi2.degreesOfFreedom());
        tests.put("g", g.statistic());
        tests.put("g.pValue", g.pValue());
        return tests;
    }

    double[] reference() {
        return numbers(Cell::reference);
    }

    double[] current() {
        return numbers(Cell::current);
    }

    /** All distances between the shares of both sides' rows. */
    Map<String, Double> distances() {
        double[] p = referenceShares();
        double[] q = currentShares();
        Map<String, Double> distances = new LinkedHashMap<>();
        distances.put("psi", Divergence.populationStabilityIndex(p, q));
        distances.put("js", Divergence.jensenShannon(p, q));
        distances.put("hellinger", Divergence.hellinger(p, q));
        distances.put("kl", Divergence.kullbackLeibler(p, q));
        distances.put("tv", Divergence.totalVariation(p, q));
        distances.put("linf", Divergence.chebyshev(p, q));
        return distances;
    }

    private double[] referenceShares() {
        return numbers(cell -> cell.reference() / referenceRows);
    }

    private double[] currentShares() {
        return numbers(cell -> cell.current() / currentRows);
    }

    private double[] numbers(ToDoubleFunction<Cell> number) {
        return cells.stream().mapToDouble(number).toArray();
    }

    /** The cell whose share changed most, the first of equals; empty when none changed. */
    Optional<Bin> moved() {
        return cells.stream().map(this::bin).filter(bin -> bin.moved() > 0).max(Comparator.comparingDouble(Bin::moved));
    }

    /** At most that many cells with their shares; the rarest are taken together. */
    List<Bin> chart(int most) {
        if (cells.size() <= most) {
            return cells.stream().map(this::bin).toList();
        }
        List<Cell> kept = new ArrayList<>(cells);
        Optional<Cell> missing = kept.get(kept.size() - 1).label().equals(MISSING)
                ? Optional.of(kept.remove(kept.size() - 1))
                : Optional.empty();
        List<Cell> rare = kept.subList(missing.isPresent() ? most - 2 : most - 1, kept.size());
        Cell other = new Cell(
                OTHER,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                rare.stream().mapToDouble(Cell::reference).sum(),
                rare.stream().mapToDouble(Cell::current).sum());
        double psi = rare.stream().mapToDouble(cell -> bin(cell).psi()).sum();
        rare.clear();
        List<Bin> bins = new ArrayList<>(kept.stream().map(this::bin).toList());
        Bin together = bin(other);
        bins.add(new Bin(OTHER, together.from(), together.to(), together.reference(), together.current(), psi));
        missing.map(this::bin).ifPresent(bins::add);
        return List.copyOf(bins);
    }

    private Bin bin(Cell cell) {
        double reference = cell.reference() / referenceRows;
        double current = cell.current() / currentRows;
        double psi = Divergence.populationStability(reference, current);
        return new Bin(cell.label(), cell.from(), cell.to(), reference, current, psi);
    }
}
