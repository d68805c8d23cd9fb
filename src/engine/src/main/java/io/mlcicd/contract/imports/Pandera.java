package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schemas of pandera as its {@code to_yaml} writes them, checks under {@code checks} or beside the column's keys. */
final class Pandera {

    private static final String CHANGES_DATA = "a contract changes no data";

    private static final Set<String> COLUMN_KEYS = Set.of(
            "title",
            "description",
            "dtype",
            "nullable",
            "checks",
            "name",
            "unique",
            "coerce",
            "required",
            "regex",
            "drop_invalid_rows");

    private static final Set<String> SCHEMA_KEYS = Set.of(
            "schema_type",
            "version",
            "api",
            "dataframe_library",
            "columns",
            "checks",
            "index",
            "dtype",
            "coerce",
            "strict",
            "name",
            "ordered",
            "unique",
            "report_duplicates",
            "unique_column_names",
            "add_missing_columns",
            "title",
            "description",
            "drop_invalid_rows");

    private final Draft draft;

    private Pandera(Draft draft) {
        this.draft = draft;
    }

    static boolean recognizes(JsonNode file) {
        return file.path("schema_type").asText().equals("dataframe");
    }

    static ImportedContract read(JsonNode file) {
        Draft draft = new Draft(file.path("name").asText("").replace("null", ""));
        new Pandera(draft).schema(file);
        return draft.done("pandera");
    }

    private void schema(JsonNode file) {
        draft.root().put("missingColumns", "fail");
        if (file.hasNonNull("description")) {
            draft.root().set("description", file.get("description"));
        }
        JsonNode columns = file.path("columns");
        ArrayNode order = JsonNodeFactory.instance.arrayNode();
        if (columns.isArray()) {
            columns.forEach(column -> column(column.path("name").asText(), column, order));
        } else {
            columns.properties().forEach(column -> column(column.getKey(), column.getValue(), order));
        }
        if (file.path("strict").asBoolean(false)) {
            draft.root().put("extraColumns", "forbid");
            draft.carry();
        }
        if (file.path("ordered").asBoolean(false)) {
            draft.check(node("columnOrder", order));
            draft.carry();
        }
        unique(file.path("unique"));
        if (file.path("index").size() > 0) {
            draft.leave("index", "files have no index; say it of the column that holds it");
        }
        checks(file, SCHEMA_KEYS)
                .forEach(check ->
                        draft.leave("check " + check.getKey() + " of the data frame", "no check of ours is like it"));
        changes("", file, List.of("coerce", "add_missing_columns", "drop_invalid_rows"));
        if (file.path("strict").asText().equals("filter")) {
            draft.leave("strict: filter", CHANGES_DATA);
        }
        if (file.hasNonNull("dtype")) {
            draft.leave("dtype " + file.get("dtype").asText() + " of the data frame", "say it of each column");
        }
    }

    private void changes(String owner, JsonNode node, List<String> keys) {
        for (String key : keys) {
            if (node.path(key).asBoolean(false)) {
                draft.leave(owner + key, CHANGES_DATA);
            }
        }
    }

    private void unique(JsonNode unique) {
        if (unique.isTextual()) {
            draft.column(unique.asText()).put("unique", true);
            draft.carry();
        } else if (unique.size() > 0) {
            draft.check(node("unique", unique));
            draft.carry();
        }
    }

    private void column(String name, JsonNode column, ArrayNode order) {
        if (column.path("regex").asBoolean(false)) {
            draft.leave("column " + name, "it stands for all columns whose names match it; name each");
            return;
        }
        order.add(name);
        ObjectNode target = draft.column(name);
        Optional<String> type = type(column.path("dtype").asText(""));
        type.ifPresent(known -> {
            target.put("type", known);
            draft.carry();
        });
        if (type.isEmpty() && column.hasNonNull("dtype")) {
            draft.leave("column " + name + ": dtype " + column.get("dtype").asText(), "no type of ours is like it");
        }
        if (column.hasNonNull("required") && !column.get("required").asBoolean()) {
            target.put("required", false);
        }
        if (!column.path("nullable").asBoolean(false)) {
            target.put("maxNullShare", 0);
            draft.carry();
        }
        if (column.path("unique").asBoolean(false)) {
            target.put("unique", true);
            draft.carry();
        }
        if (column.hasNonNull("description")) {
            target.set("description", column.get("description"));
        }
        changes("column " + name + ": ", column, List.of("coerce", "drop_invalid_rows"));
        checks(column, COLUMN_KEYS).forEach(check -> {
            Optional<String> problem = check(name, type.orElse(""), check.getKey(), check.getValue());
            problem.ifPresentOrElse(
                    why -> draft.leave("column " + name + ": check " + check.getKey(), why), draft::carry);
        });
    }

    /** Checks by their names, wherever this version writes them. */
    private static List<Map.Entry<String, JsonNode>> checks(JsonNode owner, Set<String> others) {
        List<Map.Entry<String, JsonNode>> checks = new ArrayList<>();
        JsonNode list = owner.path("checks");
        if (list.isArray()) {
            list.forEach(check -> checks.add(
                    Map.entry(check.path("options").path("check_name").asText("check"), check)));
        } else {
            checks.addAll(list.properties());
        }
        owner.properties().stream()
                .filter(entry -> !others.contains(entry.getKey()))
                .forEach(checks::add);
        return checks;
    }

