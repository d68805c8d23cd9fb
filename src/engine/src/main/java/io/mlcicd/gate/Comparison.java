package io.mlcicd.gate;

/** How a gate holds a metric against its threshold; every bound is inclusive. */
public enum Comparison {
    /** The metric must be at least the threshold. */
    MIN("min"),
    /** The metric must be at most the threshold. */
    MAX("max"),
    /** Metric minus the champion's metric must be at least the threshold. */
    MIN_CHANGE("minChangeVsChampion"),
    /** Metric minus the champion's metric must be at most the threshold. */
    MAX_CHANGE("maxChangeVsChampion"),
    /** The change, as a share of the champion's metric without its sign, must be at least the threshold. */
    MIN_RELATIVE_CHANGE("minRelativeChangeVsChampion"),
    /** The change, as a share of the champion's metric without its sign, must be at most the threshold. */
    MAX_RELATIVE_CHANGE("maxRelativeChangeVsChampion");

    private final String key;

    Comparison(String key) {
        this.key = key;
    }

    /** The key that stands for this comparison in YAML. */
    public String key() {
        return key;
    }

    /** Whether the champion's value is needed. */
    public boolean againstChampion() {
        return this != MIN && this != MAX;
    }

    /** Whether changes are taken as shares of the champion's metric. */
    public boolean relative() {
        return this == MIN_RELATIVE_CHANGE || this == MAX_RELATIVE_CHANGE;
    }

    /** Whether it is a lower bound. */
    public boolean isLeast() {
        return this == MIN || this == MIN_CHANGE || this == MIN_RELATIVE_CHANGE;
    }

    /** Whether the value (or the change) satisfies the threshold; a NaN never does. */
    public boolean holds(double value, double threshold) {
        return isLeast() ? value >= threshold : value <= threshold;
    }
}
