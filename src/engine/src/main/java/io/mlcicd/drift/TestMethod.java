package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.distance.Divergence;
import java.util.Locale;

/** How a column's two distributions are compared to decide whether the column drifted. */
public enum TestMethod {
    /** Population stability index, see {@link Divergence#populationStabilityIndex}; drifted from the threshold up. */
    PSI("PSI", 0.2),
    /** Two-sample Kolmogorov–Smirnov test, for numbers; drifted when its p-value is below the threshold. */
    KS("the p-value of the Kolmogorov-Smirnov test", 0.05),
    /** Chi-square test of homogeneity, for categories; drifted when its p-value is below the threshold. */
    CHI2("the p-value of the chi-square test", 0.05),
    /** Jensen–Shannon distance to base 2, see {@link Divergence#jensenShannon}; drifted from the threshold up. */
    JS("the Jensen-Shannon distance", 0.1);

    private final String title;
    private final double defaultThreshold;

    TestMethod(String title, double defaultThreshold) {
        this.title = title;
        this.defaultThreshold = defaultThreshold;
    }

    /** What the threshold is held against, for sentences. */
    String title() {
        return title;
    }

    /** The threshold when the user names none: the customary bounds of the field. */
    public double defaultThreshold() {
        return defaultThreshold;
    }

    /** Whether the threshold is on a p-value, so that small values mean drift. */
    public boolean onPValue() {
        return this == KS || this == CHI2;
    }

    /** The method that answers the same question for columns of that kind; itself where it suits. */
    TestMethod suiting(ColumnKind kind) {
        if (!onPValue()) {
            return this;
        }
        return kind == ColumnKind.NUMERIC ? KS : CHI2;
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
