package io.mlcicd.drift;

import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * What became of one column between reference and current data. Missing values (nulls, NaN and infinities) are a bin
 * of their own wherever bins or categories are compared; the Kolmogorov–Smirnov test leaves them out.
 *
 * @param name the column's name
 * @param type its type in the reference
 * @param changedTo its type in the current data when values of the two types cannot be compared, which counts as
 *     drift whatever the test says; the distances are then those of a move of all values from one bin to another
 * @param kind how its values were compared
 * @param drifted whether it drifted
 * @param method the test that was used, which may be the sibling of the one asked for
 * @param value what the test gave; a p-value for {@code ks} and {@code chi2}
 * @param threshold what it was held against
 * @param distances all measures
 * @param approximate whether a profile gave less than the exact distances: see {@link ProfileSide}
 * @param referenceMissing share of the reference's rows without a value, 0 to 1
 * @param currentMissing share of the current rows without a value, 0 to 1
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
        boolean drifted,
        TestMethod method,
        double value,
        double threshold,
        Distances distances,
        boolean approximate,
        double referenceMissing,
        double currentMissing,
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
        distribution = List.copyOf(distribution);
        newCategories = List.copyOf(newCategories);
        vanishedCategories = List.copyOf(vanishedCategories);
    }
}
