package io.mlcicd.gate;

/** What became of one gate. */
public enum Outcome {
    PASSED,
    FAILED,
    /** There was nothing to hold the gate against, such as a champion on the very first run. */
    SKIPPED
}
