package io.mlcicd.contract.rule;

import java.util.Locale;

/** How the distance of two distributions is measured; 0 for equal ones. */
public enum DistanceMethod {
    /** Population stability index over deciles of the reference or over categories, as in a drift check; 0 and up. */
    PSI("a population stability index"),
    /** Kullback–Leibler divergence of the data from the reference over the same bins, in nats; 0 and up. */
    KL("a Kullback-Leibler divergence"),
    /** Jensen–Shannon distance to base 2 over the same bins; 0 to 1. */
    JS("a Jensen-Shannon distance"),
    /** The greatest difference of a bin's shares; 0 to 1. */
    LINF("a greatest difference of shares"),
    /**
     * The Wasserstein distance of order one, in standard deviations of the reference; of a constant reference, in the
     * column's own unit.
     */
    WASSERSTEIN("a Wasserstein distance in standard deviations"),
    /** The two-sample Kolmogorov–Smirnov statistic: the greatest distance of the distribution functions; 0 to 1. */
    KS("a Kolmogorov-Smirnov statistic");

    private final String title;

    DistanceMethod(String title) {
        this.title = title;
    }

    /** What it is, for sentences. */
    String title() {
        return title;
    }

    /** Whether it is one of numbers alone. */
    boolean needsOrder() {
        return this == WASSERSTEIN || this == KS;
    }

    /** The method of that key. */
    static DistanceMethod of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
