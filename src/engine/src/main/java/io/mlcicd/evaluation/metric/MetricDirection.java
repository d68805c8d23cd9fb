package io.mlcicd.evaluation.metric;

import java.util.Optional;
import java.util.Set;

/** Which way a metric is better. */
public final class MetricDirection {

    private static final Set<String> HIGHER = Set.of(
            "accuracy",
            "balancedAccuracy",
            "precision",
            "recall",
            "specificity",
            "f1",
            "mcc",
            "cohenKappa",
            "rocAuc",
            "prAuc",
            "prAucTrapezoidal",
            "ks",
            "liftTop10",
            "subsetAccuracy",
            "jaccard",
            "lrap",
            "r2",
            "explainedVariance",
            "pearson",
            "ndcg",
            "map",
            "mrr",
            "hitRate",
            "behaviour",
            "tests.passed");

    private static final Set<String> LOWER = Set.of(
            "logLoss",
            "brier",
            "ece",
            "cost",
            "costBest",
            "hammingLoss",
            "coverageError",
            "rankingLoss",
            "mae",
            "mse",
            "rmse",
            "rmsle",
            "mape",
            "smape",
            "wape",
            "medianAbsoluteError",
            "absoluteError",
            "maxError",
            "pinball",
            "calibrationError",
            "intervalScore",
            "crps",
            "quantileCrossing",
            "latency",
            "errors.share",
            "tests.failed",
            "fairness");

    private MetricDirection() {}

    /**
     * Whether more of the metric is better; empty where neither way is, such as for a bias, or the metric is unknown.
     *
     * @param metric the full name, such as {@code f1.macro}, {@code ndcg@10} or {@code precision.rain}
     */
    public static Optional<Boolean> higherIsBetter(String metric) {
        if (HIGHER.contains(metric)) {
            return Optional.of(true);
        }
        if (LOWER.contains(metric)) {
            return Optional.of(false);
        }
        if (metric.startsWith("fairness.") && metric.endsWith("Ratio")) {
            return Optional.of(true);
        }
        String family = metric.split("[.@]", 2)[0];
        if (family.matches("f[0-9]+") || metric.matches("f[0-9.]+(\\..*)?") || metric.matches("top[0-9]+Accuracy")) {
            return Optional.of(true);
        }
        if (HIGHER.contains(family)) {
            return Optional.of(true);
        }
        return LOWER.contains(family) ? Optional.of(false) : Optional.empty();
    }
}
