package io.mlcicd.drift;

import io.mlcicd.operation.InvalidInputException;
import java.util.Map;

/**
 * When columns count as drifted.
 *
 * @param common the test of all columns that have none of their own
 * @param own tests of single columns, by name
 * @param correction how p-values are corrected for the number of columns
 * @param missingChange least change of the share of missing values that is drift, 0 to 1
 * @param newCategoryShare least share of rows in categories that the reference lacks that is drift, 0 to 1; also of rows
 *     without a value where the reference has none such
 */
public record ColumnTests(
        ColumnTest common,
        Map<String, ColumnTest> own,
        Correction correction,
        double missingChange,
        double newCategoryShare) {

    /** The customary least change of the share of missing values. */
    public static final double MISSING_CHANGE = 0.05;

    /** The customary least share of rows in new categories. */
    public static final double NEW_CATEGORY_SHARE = 0.01;

    /** What is used unless the user says otherwise. */
    public static final ColumnTests DEFAULT = of(ColumnTest.DEFAULT);

    /** @throws InvalidInputException when a share is not from 0 to 1 */
    public ColumnTests {
        own = Map.copyOf(own);
        requireShare("missingChange", missingChange);
        requireShare("newCategoryShare", newCategoryShare);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidInputException(
                    "%s of the drift check is %s; it must be a share from 0 to 1".formatted(name, value));
        }
    }

    /** One test for all columns, corrected by Benjamini and Hochberg. */
    public static ColumnTests of(ColumnTest common) {
        return new ColumnTests(common, Map.of(), Correction.BENJAMINI_HOCHBERG, MISSING_CHANGE, NEW_CATEGORY_SHARE);
    }

    /** The test of that column. */
    ColumnTest of(String column) {
        return own.getOrDefault(column, common);
    }
}
