package io.mlcicd.statistic;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * How often the items of a sample are drawn in a Poisson bootstrap: independent Poisson numbers instead of multinomial
 * ones, which is the same for more than a few rows and needs no second pass (J. A. Hanley and B. MacGibbon, Computer
 * Methods and Programs in Biomedicine 83, 2006; N. Chamandy, O. Muralidharan, A. Najmi and S. Naidu, "Estimating uncertainty
 * for massive data streams", Google, 2012). The numbers are exactly Poisson at any mean: by inversion (A. W. Kemp and C. D.
 * Kemp, Journal of the Royal Statistical Society C 40, 1991) at means up to 40, by L. Devroye's rejection from a normal
 * distribution (Computing 26, 1981) above, in time that does not grow with the mean. Where one mean up to 1024 is asked for
 * many times in a row, they come from a table instead, several times as fast (G. Marsaglia, W. W. Tsang and J. Wang,
 * Journal of Statistical Software 11, 2004), whose probabilities are rounded to multiples of 2⁻³⁰. The same seed gives the
 * same numbers. Not safe for use by several threads.
 */
public final class PoissonWeights {

    /** A table takes as long to make as so many numbers without it. */
    private static final int WORTH_A_TABLE = 256;

    private static final double MOST_OF_TABLES = 1024;

    private final UniformRandomProvider random;
    private DiscreteSampler sampler = () -> 0;
    private double samplersMean;
    private int drawn;

    /** Numbers of that seed; those of neighbouring seeds are unrelated, since the generator scrambles them. */
    public PoissonWeights(long seed) {
        this.random = new SplittableRandom(seed)::nextLong;
    }

    /**
     * The next number; fastest when the mean is that of the number before.
     *
     * @param mean 0 to 10⁹
     */
    public double next(double mean) {
        if (mean != samplersMean) {
            DiscreteSampler none = () -> 0;
            sampler = mean == 0 ? none : PoissonSampler.of(random, mean);
            samplersMean = mean;
            drawn = 0;
        }
        if (drawn < WORTH_A_TABLE && ++drawn == WORTH_A_TABLE && mean > 0 && mean <= MOST_OF_TABLES) {
            sampler = MarsagliaTsangWangDiscreteSampler.Poisson.of(random, mean);
        }
        return sampler.sample();
    }
}
