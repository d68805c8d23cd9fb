package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;
import static io.mlcicd.contract.imports.ExpectationDraft.typeOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.imports.GreatExpectations.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expectations on a number or a set that a column has as a whole. */
final class ColumnExpectations {

    private static final Optional<String> ADDED = Optional.empty();

    /** Their classes are there, but the tool itself computes them no more. */
    private static final String NO_METRIC = "Great Expectations itself has no metric for it any more";

    static final Map<String, Translation> TRANSLATIONS = Map.ofEntries(
            Map.entry("expect_column_to_exist", ColumnExpectations::exists),
            Map.entry("expect_column_mean_to_be_between", (e, draft) -> bounded(e, draft, "mean")),
            Map.entry("expect_column_median_to_be_between", (e, draft) -> bounded(e, draft, "median")),
            Map.entry("expect_column_stdev_to_be_between", (e, draft) -> bounded(e, draft, "stdDev")),
            Map.entry("expect_column_sum_to_be_between", (e, draft) -> bounded(e, draft, "sum")),
            Map.entry("expect_column_min_to_be_between", (e, draft) -> bounded(e, draft, "smallest")),
            Map.entry("expect_column_max_to_be_between", (e, draft) -> bounded(e, draft, "largest")),
            Map.entry("expect_column_unique_value_count_to_be_between", (e, draft) -> bounded(e, draft, "distinct")),
            Map.entry(
                    "expect_column_proportion_of_unique_values_to_be_between",
                    (e, draft) -> bounded(e, draft, "distinctShare")),
            Map.entry("expect_column_quantile_values_to_be_between", ColumnExpectations::quantiles),
            Map.entry("expect_column_distinct_values_to_be_in_set", (e, draft) -> distinct(e, draft, "within")),
            Map.entry("expect_column_distinct_values_to_contain_set", (e, draft) -> distinct(e, draft, "contains")),
            Map.entry("expect_column_distinct_values_to_equal_set", (e, draft) -> distinct(e, draft, "equals")),
            Map.entry("expect_column_most_common_value_to_be_in_set", ColumnExpectations::mostCommon),
            Map.entry("expect_column_kl_divergence_to_be_less_than", ColumnExpectations::divergence),
            Map.entry(
                    "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than",
                    (e, draft) -> Optional.of(NO_METRIC)),
            Map.entry("expect_column_chisquare_test_p_value_to_be_greater_than", (e, draft) -> Optional.of(NO_METRIC)),
            Map.entry(
                    "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
                    (e, draft) -> Optional.of(NO_METRIC)),
            Map.entry("expect_column_pair_cramers_phi_value_to_be_less_than", (e, draft) -> Optional.of(NO_METRIC)));

    private ColumnExpectations() {}

    private static Optional<String> exists(Expectation e, ExpectationDraft draft) {
        draft.draft().column(e.column().orElseThrow());
        return e.has("column_index")
                ? Optional.of("the column must be there, but its position is not asked for")
                : ADDED;
    }

    private static Optional<String> bounded(Expectation e, ExpectationDraft draft, String key) {
        ObjectNode bounds = e.bounds();
        if (bounds.isEmpty()) {
            return Optional.of("it has no bound");
        }
        for (JsonNode bound : bounds) {
            if (!bound.isNumber()) {
                return Optional.of("its bounds are not numbers");
            }
        }
        draft.number(node(key, bounds));
        return ADDED;
    }

    private static Optional<String> quantiles(Expectation e, ExpectationDraft draft) {
        JsonNode levels = e.get("quantile_ranges").path("quantiles");
        JsonNode ranges = e.get("quantile_ranges").path("value_ranges");
        ObjectNode quantiles = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < levels.size(); i++) {
            ObjectNode bounds = JsonNodeFactory.instance.objectNode();
            JsonNode range = ranges.path(i);
            if (range.path(0).isNumber()) {
                bounds.set("min", range.get(0));
            }
            if (range.path(1).isNumber()) {
                bounds.set("max", range.get(1));
            }
            if (!bounds.isEmpty()) {
                quantiles.set(levels.get(i).asText(), bounds);
            }
        }
        if (quantiles.isEmpty()) {
            return Optional.of("it has no bound");
        }
        draft.number(node("quantiles", quantiles));
        return ADDED;
    }

    private static Optional<String> distinct(Expectation e, ExpectationDraft draft, String key) {
        JsonNode set = e.get("value_set");
        Optional<String> type = typeOf(set);
        if (set.isEmpty() || type.isEmpty()) {
            return Optional.of("its value_set is empty or has values of different types");
        }
        draft.number(node("distinctValues", node(key, ValueExpectations.distinct(set)))
                .put("as", type.get()));
        return ADDED;
    }

    private static Optional<String> mostCommon(Expectation e, ExpectationDraft draft) {
        JsonNode set = e.get("value_set");
        Optional<String> type = typeOf(set);
        if (set.isEmpty() || type.isEmpty()) {
            return Optional.of("its value_set is empty or has values of different types");
        }
        if (e.is("ties_okay")) {
            return Optional.of("of values that are equally common, all must be in the set here");
        }
        draft.number(node("mostCommon", ValueExpectations.distinct(set)).put("as", type.get()));
        return ADDED;
    }

    private static Optional<String> divergence(Expectation e, ExpectationDraft draft) {
        JsonNode partition = e.get("partition_object");
        if (partition.isMissingNode() || !e.has("threshold")) {
            return Optional.of("without a partition_object and a threshold it can never fail");
        }
        ObjectNode check = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("values", "bins", "weights")) {
            if (partition.has(key)) {
                check.set(key, partition.get(key));
            }
        }
        if (partition.has("tail_weights")) {
            check.set("tailWeights", partition.get("tail_weights"));
        }
        if (e.has("tail_weight_holdout")) {
            check.set("tailHoldout", e.get("tail_weight_holdout"));
        }
        if (e.has("internal_weight_holdout")) {
            check.set("internalHoldout", e.get("internal_weight_holdout"));
        }
        check.set("max", e.get("threshold"));
        draft.number(node("divergence", check));
        return ADDED;
    }
}
