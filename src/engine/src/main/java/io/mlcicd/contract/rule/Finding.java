package io.mlcicd.contract.rule;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was found in the data, before it is judged.
 *
 * @param measured the number that is held against bounds; empty for rules on rows, and where there was none
 * @param violations how many rows (or columns) break the rule
 * @param concerned how many rows the rule is about: those with a value
 * @param rows how many rows were looked at
 * @param told what was found, for people; empty for rules on rows, which are told by their count
 * @param breaking how the rows that break the rule are looked up
 * @param skipped whether there was nothing to hold the rule against, such as a baseline on the very first run
 */
public record Finding(
        OptionalDouble measured,
        long violations,
        long concerned,
        long rows,
        Optional<String> told,
        Optional<Breaking> breaking,
        boolean skipped) {

    /** Rows that were counted. */
    public static Finding ofRows(long violations, long concerned, long rows, Optional<Breaking> breaking) {
        return new Finding(OptionalDouble.empty(), violations, concerned, rows, Optional.empty(), breaking, false);
    }

    /** A number that was measured. */
    public static Finding ofNumber(OptionalDouble number, String told) {
        return new Finding(number, 0, 0, 0, Optional.of(told), Optional.empty(), false);
    }

    /** Nothing to compare with. */
    public static Finding nothingToCompareWith(String told) {
        return new Finding(OptionalDouble.empty(), 0, 0, 0, Optional.of(told), Optional.empty(), true);
    }

    /** A number that was measured, and the rows behind it. */
    public static Finding ofNumber(double number, String told, long violations, long rows, Breaking breaking) {
        return new Finding(
                OptionalDouble.of(number), violations, rows, rows, Optional.of(told), Optional.of(breaking), false);
    }

    /** The share of rows that break the rule, 0 to 1; 0 when there are none. */
    public double share() {
        return rows == 0 ? 0 : (double) violations / rows;
    }

    /** The share of rows that break the rule among those it is about, 0 to 1; 0 when there are none. */
    public double shareOfConcerned() {
        return concerned == 0 ? 0 : (double) violations / concerned;
    }
}
