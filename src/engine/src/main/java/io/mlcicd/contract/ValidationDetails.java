package io.mlcicd.contract;

import java.util.List;

/**
 * What validation adds to a result document.
 *
 * @param data each data set with its checks, in the request's order
 * @param results what other tools found out
 */
public record ValidationDetails(List<ValidatedData> data, List<ToolResults> results) {

    public ValidationDetails {
        data = List.copyOf(data);
        // Documents of the first version do not have them.
        results = results == null ? List.of() : List.copyOf(results);
    }
}
