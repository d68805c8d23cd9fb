package io.mlcicd.drift.multivariate;

import java.util.List;

/**
 * Which pairs of numeric columns no longer go together as they did, see {@link CorrelationDrift}.
 *
 * @param greatestChange the greatest absolute change of a coefficient among the pairs that changed significantly, 0 to 2;
 *     0 when none did
 * @param changedPairs how many pairs changed significantly
 * @param comparedPairs how many pairs were compared
 * @param columns how many numeric columns were compared with each other
 * @param threshold the change from which on a significant one counts as drift
 * @param drifted whether a pair changed significantly and by at least the threshold
 * @param pairs those that changed significantly, the greatest change first, at most {@value #LISTED}
 * @param message a sentence that says all this to a person
 */
public record CorrelationFinding(
        double greatestChange,
        int changedPairs,
        int comparedPairs,
        int columns,
        double threshold,
        boolean drifted,
        List<PairChange> pairs,
        String message) {

    static final int LISTED = 20;

    public CorrelationFinding {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two columns and their correlation on both sides.
     *
     * @param first name of a column
     * @param second name of a column after it
     * @param reference Pearson's coefficient in the reference, -1 to 1
     * @param current Pearson's coefficient in the current data, -1 to 1
     * @param pValue of Fisher's z test, corrected for the number of pairs, 0 to 1
     */
    public record PairChange(String first, String second, double reference, double current, double pValue) {

        /** How far the coefficient moved, 0 to 2. */
        double change() {
            return Math.abs(current - reference);
        }
    }
}
