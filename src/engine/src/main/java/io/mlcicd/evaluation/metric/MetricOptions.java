package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What of the metrics can be chosen.
 *
 * @param threshold binary and multilabel with scores alone: the score from which on a row counts as positive; one half when
 *     left out
 * @param betas of F-beta metrics beside F1, each above 0
 * @param topK multiclass: how many of the best classes may hold the true one, each 1 or more
 * @param cutoffs ranking: how many of the best documents count, each 1 or more
 * @param costs binary: what each outcome of a decision costs
 */
public record MetricOptions(
        OptionalDouble threshold,
        List<Double> betas,
        List<Integer> topK,
        List<Integer> cutoffs,
        Optional<Costs> costs) {

    /** Nothing chosen. */
    public static final MetricOptions DEFAULT =
            new MetricOptions(OptionalDouble.empty(), List.of(), List.of(), List.of(), Optional.empty());

    /** Costs of the four outcomes, in the user's own unit; a gain is negative. */
    public record Costs(double truePositive, double falsePositive, double falseNegative, double trueNegative) {}

    public MetricOptions {
        betas = betas == null ? List.of() : List.copyOf(betas);
        topK = topK == null ? List.of() : List.copyOf(topK);
        cutoffs = cutoffs == null || cutoffs.isEmpty() ? List.of(5, 10) : List.copyOf(cutoffs);
    }
}
