package io.mlcicd.drift;

import java.util.OptionalDouble;

/**
 * A bin of numbers or a category, with the shares of both sides' rows in it.
 *
 * @param label the bin or category for people
 * @param from least number of the bin, inclusive; empty for categories and where the bin is open below
 * @param to upper end of the bin, exclusive; empty for categories and where the bin is open above
 * @param reference share of the reference's rows, 0 to 1
 * @param current share of the current rows, 0 to 1
 * @param psi what it contributes to the population stability index, 0 and up
 */
public record Bin(String label, OptionalDouble from, OptionalDouble to, double reference, double current, double psi) {

    /** How much of the mass came or went, 0 to 1. */
    double moved() {
        return Math.abs(current - reference);
    }
}
