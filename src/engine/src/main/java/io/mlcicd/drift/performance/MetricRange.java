package io.mlcicd.drift.performance;

import io.mlcicd.statistic.Interval;
import java.util.Set;

/** The values that a metric can have. */
final class MetricRange {

    private static final Set<String> UP_TO_ONE = Set.of("r2", "explainedVariance");
    private static final Set<String> CORRELATIONS = Set.of("mcc", "cohenKappa", "pearson", "spearman");
    private static final Set<String> SHARES = Set.of(
            "accuracy",
            "balancedAccuracy",
            "precision",
            "recall",
            "specificity",
            "rocAuc",
            "prAuc",
            "prAucTrapezoidal",
            "ks",
            "subsetAccuracy",
            "jaccard",
            "lrap",
            "hammingLoss",
            "rankingLoss",
            "ece",
            "ndcg",
            "map",
            "mrr",
            "hitRate",
            "coverage",
            "intervalCoverage",
            "calibrationError",
            "quantileCrossing");
    private static final Set<String> FROM_ZERO = Set.of(
            "logLoss",
            "brier",
            "liftTop10",
            "coverageError",
            "mae",
            "mse",
            "rmse",
            "msle",
            "rmsle",
            "mape",
            "smape",
            "wape",
            "medianAbsoluteError",
            "absoluteError",
            "maxError",
            "pinball",
            "intervalScore",
            "intervalWidth",
            "crps");

    private MetricRange() {}

    /** The range of a metric by its full name, such as {@code f1.macro} or {@code ndcg@10}; infinite where unknown. */
    static Interval of(String metric) {
        String family = metric.split("[.@]", 2)[0];
        if (CORRELATIONS.contains(family)) {
            return new Interval(-1, 1);
        }
        if (UP_TO_ONE.contains(family)) {
            return new Interval(Double.NEGATIVE_INFINITY, 1);
        }
        if (SHARES.contains(family) || metric.matches("f[0-9.]+(\\..*)?|top[0-9]+Accuracy")) {
            return new Interval(0, 1);
        }
        return new Interval(FROM_ZERO.contains(family) ? 0 : Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
