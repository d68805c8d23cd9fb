package io.mlcicd.evaluation;

/**
 * How confidence intervals are made.
 *
 * @param level their confidence, from 0.5 up to 0.999
 * @param resamples how often the bootstrap draws, 100 or more
 * @param seed of the bootstrap: the same rows and seed give the same intervals
 */
public record Confidence(double level, int resamples, long seed) {

    /** What is told when nobody says otherwise: 95 %, of 1000 resamples. */
    public static final Confidence DEFAULT = new Confidence(0.95, 1000, 20_260_101L);
}
