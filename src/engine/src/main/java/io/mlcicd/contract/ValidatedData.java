package io.mlcicd.contract;

import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataProfile;
import io.mlcicd.lineage.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A data set that was held against its contract.
 *
 * @param name what it is to the pipeline
 * @param path the file, as the user wrote it
 * @param contract the contract's name
 * @param contractDigest digest of the contract's file; empty in documents of the first version
 * @param rows number of rows
 * @param columns what the contract says of its columns, in its order
 * @param checks every promise of the contract, in its order
 * @param profile what the data look like
 */
public record ValidatedData(
        String name,
        String path,
        String contract,
        Optional<Digest> contractDigest,
        long rows,
        List<Described> columns,
        List<Check> checks,
        DataProfile profile) {

    /**
     * A column, as the contract describes it to people.
     *
     * @param name the column's exact name
     * @param type the type it is to have; empty for any
     * @param sensitive whether its values are kept out of results and reports
     * @param description what it holds
     */
    public record Described(String name, Optional<ColumnType> type, boolean sensitive, Optional<String> description) {

        static Described of(ContractColumn column) {
            return new Described(column.name(), column.type(), column.sensitive(), column.description());
        }
    }

    public ValidatedData {
        // Documents of the first version do not have them.
        columns = columns == null ? List.of() : List.copyOf(columns);
        checks = List.copyOf(checks);
    }

    /** The same, with what is known once digests are. */
    ValidatedData with(DataProfile complete, Digest contractFile) {
        return new ValidatedData(name, path, contract, Optional.of(contractFile), rows, columns, checks, complete);
    }
}
