package io.mlcicd.contract;

import io.mlcicd.operation.Model;
import java.util.List;
import java.util.Optional;

/**
 * What to validate.
 *
 * @param model the model the data are for; empty when it does not matter
 * @param data the data sets, each under a name of its own
 */
public record ValidationRequest(Optional<Model> model, List<ContractedData> data) {

    public ValidationRequest {
        data = List.copyOf(data);
    }
}
