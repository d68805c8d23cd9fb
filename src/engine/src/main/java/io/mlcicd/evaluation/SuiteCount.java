package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import java.util.ArrayList;
import java.util.List;

/** What came of a suite's test cases, while its report is read. */
final class SuiteCount {

    private static final int MOST_TOLD = 20;

    private final String name;
    private final int declaredFailures;
    private final int declaredErrors;
    private final double declaredSeconds;
    private final List<String> told = new ArrayList<>();
    private long untold;
    private long passed;
    private long failed;
    private long errors;
    private long skipped;
    private double seconds;
    private boolean hasSuites;
    private long failedWithin;
    private long errorsWithin;

    SuiteCount(String name, int declaredFailures, int declaredErrors, double declaredSeconds) {
        this.name = name;
        this.declaredFailures = declaredFailures;
        this.declaredErrors = declaredErrors;
        this.declaredSeconds = declaredSeconds;
    }

    void passed() {
        passed++;
    }

    void skipped() {
        skipped++;
    }

    void took(double time) {
        seconds += time;
    }

    /** A test case that did not pass. */
    void broken(boolean isFailure, String description) {
        failed += isFailure ? 1 : 0;
        errors += isFailure ? 0 : 1;
        if (told.size() < MOST_TOLD) {
            told.add(description);
        } else {
            untold++;
        }
    }

    /** Takes in a suite of this suite. */
    void contain(SuiteCount inner) {
        hasSuites = true;
        failedWithin += inner.failed + inner.failedWithin;
        errorsWithin += inner.errors + inner.errorsWithin;
    }

    /**
     * Ends the suite. One that broke as a whole, say because its process died, may say so in its own numbers alone; what
     * no test case accounts for must not be lost.
     */
    void settle() {
        long moreFailures = Math.max(0, declaredFailures - failed - failedWithin);
        long moreErrors = Math.max(0, declaredErrors - errors - errorsWithin);
        if (moreFailures + moreErrors > 0) {
            failed += moreFailures;
            errors += moreErrors;
            told.add(
                    0,
                    "%d failures and %d errors of the suite itself, without a test case"
                            .formatted(moreFailures, moreErrors));
        }
    }

    /** Whether it is more than a bracket around other suites. */
    boolean isWorthTelling() {
        return tests() > 0 || !hasSuites;
    }

    TestSuite result() {
        List<String> first = new ArrayList<>(told);
        if (untold > 0) {
            first.add("and " + untold + " more");
        }
        // The time of a suite with suites in it covers theirs, which are told by themselves.
        double time = hasSuites || declaredSeconds == 0 ? seconds : declaredSeconds;
        return new TestSuite(name, tests(), failed, errors, skipped, time, List.copyOf(first));
    }

    private long tests() {
        return passed + failed + errors + skipped;
    }
}
