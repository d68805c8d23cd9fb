package io.mlcicd.contract;

import io.mlcicd.data.ColumnType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data set promises.
 *
 * @param name what the contract is called
 * @param description what the data set holds, for people
 * @param missingColumns what a missing column means
 * @param promises what it promises as a whole, and of several columns together
 * @param columns what each column promises, in the contract's order
 */
public record Contract(
        String name,
        Optional<String> description,
        MissingColumns missingColumns,
        List<Promise> promises,
        List<ContractColumn> columns) {

    public Contract {
        promises = List.copyOf(promises);
        columns = List.copyOf(columns);
    }

    /**
     * Reads a contract from YAML.
     *
     * @throws io.mlcicd.operation.InvalidInputException when it is missing or contradicts itself; the message names
     *     file, line, column and key
     */
    public static Contract read(Path file) {
        return ContractFile.read(file).contract();
    }

    /** Every promise: those of the whole, then each column's. */
    public List<Promise> allPromises() {
        List<Promise> all = new ArrayList<>(promises);
        columns.forEach(column -> all.addAll(column.promises()));
        return all;
    }

    /** The types of the columns that have one. */
    public Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        columns.forEach(column -> column.type().ifPresent(type -> types.put(column.name(), type)));
        return types;
    }

    /** The column of that exact name, if the contract has one. */
    public Optional<ContractColumn> find(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }
}
