package io.mlcicd.contract;

import java.util.List;

/**
 * What another tool found out about data, taken over as it judged.
 *
 * @param tool the tool's name
 * @param name what its checks are about: the data asset or suite, the split
 * @param file the file of its results, as the user wrote it
 * @param checks what it looked at; TensorFlow Data Validation names what is broken alone
 */
public record ToolResults(String tool, String name, String file, List<Check> checks) {

    public ToolResults {
        checks = List.copyOf(checks);
    }
}
