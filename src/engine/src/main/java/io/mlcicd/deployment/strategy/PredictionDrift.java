package io.mlcicd.deployment.strategy;

import io.mlcicd.data.distance.Binning;
import io.mlcicd.data.distance.Divergence;
import io.mlcicd.deployment.target.SeenPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * How far the new release's predictions are from the old one's.
 *
 * @param psi population stability index: of numbers over bins of equal frequency in the old ones, ten or fewer so that
 *     about ten of the smaller sample fall into each; of categories over the categories. Chance alone makes it about
 *     {@code (bins - 1) (1/n + 1/m)} for samples of n and m
 * @param pValue of the hypothesis that both come from one distribution: for numbers the two-sample Kolmogorov–Smirnov test
 *     (N. Smirnov, The Annals of Mathematical Statistics 19, 1948), which is conservative for numbers that repeat; for
 *     categories Pearson's chi-square test of homogeneity
 */
record PredictionDrift(double psi, double pValue) {

    private static final int LEAST = 20;
    private static final int MOST_BINS = 10;
    private static final int PER_BIN = 10;

    /** Compares them; empty when either side has fewer than twenty. */
    static Optional<PredictionDrift> between(SeenPredictions old, SeenPredictions current) {
        if (old.numbers().size() >= LEAST && current.numbers().size() >= LEAST) {
            return Optional.of(ofNumbers(sorted(old.numbers()), sorted(current.numbers())));
        }
        if (count(old) >= LEAST && count(current) >= LEAST) {
            return Optional.of(ofCategories(old, current));
        }
        return Optional.empty();
    }

    private static long count(SeenPredictions seen) {
        return seen.categories().values().stream().mapToLong(Long::longValue).sum();
    }

    private static double[] sorted(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static PredictionDrift ofNumbers(double[] old, double[] current) {
        int bins = Math.max(2, Math.min(MOST_BINS, Math.min(old.length, current.length) / PER_BIN));
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; i <= bins; i++) {
            quantiles.add(old[(int) Math.round((double) i / bins * (old.length - 1))]);
        }
        Binning binning = Binning.ofQuantiles(quantiles);
        double psi = Divergence.populationStabilityIndex(shares(old, binning), shares(current, binning));
        return new PredictionDrift(
                psi, KolmogorovSmirnovTest.withDefaults().test(old, current).getPValue());
    }

    private static double[] shares(double[] numbers, Binning binning) {
        double[] cuts = binning.cuts().stream().mapToDouble(Double::doubleValue).toArray();
        double[] shares = new double[binning.size()];
        for (double number : numbers) {
            int place = Arrays.binarySearch(cuts, number);
            shares[place >= 0 ? place + 1 : -place - 1] += 1.0 / numbers.length;
        }
        return shares;
    }

    private static PredictionDrift ofCategories(SeenPredictions old, SeenPredictions current) {
        TreeSet<String> names = new TreeSet<>(old.categories().keySet());
        names.addAll(current.categories().keySet());
        double n = count(old);
        double m = count(current);
        double[] before = names.stream()
                .mapToDouble(name -> old.categories().getOrDefault(name, 0L) / n)
                .toArray();
        double[] after = names.stream()
                .mapToDouble(name -> current.categories().getOrDefault(name, 0L) / m)
                .toArray();
        double chiSquare = 0;
        for (int i = 0; i < before.length; i++) {
            double pooled = (before[i] * n + after[i] * m) / (n + m);
            double difference = before[i] - after[i];
            chiSquare += difference * difference / pooled / (1 / n + 1 / m);
        }
        double pValue = before.length < 2
                ? 1
                : ChiSquaredDistribution.of(before.length - 1.0).survivalProbability(chiSquare);
        return new PredictionDrift(Divergence.populationStabilityIndex(before, after), pValue);
    }
}
