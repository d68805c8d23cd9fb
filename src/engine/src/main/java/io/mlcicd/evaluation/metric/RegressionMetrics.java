package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Metrics of predicted numbers, in the label's own unit or its square or without one; an error is prediction minus label.
 * Definitions are those of scikit-learn 1.9; sources stand with the tallies.
 */
public final class RegressionMetrics implements TaskMetrics {

    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        String absoluteError = "ABS(" + columns.predictedValue() + " - " + columns.actual() + ")";
        return List.of(
                MetricFamily.unordered(
                                List.of(columns.actual(), columns.predictedValue()), weight -> new RegressionTally())
                        .orSummed(RegressionSums.of(columns)),
                MetricFamily.ranked(List.of(absoluteError), OptionalInt.empty(), AbsoluteErrorTally::new));
    }

    @Override
    public Set<String> withoutInterval() {
        return Set.of("maxError");
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof RegressionTally regression) {
                findings.residuals(regression.histogram());
                regression.notes().forEach(findings::note);
            }
        }
    }
}
