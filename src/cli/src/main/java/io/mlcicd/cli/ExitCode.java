package io.mlcicd.cli;

import io.mlcicd.gate.Verdict;

/** Exit codes of the command; scripts and CI systems rely on them. */
final class ExitCode {
    /** All gates passed, or only such failed as warn. */
    static final int PASSED = 0;
    /** A gate of criticality FAILURE failed (or, with {@code --strict}, of UNSTABLE). */
    static final int GATE_FAILED = 1;
    /** The input or the arguments cannot be used. */
    static final int UNUSABLE_INPUT = 2;
    /** A registry, a service or another program failed. */
    static final int OUTSIDE_SYSTEM = 3;
    /** The user stopped the command, as shells report an interrupt. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Verdict verdict, boolean strict) {
        return switch (verdict) {
            case PASSED -> PASSED;
            case UNSTABLE -> strict ? GATE_FAILED : PASSED;
            case FAILED -> GATE_FAILED;
        };
    }
}
