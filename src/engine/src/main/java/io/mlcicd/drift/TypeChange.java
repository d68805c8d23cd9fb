package io.mlcicd.drift;

import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.List;
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
        return new Comparison(
                column,
                ColumnKind.CATEGORICAL,
                Contingency.of(cells, reference, current),
                reference,
                current,
                NumericColumn.suits(column.type())
                        ? Optional.of(KolmogorovSmirnov.of(1, reference.values(), current.values()))
                        : Optional.empty(),
                false,
                List.of(),
                List.of());
    }
}
