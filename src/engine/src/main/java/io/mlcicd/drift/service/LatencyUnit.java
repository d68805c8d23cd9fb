package io.mlcicd.drift.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.operation.InvalidInputException;

/** The unit in which a service tells how long its answers took. */
public enum LatencyUnit {
    SECONDS("s", 1e3),
    MILLISECONDS("ms", 1),
    MICROSECONDS("us", 1e-3),
    NANOSECONDS("ns", 1e-6);

    private final String key;
    private final double millis;

    LatencyUnit(String key, double millis) {
        this.key = key;
        this.millis = millis;
    }

    /** The unit as people write it: {@code s}, {@code ms}, {@code us} or {@code ns}. */
    @JsonValue
    public String key() {
        return key;
    }

    /**
     * The unit of that key.
     *
     * @throws InvalidInputException when there is no such unit
     */
    @JsonCreator
    public static LatencyUnit of(String key) {
        for (LatencyUnit unit : values()) {
            if (unit.key.equals(key)) {
                return unit;
            }
        }
        throw new InvalidInputException("'%s' is no unit of latency; write s, ms, us or ns".formatted(key));
    }

    /** That many of this unit in milliseconds. */
    public double toMillis(double amount) {
        return amount * millis;
    }
}
