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
    MAX_CHANGE("maxChangeVsChampion");

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
        return this == MIN_CHANGE || this == MAX_CHANGE;
    }

    /** Whether the value (or the change) satisfies the threshold; a NaN never does. */
    public boolean holds(double value, double threshold) {
        return switch (this) {
            case MIN, MIN_CHANGE -> value >= threshold;
            case MAX, MAX_CHANGE -> value <= threshold;
        };
    }
}
