package io.mlcicd.contract;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set and the contract it must keep.
 *
 * @param data the data set
 * @param contract the contract's file
 * @param shown that file as the user wrote it, for documents
 * @param baseline a stored profile that distributions are compared with; without one, the last accepted profile is
 * @param accepted the profile of the last run that was accepted; empty when there was none
 */
public record ContractedData(
        DataSource data, Path contract, String shown, Optional<Path> baseline, Optional<DataProfile> accepted) {

    /** A data set and the contract it must keep, named as it is found, with nothing to compare it with. */
    public ContractedData(DataSource data, Path contract) {
        this(data, contract, contract.toString(), Optional.empty(), Optional.empty());
    }
}
