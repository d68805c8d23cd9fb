package io.mlcicd.drift;

import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a column whose type changed: values of different types have nothing in common. */
final class TypeChange {

    private TypeChange() {}

    /** All values move from one category to another, which gives every gate on the column's metrics a number to hold. */
    static Comparison of(Planned column, long referenceRows, long currentRows) {
        Rows reference = new Rows(referenceRows, column.referenceOverview().values());
        Rows current = new Rows(currentRows, column.currentOverview().values());
        List<Cell> cells = List.of(
                Cell.category("values of type " + column.reference().type().key(), reference.values(), 0),
                Cell.category("values of type " + column.current().type().key(), 0, current.values()));
        Contingency contingency = Contingency.of(cells, reference, current);
        Map<String, Double> distances = contingency.distances();
        if (NumericColumn.suits(column.type())) {
            distances.putAll(KolmogorovSmirnov.of(1, reference.values(), current.values())
                    .measures());
        }
        distances.putAll(contingency.tests());
        return new Comparison(
                column,
                ColumnKind.CATEGORICAL,
                contingency,
                Optional.of(contingency),
                reference,
                current,
                new Distances(distances),
                false,
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
