package io.mlcicd.contract;

import io.mlcicd.data.DataProfile;
import java.util.List;

/**
 * A data set that was held against its contract.
 *
 * @param name what it is to the pipeline
 * @param path the file, as the user wrote it
 * @param contract the contract's name
 * @param rows number of rows
 * @param checks every promise of the contract, in its order
 * @param profile what the data look like
 */
public record ValidatedData(
        String name, String path, String contract, long rows, List<Check> checks, DataProfile profile) {

    public ValidatedData {
        checks = List.copyOf(checks);
    }
}
