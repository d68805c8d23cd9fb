package io.mlcicd.statistic;

import java.util.Optional;

/**
 * A metric's value with its uncertainty.
 *
 * @param value finite
 * @param uncertainty empty where none can be told, as of the greatest error or of a single row
 */
public record Estimate(double value, Optional<Uncertainty> uncertainty) {

    /** A value that is certain, such as a number of rows. */
    public static Estimate certain(double value) {
        return new Estimate(value, Optional.empty());
    }
}
