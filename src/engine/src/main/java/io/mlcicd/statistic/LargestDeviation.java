package io.mlcicd.statistic;

import java.util.Arrays;
import java.util.Optional;

/**
 * The uncertainty of the distance between the greatest and the least of several rates. Over resamples, that distance is
 * always above 0 and grows with noise, so its own quantiles would never allow that all rates are equal. But it cannot miss
 * the true distance by more than the errors of any two rates differ; so a quantile of that greatest difference of errors
 * over resamples is how far the interval reaches on both sides (a simultaneous set for all differences; R. Beran, "Balanced
 * simultaneous confidence sets", JASA 83, 1988). Of two rates it covers as often as it says; of more, at least as often.
 */
public final class LargestDeviation implements Uncertainty {

    private static final int LEAST_DEFINED = 20;

    private final double estimate;
    private final double[] sorted;
    private final double greatest;

    private LargestDeviation(double estimate, double[] sorted, double greatest) {
        this.estimate = estimate;
        this.sorted = sorted;
        this.greatest = greatest;
    }

    /**
     * The distribution around an estimated distance.
     *
     * @param estimate 0 or more
     * @param deviations of each resample, by how much the errors of two rates differ at the most, 0 or more, may be
     *     infinite; NaN where it is not defined
     * @param greatest the greatest possible distance
     * @return empty when fewer than half of the resamples, or than 20, have it
     */
    public static Optional<LargestDeviation> of(double estimate, double[] deviations, double greatest) {
        double[] defined = Arrays.stream(deviations)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return defined.length < LEAST_DEFINED || 2 * defined.length < deviations.length
                ? Optional.empty()
                : Optional.of(new LargestDeviation(estimate, defined, greatest));
    }

    @Override
    public Interval interval(double confidence) {
        int position = (int) Math.ceil(confidence * sorted.length) - 1;
        double reach = sorted[Math.min(Math.max(position, 0), sorted.length - 1)];
        return new Interval(estimate - reach, estimate + reach).within(0, greatest);
    }

    @Override
    public String method() {
        return "bootstrap";
    }
}
