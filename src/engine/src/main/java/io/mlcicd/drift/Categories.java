package io.mlcicd.drift;

import java.util.Map;

/**
 * The categories of a column on one side.
 *
 * @param counts the most frequent values as text, in falling order, with the number of rows that have them
 * @param complete whether these are all values there are
 */
record Categories(Map<String, Long> counts, boolean complete) {

    /** A column without values. */
    static final Categories NONE = new Categories(Map.of(), true);

    /** How many categories of a column are told apart; rarer ones are compared together. */
    static final int LIMIT = 1000;

    /** Whether the number of rows with that value is known, be it 0. */
    boolean knows(String value) {
        return complete || counts.containsKey(value);
    }

    /** The number of rows with that value, 0 where it is not listed. */
    long count(String value) {
        return counts.getOrDefault(value, 0L);
    }
}
