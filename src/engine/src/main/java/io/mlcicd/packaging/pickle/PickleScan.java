package io.mlcicd.packaging.pickle;

import java.util.List;

/**
 * What the pickles among a model's files would do when they are loaded.
 *
 * @param pickles how many pickles there are, those within archives each by itself
 * @param findings what they import and is not known to be harmless, the dangerous first
 * @param problems one sentence for each that could not be followed to its end
 */
public record PickleScan(int pickles, List<PickleFinding> findings, List<String> problems) {

    /** No pickle. */
    public static final PickleScan NONE = new PickleScan(0, List.of(), List.of());

    public PickleScan {
        findings = findings == null ? List.of() : List.copyOf(findings);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    /** The findings of that level. */
    public List<PickleFinding> of(PickleFinding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).toList();
    }
}
