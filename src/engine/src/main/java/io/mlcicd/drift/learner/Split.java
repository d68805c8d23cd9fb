package io.mlcicd.drift.learner;

/**
 * A question on one column that parts a node's rows.
 *
 * @param feature the column's index
 * @param bin values up to this bin go left
 * @param missingLeft whether missing values go left
 * @param gain how much it lowers the loss, in the unit of the second-order approximation
 */
record Split(int feature, int bin, boolean missingLeft, double gain) {

    /** Whether it is better than another; of equals the first column's, so that it does not matter who looks first. */
    boolean beats(Split other) {
        return gain > other.gain || (gain == other.gain && feature < other.feature);
    }
}
