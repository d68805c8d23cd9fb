package io.mlcicd.contract;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.operation.Model;
import java.util.List;
import java.util.Optional;

/**
 * What to validate.
 *
 * @param model the model the data are for; empty when it does not matter
 * @param data the data sets, each under a name of its own
 * @param beside further data sets that contracts may compare with, under names of their own
 * @param examples how many rows that break a check are shown, 0 for none
 * @param results what other tools found out about data: files, folders or patterns of paths
 * @param dvc holds the data against what DVC records; empty when nobody asks
 */
public record ValidationRequest(
        Optional<Model> model,
        List<ContractedData> data,
        List<DataSource> beside,
        int examples,
        List<FileSource> results,
        Optional<RecordedVersions> dvc) {

    public ValidationRequest {
        data = List.copyOf(data);
        beside = List.copyOf(beside);
        results = List.copyOf(results);
    }

    /** Data sets of which no other tool knows anything. */
    public ValidationRequest(Optional<Model> model, List<ContractedData> data, List<DataSource> beside, int examples) {
        this(model, data, beside, examples, List.of(), Optional.empty());
    }

    /** Those data sets alone, with as many examples as are usual. */
    public ValidationRequest(Optional<Model> model, List<ContractedData> data) {
        this(model, data, List.of(), Check.MOST_EXAMPLES);
    }
}
