package io.mlcicd.deployment;

import io.mlcicd.data.FileSource;
import io.mlcicd.gate.GateResult;
import java.util.List;

/** What else a batch's output must be held against before it is published, such as a data contract. */
@FunctionalInterface
public interface OutputContract {

    /** Nothing else. */
    OutputContract NONE = output -> List.of();

    /**
     * Holds the output against it; one that fails with criticality FAILURE is not published.
     *
     * @param output the output, still under a name of its own
     */
    List<GateResult> hold(FileSource output) throws InterruptedException;
}
