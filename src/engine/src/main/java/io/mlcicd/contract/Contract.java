package io.mlcicd.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a data set promises.
 *
 * @param name what the contract is called
 * @param minRows fewest rows; empty for no bound
 * @param maxRows most rows; empty for no bound
 * @param extraColumns whether there may be columns that the contract does not name
 * @param columns what each column promises, in the contract's order
 */
public record Contract(
        String name, OptionalLong minRows, OptionalLong maxRows, ExtraColumns extraColumns, List<ColumnRule> columns) {

    public Contract {
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
}
