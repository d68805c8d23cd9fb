package io.mlcicd.drift;

import io.mlcicd.data.ColumnType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one column between reference and current data. Missing values (nulls, NaN and infinities) are a bin
 * of their own wherever bins or categories are compared; tests and distances of ordered values leave them out.
 *
 * @param name the column's name
 * @param type its type in the reference
 * @param changedTo its type in the current data when values of the two types cannot be compared, which counts as
 *     drift whatever the test says; the distances are then those of a move of all values from one bin to another
 * @param kind how its values were compared
 * @param role what it is to the model
 * @param weight its share of the importance of all compared features, 0 to 1; 0 of targets and predictions
 * @param drifted whether it drifted
 * @param reasons why; empty when it did not
 * @param method the test that was used, which may be the sibling of the one asked for
 * @param value what the test gave; of a method on p-values the p-value as it is
 * @param threshold what it was held against
 * @param pValue of a method on p-values its p-value, whose correction the threshold was held against
 * @param distances all measures
 * @param approximate whether a profile gave less than the exact distances
 * @param errors how much each measure may differ from that of the data behind the profiles, by its name in the
 *     distances; not there where a measure is exact
 * @param referenceMissing share of the reference's rows without a value, 0 to 1
 * @param currentMissing share of the current rows without a value, 0 to 1
 * @param missingPValue of the test whether that share changed
 * @param newCategoryShare share of the current rows in categories that the reference lacks, 0 to 1, as far as these are
 *     known; 0 of numbers
 * @param newCategoriesPValue of the test whether more rows than by chance are in such categories; empty of numbers and
 *     where the reference's categories are too many to be listed
 * @param distribution at most {@value #CHART_BINS} bins in order, or categories with the most frequent first; the
 *     shares of either side add up to 1
 * @param moved the bin or category whose share changed most; empty when none did
 * @param newCategories categories that only the current data have, the most frequent first, at most
 *     {@value #LISTED_CATEGORIES}
 * @param vanishedCategories categories that only the reference has, likewise
 * @param message a sentence that says all this to a person
 */
public record ColumnDrift(
        String name,
        ColumnType type,
        Optional<ColumnType> changedTo,
        ColumnKind kind,
        ColumnRole role,
        double weight,
        boolean drifted,
        List<DriftReason> reasons,
        TestMethod method,
        double value,
        double threshold,
        Optional<PValue> pValue,
        Distances distances,
        boolean approximate,
        Map<String, Double> errors,
        double referenceMissing,
        double currentMissing,
        PValue missingPValue,
        double newCategoryShare,
        Optional<PValue> newCategoriesPValue,
        List<Bin> distribution,
        Optional<Bin> moved,
        List<String> newCategories,
        List<String> vanishedCategories,
        String message) {

    /** How many bins a chart can show. */
    public static final int CHART_BINS = 20;

    /** How many new or vanished categories are named. */
    public static final int LISTED_CATEGORIES = 20;

    public ColumnDrift {
        reasons = List.copyOf(reasons);
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
        distribution = List.copyOf(distribution);
        newCategories = List.copyOf(newCategories);
        vanishedCategories = List.copyOf(vanishedCategories);
    }

    /** How much the share of missing values changed, -1 to 1. */
    double missingChange() {
        return currentMissing - referenceMissing;
    }

    boolean isFeature() {
        return role == ColumnRole.FEATURE;
    }
}
