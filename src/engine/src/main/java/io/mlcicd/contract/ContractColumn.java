package io.mlcicd.contract;

import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * What a contract says of one column.
 *
 * @param name the column's exact name
 * @param type its type; an integer is a number too, and a date a timestamp; empty for any
 * @param required whether the column must be there
 * @param sensitive whether its values are kept out of results and reports
 * @param description what the column holds, for people
 * @param promises what it promises, in the contract's order
 */
public record ContractColumn(
        String name,
        Optional<ColumnType> type,
        boolean required,
        boolean sensitive,
        Optional<String> description,
        List<Promise> promises) {

    public ContractColumn {
        promises = List.copyOf(promises);
    }
}
