package io.mlcicd.drift;

import io.mlcicd.data.distance.Divergence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    double[] reference() {
        return numbers(Cell::reference);
    }

    double[] current() {
        return numbers(Cell::current);
    }

    double populationStabilityIndex() {
        return Divergence.populationStabilityIndex(referenceShares(), currentShares());
    }

    double jensenShannon() {
        return Divergence.jensenShannon(referenceShares(), currentShares());
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
        rare.clear();
        kept.add(other);
        missing.ifPresent(kept::add);
        return kept.stream().map(this::bin).toList();
    }

    private Bin bin(Cell cell) {
        return new Bin(
                cell.label(), cell.from(), cell.to(), cell.reference() / referenceRows, cell.current() / currentRows);
    }
}
