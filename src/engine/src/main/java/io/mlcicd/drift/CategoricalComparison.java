package io.mlcicd.drift;

import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Compares categorical columns of two sides, all of them together. */
final class CategoricalComparison {

    private final Side reference;
    private final Side current;
    private final long referenceRows;
    private final long currentRows;

    CategoricalComparison(Side reference, Side current, long referenceRows, long currentRows) {
        this.reference = reference;
        this.current = current;
        this.referenceRows = referenceRows;
        this.currentRows = currentRows;
    }

    /** The comparisons, in the order of the columns. */
    List<Comparison> of(List<Planned> columns) throws InterruptedException {
        Map<String, Categories> before = reference.categories(columns.stream()
                .filter(column -> column.referenceOverview().values() > 0)
                .map(Planned::reference)
                .toList());
        Map<String, Categories> now = current.categories(columns.stream()
                .filter(column -> column.currentOverview().values() > 0)
                .map(Planned::current)
                .toList());
        List<Comparison> comparisons = new ArrayList<>();
        for (Planned column : columns) {
            comparisons.add(compare(
                    column,
                    before.getOrDefault(column.name(), Categories.NONE),
                    now.getOrDefault(column.name(), Categories.NONE)));
        }
        return comparisons;
    }

    private Comparison compare(Planned column, Categories before, Categories now) {
        Rows referenceCount = new Rows(referenceRows, column.referenceOverview().values());
        Rows currentCount = new Rows(currentRows, column.currentOverview().values());
        Set<String> values = new LinkedHashSet<>(before.counts().keySet());
        values.addAll(now.counts().keySet());
        List<Cell> cells = new ArrayList<>();
        long restBefore = referenceCount.values();
        long restNow = currentCount.values();
        for (String value : values) {
            // A count that one side does not tell cannot be set against the other's; the rest takes it in.
            if (before.knows(value) && now.knows(value)) {
                cells.add(Cell.category(value, before.count(value), now.count(value)));
                restBefore -= before.count(value);
                restNow -= now.count(value);
            }
        }
        Comparator<Cell> byShare =
                Comparator.comparingDouble(cell -> -(cell.reference() / referenceRows + cell.current() / currentRows));
        cells.sort(byShare.thenComparing(Cell::label));
        List<String> added = labels(cells, Cell::current, Cell::reference);
        List<String> vanished = labels(cells, Cell::reference, Cell::current);
        Optional<NewCategories> newCategories = before.complete()
                ? Optional.of(new NewCategories(
                        cells.stream()
                                .filter(cell -> cell.reference() == 0)
                                .mapToLong(cell -> (long) cell.current())
                                .sum(),
                        before.counts().values().stream()
                                .filter(count -> count == 1)
                                .count()))
                : Optional.empty();
        boolean profiled = !(reference instanceof RawSide && current instanceof RawSide);
        boolean uncertain = profiled && restBefore + restNow > 0;
        List<Cell> known = new ArrayList<>(cells);
        known.add(Cell.category(Contingency.MISSING, referenceCount.missing(), currentCount.missing()));
        Cell rest = Cell.category(Contingency.OTHER, restBefore, restNow);
        cells.add(rest);
        Contingency contingency = Contingency.of(cells, referenceCount, currentCount);
        Map<String, Double> distances = contingency.distances();
        distances.putAll(contingency.tests());
        Map<String, Double> errors = uncertain
                ? RestBounds.errors(distances, known, rest, (double) referenceRows, (double) currentRows)
                : Map.of();
        return new Comparison(
                column,
                ColumnKind.CATEGORICAL,
                contingency,
                Optional.of(contingency),
                referenceCount,
                currentCount,
                new Distances(distances),
                uncertain,
                errors,
                newCategories,
                added,
                vanished);
    }

    private static List<String> labels(List<Cell> cells, ToDoubleFunction<Cell> there, ToDoubleFunction<Cell> absent) {
        return cells.stream()
                .filter(cell -> there.applyAsDouble(cell) > 0 && absent.applyAsDouble(cell) == 0)
                .map(Cell::label)
                .toList();
    }
}
