package io.mlcicd.contract;

import io.mlcicd.data.ColumnType;
import io.mlcicd.gate.Criticality;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one column promises. Bounds and values are text: numbers in decimal, dates and timestamps in ISO 8601.
 *
 * @param name the column's exact name
 * @param type its type; an integer is a number too, and a date a timestamp; empty for any
 * @param required whether the column must be there
 * @param maxNullShare the greatest share of rows without a value, 0 to 1; empty for no bound
 * @param min least value, inclusive
 * @param max greatest value, inclusive
 * @param values the only values there may be; empty for any
 * @param pattern regular expression (RE2 syntax) that each whole text must match
 * @param unique whether no value may stand in more than one row
 * @param criticality what it means when one of these is broken
 * @param description what the column holds, for people
 */
public record ColumnRule(
        String name,
        Optional<ColumnType> type,
        boolean required,
        OptionalDouble maxNullShare,
        Optional<String> min,
        Optional<String> max,
        List<String> values,
        Optional<String> pattern,
        boolean unique,
        Criticality criticality,
        Optional<String> description) {

    public ColumnRule {
        values = List.copyOf(values);
    }
}
