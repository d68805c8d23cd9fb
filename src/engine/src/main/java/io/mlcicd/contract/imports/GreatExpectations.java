package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Suites of Great Expectations, as versions 0.x and 1.x save them in JSON. Nulls, {@code mostly}, {@code row_condition}
 * and severities mean here what they mean there.
 */
final class GreatExpectations {

    /** Says one expectation in a draft. */
    @FunctionalInterface
    interface Translation {

        /** Adds it to the draft, or answers why that cannot be. */
        Optional<String> add(Expectation expectation, ExpectationDraft draft);
    }

    private static final Map<String, Translation> TRANSLATIONS = translations();

    private GreatExpectations() {}

    private static Map<String, Translation> translations() {
        Map<String, Translation> all = new HashMap<>();
        all.putAll(ValueExpectations.TRANSLATIONS);
        all.putAll(ColumnExpectations.TRANSLATIONS);
        all.putAll(TableExpectations.TRANSLATIONS);
        return all;
    }

    static boolean recognizes(JsonNode file) {
        return file.path("expectations").isArray();
    }

    static ImportedContract read(JsonNode suite) {
        Draft draft = new Draft(
                suite.path("name").asText(suite.path("expectation_suite_name").asText()));
        draft.root().put("missingColumns", "fail");
        JsonNode list = suite.path("expectations");
        for (int i = 0; i < list.size(); i++) {
            add(Expectation.of(i, list.get(i)), draft);
        }
        return draft.done("Great Expectations");
    }

    private static void add(Expectation expectation, Draft draft) {
        Translation translation = TRANSLATIONS.get(expectation.type());
        if (translation == null) {
            draft.leave(expectation.shown(), "no check of ours is like it");
            return;
        }
        Optional<String> where = Optional.empty();
        if (expectation.has("row_condition")) {
            where = RowCondition.of(expectation.text("row_condition").orElseThrow());
            if (where.isEmpty()) {
                draft.leave(expectation.shown(), "its row_condition says more than a condition of ours can");
                return;
            }
        }
        Optional<String> parameter = parameter(expectation.kwargs());
        if (parameter.isPresent()) {
            draft.leave(expectation.shown(), "its parameter " + parameter.get() + " gets its value at run time");
            return;
        }
        Optional<String> problem = translation.add(expectation, new ExpectationDraft(draft, expectation, where));
        if (problem.isPresent()) {
            draft.leave(expectation.shown(), problem.get());
        } else {
            draft.carry();
        }
    }

    /** The first keyword whose value is only known when the suite runs. */
    private static Optional<String> parameter(JsonNode kwargs) {
        for (Map.Entry<String, JsonNode> entry : kwargs.properties()) {
            if (entry.getValue() instanceof ObjectNode object && object.has("$PARAMETER")) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
