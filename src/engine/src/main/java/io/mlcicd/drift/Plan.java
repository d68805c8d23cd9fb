package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.drift.DriftDetails.UncomparedColumn;
import io.mlcicd.drift.Selection.Pair;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How each shared column is to be compared, and which are not.
 *
 * @param columns the columns to compare, in the reference's order
 * @param notCompared the others, with the reason
 */
record Plan(List<Planned> columns, List<UncomparedColumn> notCompared) {

    /** Fewer values say nothing on whether a column holds identifiers. */
    private static final long IDENTIFIERS_FROM = 100;

    /**
     * A column to compare.
     *
     * @param reference the column as the reference has it
     * @param current the column as the current data have it
     * @param referenceOverview what is known of it in the reference; of numbers on both sides nothing, for these are
     *     counted as they are read
     * @param currentOverview what is known of it in the current data, likewise
     */
    record Planned(Column reference, Column current, Overview referenceOverview, Overview currentOverview) {

        String name() {
            return reference.name();
        }

        /** The type of its values: of a side without any, nothing can be told. */
        ColumnType type() {
            boolean told = isNumeric(reference, current) || referenceOverview.values() > 0;
            return told ? reference.type() : current.type();
        }

        ColumnKind kind() {
            return ColumnKind.of(type());
        }

        /** The current type when values of the two types cannot be compared. */
        Optional<ColumnType> changedTo() {
            boolean bothHaveValues = referenceOverview.values() > 0 && currentOverview.values() > 0;
            return bothHaveValues && !comparable(reference.type(), current.type())
                    ? Optional.of(current.type())
                    : Optional.empty();
        }
    }

    /** Whether the values of both sides are numbers, or dates: what needs no overview. */
    static boolean isNumeric(Column reference, Column current) {
        return comparable(reference.type(), current.type()) && NumericColumn.suits(reference.type());
    }

    /**
     * Decides from what the overviews tell.
     *
     * @throws InvalidInputException when a column that the user named cannot be compared, or none is left
     */
    static Plan of(Selection selection, Map<String, Overview> reference, Map<String, Overview> current) {
        List<Planned> columns = new ArrayList<>();
        List<UncomparedColumn> notCompared = new ArrayList<>();
        for (Pair pair : selection.shared()) {
            Planned column = new Planned(
                    pair.reference(),
                    pair.current(),
                    reference.getOrDefault(pair.name(), Overview.NO_VALUES),
                    current.getOrDefault(pair.name(), Overview.NO_VALUES));
            boolean named = selection.named().contains(pair.name());
            Optional<String> reason = column.changedTo().isPresent() ? Optional.empty() : reasonAgainst(column, named);
            if (reason.isEmpty()) {
                columns.add(column);
            } else {
                notCompared.add(new UncomparedColumn(pair.name(), column.type(), reason.get()));
            }
        }
        if (columns.isEmpty()) {
            throw new InvalidInputException("there is no column to compare for drift; "
                    + (notCompared.isEmpty()
                            ? "reference and current data share none of those asked for"
                            : notCompared.stream()
                                    .map(left -> "'" + left.name() + "': " + left.reason())
                                    .collect(Collectors.joining("; "))));
        }
        return new Plan(List.copyOf(columns), List.copyOf(notCompared));
    }

    private static Optional<String> reasonAgainst(Planned column, boolean named) {
        if (column.type() == ColumnType.OTHER) {
            if (named) {
                throw new InvalidInputException(
                        "'columns' of the drift check names '%s', but lists, structures and blobs cannot be compared"
                                .formatted(column.name()));
            }
            return Optional.of("lists, structures and blobs cannot be compared");
        }
        if (named) {
            return Optional.empty();
        }
        if (family(column.type()) == ColumnType.TIMESTAMP) {
            return Optional.of("dates move on by nature; name the column under 'columns' to compare it");
        }
        Overview overview = column.referenceOverview();
        boolean identifiers = column.type() == ColumnType.STRING
                && overview.values() >= IDENTIFIERS_FROM
                && overview.distinct() > overview.values() / 2;
        return identifiers
                ? Optional.of("more than half of its texts are different, as of identifiers and free text;"
                        + " name the column under 'columns' to compare it")
                : Optional.empty();
    }

    private static boolean comparable(ColumnType one, ColumnType other) {
        return family(one) == family(other);
    }

    /** One type that stands for all whose values compare with each other. */
    private static ColumnType family(ColumnType type) {
        return switch (type) {
            case INTEGER -> ColumnType.NUMBER;
            case DATE -> ColumnType.TIMESTAMP;
            default -> type;
        };
    }
}
