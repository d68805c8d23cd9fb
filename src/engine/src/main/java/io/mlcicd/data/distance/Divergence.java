package io.mlcicd.data.distance;

/** Distances between two discrete distributions over the same bins, given as shares that add up to 1. */
public final class Divergence {

    /**
     * The least share that enters the population stability index. Without it an empty bin would make the index
     * infinite; being a share and not a count, it leaves the index independent of the number of rows.
     */
    public static final double LEAST_SHARE = 1e-4;

    private Divergence() {}

    /**
     * The population stability index, the sum over all bins of {@code (q - p) ln(q / p)}, that is Jeffreys' divergence;
     * 0 for equal distributions, never negative. Shares below {@value #LEAST_SHARE} count as that much. By custom below
     * 0.1 is no shift, from 0.2 (elsewhere 0.25) a significant one.
     *
     * <p>Sources: N. Siddiqi, Credit Risk Scorecards, Wiley 2006; B. Yurdakul, Statistical Properties of Population
     * Stability Index, Western Michigan University 2018.
     */
    public static double populationStabilityIndex(double[] reference, double[] current) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            sum += populationStability(reference[i], current[i]);
        }
        return sum;
    }

    /** What one bin of these shares contributes to the population stability index. */
    public static double populationStability(double reference, double current) {
        double p = Math.max(reference, LEAST_SHARE);
        double q = Math.max(current, LEAST_SHARE);
        return (q - p) * Math.log(q / p);
    }

    /**
     * The Jensen–Shannon distance to base 2: the square root of the mean Kullback–Leibler divergence of both
     * distributions from their mean, in bits. A metric from 0 (equal) to 1 (nothing in common).
     *
     * <p>Sources: J. Lin, IEEE Transactions on Information Theory 37, 1991; D. M. Endres and J. E. Schindelin, same
     * journal 49, 2003.
     */
    public static double jensenShannon(double[] reference, double[] current) {
        double nats = 0;
        for (int i = 0; i < reference.length; i++) {
            double mean = (reference[i] + current[i]) / 2;
            nats += relativeEntropy(reference[i], mean) + relativeEntropy(current[i], mean);
        }
        double bits = nats / 2 / Math.log(2);
        return Math.sqrt(Math.min(1, Math.max(0, bits)));
    }

    /**
     * The Kullback–Leibler divergence of the current distribution from the reference, the sum over all bins of {@code q
     * ln(q / p)}, in nats; 0 for equal distributions. Shares of the reference below {@value #LEAST_SHARE} count as that
     * much, for a bin that the reference lacks would make it infinite.
     *
     * <p>Source: S. Kullback and R. A. Leibler, The Annals of Mathematical Statistics 22, 1951.
     */
    public static double kullbackLeibler(double[] reference, double[] current) {
        double nats = 0;
        for (int i = 0; i < reference.length; i++) {
            nats += relativeEntropy(current[i], Math.max(reference[i], LEAST_SHARE));
        }
        return Math.max(0, nats);
    }

    /**
     * The Hellinger distance, {@code sqrt(sum((sqrt(p) - sqrt(q))^2) / 2)}; a metric from 0 (equal) to 1 (nothing in
     * common).
     *
     * <p>Source: E. Hellinger, Journal für die reine und angewandte Mathematik 136, 1909; with the factor 1/2 as in A. W.
     * van der Vaart, Asymptotic Statistics, section 14.5.
     */
    public static double hellinger(double[] reference, double[] current) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = Math.sqrt(reference[i]) - Math.sqrt(current[i]);
            sum += difference * difference;
        }
        return Math.sqrt(Math.min(1, sum / 2));
    }

    /**
     * The total variation distance, {@code sum(|p - q|) / 2}: the mass that must move to turn one distribution into the
     * other, from 0 (equal) to 1 (nothing in common).
     *
     * <p>Source: D. A. Levin, Y. Peres and E. L. Wilmer, Markov Chains and Mixing Times, section 4.1.
     */
    public static double totalVariation(double[] reference, double[] current) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            sum += Math.abs(reference[i] - current[i]);
        }
        return Math.min(1, sum / 2);
    }

    /** The greatest difference of a bin's shares, 0 to 1: the Chebyshev distance, or the metric of the norm L-infinity. */
    public static double chebyshev(double[] reference, double[] current) {
        double greatest = 0;
        for (int i = 0; i < reference.length; i++) {
            greatest = Math.max(greatest, Math.abs(reference[i] - current[i]));
        }
        return greatest;
    }

    private static double relativeEntropy(double share, double mean) {
        return share == 0 ? 0 : share * Math.log(share / mean);
    }
}
