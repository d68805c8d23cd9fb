package io.mlcicd.drift.multivariate;

import java.util.List;

/**
 * A column's sampled values on both sides as numbers.
 *
 * @param name the column's name
 * @param kind what the numbers are
 * @param sides the values of the reference and of the current data; NaN where missing
 * @param categories of categories, what the codes 0, 1, 2 ... stand for, the most frequent first; rarer ones share the
 *     code that follows
 */
record EncodedColumn(String name, Kind kind, Sides sides, List<String> categories) {

    enum Kind {
        /** Numbers, and dates as seconds. */
        NUMBER,
        /** 0 or 1. */
        BOOLEAN,
        /** Codes of texts. */
        CATEGORY
    }

    /** The values of both sides; the arrays are not changed any more. */
    static final class Sides {
        private final double[] reference;
        private final double[] current;

        Sides(double[] reference, double[] current) {
            this.reference = reference;
            this.current = current;
        }

        double[] reference() {
            return reference;
        }

        double[] current() {
            return current;
        }
    }
}
