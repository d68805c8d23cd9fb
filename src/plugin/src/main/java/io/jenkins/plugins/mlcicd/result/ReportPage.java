package io.jenkins.plugins.mlcicd.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A build's report, or why it cannot be shown, such as a document that was deleted. */
public final class ReportPage {

    private final String report;
    private final String problem;

    ReportPage(String report, @CheckForNull String problem) {
        this.report = report;
        this.problem = problem;
    }

    /** The page's content; escaped by the engine, which takes no markup from a document. */
    public String getReport() {
        return report;
    }

    /** Null when there is none. */
    @CheckForNull
    public String getProblem() {
        return problem;
    }
}
