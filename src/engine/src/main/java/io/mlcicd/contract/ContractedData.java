package io.mlcicd.contract;

import io.mlcicd.data.DataSource;
import java.nio.file.Path;

/** A data set and the file with the contract it must keep. */
public record ContractedData(DataSource data, Path contract) {}
