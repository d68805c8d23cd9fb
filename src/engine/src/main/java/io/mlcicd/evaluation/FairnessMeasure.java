package io.mlcicd.evaluation;

import io.mlcicd.evaluation.GroupOutcomes.Rate;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.LargestDeviation;
import io.mlcicd.statistic.PoissonWeights;
import io.mlcicd.statistic.Transformed;
import io.mlcicd.statistic.Uncertainty;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A measure of how differently groups are treated: the difference between the greatest and the least rate of a group, or
 * the least over the greatest; of several rates, the worse of them. Defined as Fairlearn's functions of the same names, but
 * that a group is left out of a rate that it has no rows for (Fairlearn takes it for 0), and that the ratio of rates that
 * all are 0 is 1 (Fairlearn: NaN), for they are equal.
 */
enum FairnessMeasure {
    DEMOGRAPHIC_PARITY_DIFFERENCE("demographicParityDifference", false),
    DEMOGRAPHIC_PARITY_RATIO("demographicParityRatio", true),
    EQUALIZED_ODDS_DIFFERENCE("equalizedOddsDifference", false),
    EQUALIZED_ODDS_RATIO("equalizedOddsRatio", true),
    EQUAL_OPPORTUNITY_DIFFERENCE("equalOpportunityDifference", false),
    ACCURACY_DIFFERENCE("accuracyDifference", false);

    private final String key;
    private final boolean ratio;

    FairnessMeasure(String key, boolean ratio) {
        this.key = key;
        this.ratio = ratio;
    }

    String key() {
        return key;
    }

    private List<Rate> rates() {
        return switch (this) {
            case DEMOGRAPHIC_PARITY_DIFFERENCE, DEMOGRAPHIC_PARITY_RATIO -> List.of(Rate.SELECTION);
            case EQUALIZED_ODDS_DIFFERENCE, EQUALIZED_ODDS_RATIO -> List.of(Rate.TRUE_POSITIVES, Rate.FALSE_POSITIVES);
            case EQUAL_OPPORTUNITY_DIFFERENCE -> List.of(Rate.TRUE_POSITIVES);
            case ACCURACY_DIFFERENCE -> List.of(Rate.ACCURACY);
        };
    }

    /** Its value; empty when a rate is known of fewer than two groups. */
    OptionalDouble of(List<GroupOutcomes> groups) {
        double worst = 0;
        for (Rate rate : rates()) {
            double[] known = groups.stream()
                    .mapToDouble(group -> group.rate(rate))
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            if (known.length < 2) {
                return OptionalDouble.empty();
            }
            double least = known[0];
            double greatest = known[known.length - 1];
            worst = Math.max(worst, ratio ? (greatest > 0 ? 1 - least / greatest : 0) : greatest - least);
        }
        return OptionalDouble.of(ratio ? 1 - worst : worst);
    }

    /** Its value with its uncertainty; that of a ratio of 0 cannot be told. */
    Estimate estimate(double value, Deviations deviations) {
        if (!ratio) {
            return new Estimate(
                    value,
                    LargestDeviation.of(value, deviations.of(rates(), false), 1).map(Uncertainty.class::cast));
        }
        Optional<LargestDeviation> ofLogarithm = value > 0
                ? LargestDeviation.of(-Math.log(value), deviations.of(rates(), true), Double.POSITIVE_INFINITY)
                : Optional.empty();
        return new Estimate(value, ofLogarithm.map(each -> new Transformed(each, distance -> Math.exp(-distance))));
    }

    /** By how much the errors of two groups' rates, or of their logarithms, differ at the most in each resample. */
    static final class Deviations {

        private final List<GroupOutcomes> groups;
        private final List<GroupOutcomes> origins;
        private final Map<Rate, double[]> differences = new EnumMap<>(Rate.class);
        private final Map<Rate, double[]> logarithms = new EnumMap<>(Rate.class);

        Deviations(List<GroupOutcomes> groups, int resamples) {
            this.groups = groups;
            this.origins = groups.stream().map(GroupOutcomes::smoothed).toList();
            for (Rate rate : Rate.values()) {
                differences.put(rate, new double[resamples]);
                logarithms.put(rate, new double[resamples]);
            }
        }

        void draw(int resample, PoissonWeights weights) {
            List<GroupOutcomes> drawn =
                    origins.stream().map(group -> group.resampled(weights)).toList();
            for (Rate rate : Rate.values()) {
                differences.get(rate)[resample] = largest(drawn, rate, false);
                logarithms.get(rate)[resample] = largest(drawn, rate, true);
            }
        }

        private double largest(List<GroupOutcomes> drawn, Rate rate, boolean logarithm) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int g = 0; g < groups.size(); g++) {
                if (Double.isNaN(groups.get(g).rate(rate))) {
                    continue;
                }
                double from = origins.get(g).rate(rate);
                double to = drawn.get(g).rate(rate);
                double error = logarithm ? Math.log(to / from) : to - from;
                if (Double.isNaN(error)) {
                    return Double.NaN;
                }
                least = Math.min(least, error);
                greatest = Math.max(greatest, error);
            }
            return least < greatest ? greatest - least : 0;
        }

        private double[] of(List<Rate> rates, boolean logarithm) {
            double[] worst = new double[differences.get(rates.get(0)).length];
            for (Rate rate : rates) {
                double[] each = (logarithm ? logarithms : differences).get(rate);
                for (int i = 0; i < worst.length; i++) {
                    worst[i] = Math.max(worst[i], each[i]);
                }
            }
            return worst;
        }
    }
}
