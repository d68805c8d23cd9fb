package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.distance.Divergence;
import java.util.Locale;

/** How a column's two distributions are compared to decide whether the column drifted. */
public enum TestMethod {
    /** By the column's kind and the number of its values, see {@link AutomaticChoice}. */
    AUTO("auto", "", 0, Scale.DISTANCE),
    /** Population stability index, see {@link Divergence#populationStabilityIndex}; drifted from the threshold up. */
    PSI("psi", "PSI", 0.2, Scale.UNBOUNDED),
    /** Two-sample Kolmogorov–Smirnov test, for numbers; drifted when its p-value is below the threshold. */
    KS("ks.pValue", "the p-value of the Kolmogorov-Smirnov test", 0.05, Scale.P_VALUE),
    /** Two-sample Anderson–Darling test, for numbers, likewise; more sensitive at the ends than {@link #KS}. */
    AD("ad.pValue", "the p-value of the Anderson-Darling test", 0.05, Scale.P_VALUE),
    /** Two-sample Cramér–von Mises test, for numbers, likewise. */
    CVM("cvm.pValue", "the p-value of the Cramér-von Mises test", 0.05, Scale.P_VALUE),
    /** Wasserstein distance over the reference's standard deviation, for numbers; drifted from the threshold up. */
    WASSERSTEIN("wasserstein.normed", "the normed Wasserstein distance", 0.1, Scale.UNBOUNDED),
    /** Jensen–Shannon distance to base 2, see {@link Divergence#jensenShannon}; drifted from the threshold up. */
    JS("js", "the Jensen-Shannon distance", 0.1, Scale.DISTANCE),
    /** Hellinger distance, see {@link Divergence#hellinger}; drifted from the threshold up. */
    HELLINGER("hellinger", "the Hellinger distance", 0.1, Scale.DISTANCE),
    /** Kullback–Leibler divergence in nats, see {@link Divergence#kullbackLeibler}; drifted from the threshold up. */
    KL("kl", "the Kullback-Leibler divergence", 0.1, Scale.UNBOUNDED),
    /** Total variation distance, see {@link Divergence#totalVariation}; drifted from the threshold up. */
    TV("tv", "the total variation distance", 0.1, Scale.DISTANCE),
    /** Greatest difference of a share, see {@link Divergence#chebyshev}; drifted from the threshold up. */
    LINF("linf", "the L-infinity distance", 0.1, Scale.DISTANCE),
    /** Chi-square test of homogeneity, for categories; drifted when its p-value is below the threshold. */
    CHI2("chi2.pValue", "the p-value of the chi-square test", 0.05, Scale.P_VALUE),
    /** Likelihood-ratio (G) test of homogeneity, for categories, likewise. */
    G("g.pValue", "the p-value of the G-test", 0.05, Scale.P_VALUE),
    /** Fisher's exact test, after Freeman and Halton for more than two categories, likewise. */
    FISHER("fisher.pValue", "the p-value of Fisher's exact test", 0.05, Scale.P_VALUE);

    private enum Scale {
        P_VALUE,
        DISTANCE,
        UNBOUNDED
    }

    private final String measure;
    private final String title;
    private final double defaultThreshold;
    private final Scale scale;

    TestMethod(String measure, String title, double defaultThreshold, Scale scale) {
        this.measure = measure;
        this.title = title;
        this.defaultThreshold = defaultThreshold;
        this.scale = scale;
    }

    /** The measure that the threshold is held against, as {@link Distances} name it. */
    String measure() {
        return measure;
    }

    /** What the threshold is held against, for sentences. */
    String title() {
        return title;
    }

    /** The threshold when the user names none: the customary bounds of the field. Of {@link #AUTO} there is none. */
    public double defaultThreshold() {
        return defaultThreshold;
    }

    /** Whether the threshold is on a p-value, so that small values mean drift. */
    public boolean onPValue() {
        return scale == Scale.P_VALUE;
    }

    /** Whether no value is above 1. */
    boolean bounded() {
        return scale != Scale.UNBOUNDED;
    }

    /** The method that answers the same question for columns of that kind; itself where it suits. */
    TestMethod suiting(ColumnKind kind) {
        boolean numeric = kind == ColumnKind.NUMERIC;
        return switch (this) {
            case KS, AD, CVM -> numeric ? this : CHI2;
            case WASSERSTEIN -> numeric ? this : JS;
            case CHI2, G, FISHER -> numeric ? KS : this;
            default -> this;
        };
    }

    /**
     * What answers instead when a side has no values, or too few: the Kolmogorov–Smirnov test, which has an answer
     * then, and a distance that counts missing values.
     */
    TestMethod withoutValues() {
        return switch (this) {
            case AD, CVM -> KS;
            case WASSERSTEIN -> JS;
            default -> this;
        };
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static TestMethod of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
