package io.mlcicd.contract;

import io.mlcicd.data.DataSource;
import java.nio.file.Path;

/**
 * A data set and the contract it must keep.
 *
 * @param data the data set
 * @param contract the contract's file
 * @param shown that file as the user wrote it, for documents
 */
public record ContractedData(DataSource data, Path contract, String shown) {

    /** A data set and the contract it must keep, named as it is found. */
    public ContractedData(DataSource data, Path contract) {
        this(data, contract, contract.toString());
    }
}
