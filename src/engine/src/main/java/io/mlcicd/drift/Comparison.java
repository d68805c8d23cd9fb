package io.mlcicd.drift;

import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Both distributions of a column side by side, with all measures, before anybody says whether that is drift.
 *
 * @param column the column
 * @param kind how its values are compared
 * @param contingency the rows of both sides by bin or category
 * @param table the rows of both sides value by value: of categories, and of numbers that have few different ones
 * @param reference the reference's rows
 * @param current the current rows
 * @param distances all measures
 * @param approximate whether a profile gave less than the exact distances
 * @param errors by how much the measures may be off, where they may be
 * @param newCategories what is known of rows in categories that the reference lacks
 * @param added categories that only the current data have
 * @param vanished categories that only the reference has
 */
record Comparison(
        Planned column,
        ColumnKind kind,
        Contingency contingency,
        Optional<Contingency> table,
        Rows reference,
        Rows current,
        Distances distances,
        boolean approximate,
        Map<String, Double> errors,
        Optional<NewCategories> newCategories,
        List<String> added,
        List<String> vanished) {

    /** The test to use under what was asked. */
    ColumnTest test(ColumnTest asked) {
        ColumnTest test = asked.method() == TestMethod.AUTO ? AutomaticChoice.of(this) : asked.suiting(kind);
        boolean known = test.method() == TestMethod.FISHER
                || distances.get(test.method().measure()).isPresent();
        return known ? test : test.withoutValues();
    }

    /** With the p-value of Fisher's exact test, which is too slow to be computed where nobody asks for it. */
    Comparison withFisher() {
        if (table.isEmpty()) {
            return this;
        }
        return new Comparison(
                column,
                kind,
                contingency,
                table,
                reference,
                current,
                distances.with(TestMethod.FISHER.measure(), FisherExact.pValue(table.get())),
                approximate,
                errors,
                newCategories,
                added,
                vanished);
    }
}
