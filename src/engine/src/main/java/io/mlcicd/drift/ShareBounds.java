package io.mlcicd.drift;

import io.mlcicd.data.distance.Divergence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * How far distances of shares may be from those of the data behind a profile, when of each bin's shares only bounds are
 * known. Each distance is a function of a sum of terms, one for each bin, that grow as a bin's two shares move apart; so a
 * term is greatest at the ends of its intervals, and least where these come closest.
 */
final class ShareBounds {

    /**
     * What is known of the shares of a bin.
     *
     * @param referenceLow at least this
     * @param referenceHigh at most this
     * @param currentLow at least this
     * @param currentHigh at most this
     */
    record Bounds(double referenceLow, double referenceHigh, double currentLow, double currentHigh) {

        double greatest(DoubleBinaryOperator term) {
            return Math.max(
                    Math.max(
                            term.applyAsDouble(referenceLow, currentLow),
                            term.applyAsDouble(referenceLow, currentHigh)),
                    Math.max(
                            term.applyAsDouble(referenceHigh, currentLow),
                            term.applyAsDouble(referenceHigh, currentHigh)));
        }

        double least(DoubleBinaryOperator term) {
            if (referenceHigh < currentLow) {
                return term.applyAsDouble(referenceHigh, currentLow);
            }
            boolean exact = referenceLow == referenceHigh && currentLow == currentHigh;
            return exact || currentHigh < referenceLow ? term.applyAsDouble(referenceLow, currentHigh) : 0;
        }
    }

    private static final double LEAST = Divergence.LEAST_SHARE;

    private ShareBounds() {}

    /** By how much each of these distances may be off; those that are exact are left out. */
    static Map<String, Double> errors(List<Bounds> bins, Map<String, Double> distances) {
        Map<String, Double> errors = new HashMap<>();
        put(
                errors,
                "psi",
                distances,
                sum(bins, Divergence::populationStability, false),
                sum(bins, Divergence::populationStability, true));
        put(
                errors,
                "js",
                distances,
                root(sum(bins, ShareBounds::jensenShannon, false)),
                root(sum(bins, ShareBounds::jensenShannon, true)));
        put(
                errors,
                "hellinger",
                distances,
                root(sum(bins, ShareBounds::hellinger, false)),
                root(sum(bins, ShareBounds::hellinger, true)));
        // The terms of the divergence add up to it less what the least share adds to the reference's.
        double leastAdded = bins.stream()
                .mapToDouble(bin -> Math.max(0, LEAST - bin.referenceHigh()))
                .sum();
        double mostAdded = bins.stream()
                .mapToDouble(bin -> Math.max(0, LEAST - bin.referenceLow()))
                .sum();
        put(
                errors,
                "kl",
                distances,
                Math.max(0, sum(bins, ShareBounds::kullbackLeibler, false) - mostAdded),
                Math.max(0, sum(bins, ShareBounds::kullbackLeibler, true) - leastAdded));
        put(
                errors,
                "tv",
                distances,
                sum(bins, ShareBounds::apart, false) / 2,
                Math.min(1, sum(bins, ShareBounds::apart, true) / 2));
        put(
                errors,
                "linf",
                distances,
                bins.stream()
                        .mapToDouble(bin -> bin.least(ShareBounds::apart))
                        .max()
                        .orElse(0),
                bins.stream()
                        .mapToDouble(bin -> bin.greatest(ShareBounds::apart))
                        .max()
                        .orElse(0));
        return errors;
    }

    static void put(Map<String, Double> errors, String name, Map<String, Double> distances, double low, double high) {
        double value = distances.get(name);
        double error = Math.max(high - value, value - low);
        // The square roots of sums that should be zero.
        if (error > 1e-7) {
            errors.put(name, Math.min(error, Double.MAX_VALUE));
        }
    }

    private static double sum(List<Bounds> bins, DoubleBinaryOperator term, boolean greatest) {
        return bins.stream()
                .mapToDouble(bin -> greatest ? bin.greatest(term) : bin.least(term))
                .sum();
    }

    private static double root(double sum) {
        return Math.sqrt(Math.min(1, Math.max(0, sum)));
    }

    private static double jensenShannon(double p, double q) {
        double mean = (p + q) / 2;
        double nats = (p == 0 ? 0 : p * Math.log(p / mean)) + (q == 0 ? 0 : q * Math.log(q / mean));
        return nats / 2 / Math.log(2);
    }

    private static double hellinger(double p, double q) {
        double difference = Math.sqrt(p) - Math.sqrt(q);
        return difference * difference / 2;
    }

    private static double kullbackLeibler(double p, double q) {
        double least = Math.max(p, LEAST);
        return (q == 0 ? 0 : q * Math.log(q / least)) - q + least;
    }

    private static double apart(double p, double q) {
        return Math.abs(p - q);
    }
}
