package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of predicted quantiles, as of quantile regression and probabilistic forecasts, in the label's own unit or as
 * shares; and of the point forecast, where there is a prediction or the quantile of level 0.5. Sources stand with
 * {@link QuantileTally}.
 */
public final class QuantileMetrics implements TaskMetrics {

    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        List<String> expressions = new ArrayList<>();
        expressions.add(columns.actual());
        for (int i = 0; i < columns.levels().size(); i++) {
            expressions.add(columns.quantile(i));
        }
        if (columns.predicted()) {
            expressions.add(columns.predictedValue());
        }
        QuantileScheme scheme = new QuantileScheme(columns.levels(), columns.predicted());
        return List.of(MetricFamily.unordered(expressions, weight -> new QuantileTally(scheme))
                .orSummed(QuantileSums.of(scheme, columns)));
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof QuantileTally quantiles) {
                List<LevelCoverage> coverage = quantiles.coverage();
                findings.coverage(coverage);
                if (!quantiles.residuals().isEmpty()) {
                    findings.residuals(quantiles.residuals());
                }
                if (quantiles.crossing() > 0) {
                    findings.note("quantiles cross: in some rows that of a higher level is below that of a lower one"
                            + " (quantileCrossing is their share)");
                }
            }
        }
    }
}