    private static Optional<String> type(String dtype) {
        String name = dtype.toLowerCase(Locale.ROOT);
        if (name.startsWith("int") || name.startsWith("uint")) {
            return Optional.of("integer");
        }
        if (name.startsWith("float") || name.startsWith("decimal") || name.startsWith("double")) {
            return Optional.of("number");
        }
        if (name.startsWith("str") || name.equals("object") || name.startsWith("category")) {
            return Optional.of("string");
        }
        if (name.startsWith("bool")) {
            return Optional.of("boolean");
        }
        if (name.startsWith("datetime")) {
            return Optional.of("timestamp");
        }
        return name.equals("date") ? Optional.of("date") : Optional.empty();
    }

    private Optional<String> check(String column, String type, String name, JsonNode check) {
        if (!option(check, "ignore_na", true)) {
            return Optional.of("nulls break it there and are passed over here; say maxNullShare");
        }
        if (given(check, "groupby") || given(check, "n_failure_cases")) {
            return Optional.of("no check of ours has groupby or n_failure_cases");
        }
        ObjectNode ours = JsonNodeFactory.instance.objectNode();
        Optional<String> problem = rule(ours, name, check);
        if (problem.isPresent()) {
            return problem;
        }
        boolean literal = ours.has("min") || ours.has("max") || ours.has("above") || ours.has("below");
        if ((literal || ours.has("values") || ours.has("notValues")) && (type.isEmpty() || type.equals("string"))) {
            Optional<String> own = ExpectationDraft.typeOf(
                    ours.has("values") || ours.has("notValues")
                            ? ours.path(ours.has("values") ? "values" : "notValues")
                            : ours);
            if (own.isEmpty()) {
                return Optional.of("its values are of different types");
            }
            if (!own.get().equals(type)) {
                ours.put("as", own.get());
            }
        }
        if (ours.has("pattern") && !type.equals("string")) {
            ours.put("as", "string");
        }
        if (option(check, "raise_warning", false)) {
            ours.put("criticality", "UNSTABLE");
        }
        draft.check(column, ours);
        return Optional.empty();
    }

    private static boolean option(JsonNode check, String name, boolean otherwise) {
        return check.path(name).asBoolean(check.path("options").path(name).asBoolean(otherwise));
    }

    private static boolean given(JsonNode check, String name) {
        return check.hasNonNull(name) || check.path("options").hasNonNull(name);
    }

    private static Optional<String> rule(ObjectNode ours, String name, JsonNode check) {
        JsonNode value = value(check);
        switch (name) {
            case "greater_than" -> ours.set("above", value);
            case "greater_than_or_equal_to" -> ours.set("min", value);
            case "less_than" -> ours.set("below", value);
            case "less_than_or_equal_to" -> ours.set("max", value);
            case "equal_to" -> ours.putArray("values").add(value);
            case "not_equal_to" -> ours.putArray("notValues").add(value);
            case "in_range" -> {
                ours.set(check.path("include_min").asBoolean(true) ? "min" : "above", check.get("min_value"));
                ours.set(check.path("include_max").asBoolean(true) ? "max" : "below", check.get("max_value"));
            }
            case "isin" -> ours.set("values", ValueExpectations.distinct(list(check, "allowed_values")));
            case "notin" -> ours.set("notValues", ValueExpectations.distinct(list(check, "forbidden_values")));
            case "str_length" -> length(ours, check);
            case "str_startswith" -> ours.put("pattern", "(?s)" + RegularExpressions.literally(value.asText()) + ".*");
            case "str_endswith" -> ours.put("pattern", "(?s).*" + RegularExpressions.literally(value.asText()));
            case "str_matches", "str_contains" -> {
                Optional<String> beyond = RegularExpressions.beyond(value.asText());
                if (beyond.isPresent()) {
                    return beyond;
                }
                ours.put(
                        "pattern",
                        name.equals("str_matches")
                                ? RegularExpressions.atStart(value.asText())
                                : RegularExpressions.anywhere(value.asText()));
            }
            case "unique_values_eq" -> ours.withObjectProperty("distinctValues").set("equals", list(check, "values"));
            default -> {
                return Optional.of("no check of ours is like it");
            }
        }
        return Optional.empty();
    }

    private static void length(ObjectNode ours, JsonNode check) {
        ObjectNode bounds = ours.withObjectProperty("length");
        for (Map.Entry<String, String> key : List.of(Map.entry("min_value", "min"), Map.entry("max_value", "max"))) {
            if (check.hasNonNull(key.getKey())) {
                bounds.set(key.getValue(), check.get(key.getKey()));
            }
        }
        if (check.hasNonNull("exact_value")) {
            ours.set("length", check.get("exact_value"));
        }
    }

    /** The value of a check on one thing, alone or with options beside it. */
    private static JsonNode value(JsonNode check) {
        if (!check.isObject()) {
            return check;
        }
        for (String key : List.of("value", "min_value", "max_value", "pattern", "string")) {
            if (check.has(key)) {
                return check.get(key);
            }
        }
        return check;
    }

    private static JsonNode list(JsonNode check, String key) {
        return check.isArray() ? check : check.has(key) ? check.get(key) : check.path("value");
    }
}
