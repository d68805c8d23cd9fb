package io.mlcicd.drift;

import java.util.List;

/**
 * What must be known of a column before its distribution is asked for.
 *
 * @param values number of rows with a value; NaN and infinities are none
 * @param distinct number of different values, within a few percent; 0 where it was not asked
 * @param deciles the quantiles at 0, 0.1, ..., 1 by linear interpolation; empty where not asked or without values
 */
record Overview(long values, long distinct, List<Double> deciles) {

    /** A column of which every row is missing. */
    static final Overview NO_VALUES = new Overview(0, 0, List.of());

    /** The levels of the deciles. */
    static final List<Double> LEVELS = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
}
