package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.statistic.MultipleTesting;
import java.util.Arrays;

/** How p-values of many columns are corrected, of which some are small by chance alone. */
public enum Correction {
    /** False findings are at most the threshold's share of all findings, see {@link MultipleTesting}. */
    BENJAMINI_HOCHBERG("benjaminiHochberg"),
    /** Not at all: of columns that did not drift, the threshold's share is found. */
    NONE("none");

    private final String key;

    Correction(String key) {
        this.key = key;
    }

    double[] adjust(double[] pValues) {
        return this == NONE ? pValues.clone() : MultipleTesting.benjaminiHochberg(pValues);
    }

    @JsonValue
    public String key() {
        return key;
    }

    @JsonCreator
    public static Correction of(String key) {
        return Arrays.stream(values())
                .filter(correction -> correction.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no correction is called " + key));
    }
}
