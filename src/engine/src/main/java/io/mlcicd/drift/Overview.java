package io.mlcicd.drift;

import java.util.List;

/**
 * What must be known of a column before it is known how to compare it.
 *
 * @param values number of rows with a value; NaN and infinities are none
 * @param distinct number of different texts, within a few percent; 0 of other types
 */
record Overview(long values, long distinct) {

    /** A column of which every row is missing. */
    static final Overview NO_VALUES = new Overview(0, 0);

    /** The levels of the deciles. */
    static final List<Double> LEVELS = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
}
