package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;
import static io.mlcicd.contract.imports.ExpectationDraft.typeOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.imports.GreatExpectations.Translation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Expectations that each value of a column keeps or breaks by itself. */
final class ValueExpectations {

    private static final Optional<String> ADDED = Optional.empty();

    static final Map<String, Translation> TRANSLATIONS = Map.ofEntries(
            Map.entry("expect_column_values_to_be_between", ValueExpectations::between),
            Map.entry("expect_column_values_to_be_in_set", (e, draft) -> set(e, draft, "values")),
            Map.entry("expect_column_values_to_not_be_in_set", (e, draft) -> set(e, draft, "notValues")),
            Map.entry("expect_column_values_to_not_be_null", ValueExpectations::notNull),
            Map.entry("expect_column_values_to_be_null", ValueExpectations::isNull),
            Map.entry("expect_column_values_to_be_unique", (e, draft) -> rows(draft, node("unique", true))),
            Map.entry("expect_column_values_to_be_of_type", ValueExpectations::ofType),
            Map.entry("expect_column_values_to_be_in_type_list", ValueExpectations::ofTypes),
            Map.entry("expect_column_value_lengths_to_be_between", (e, draft) -> bounded(draft, "length", e.bounds())),
            Map.entry(
                    "expect_column_value_lengths_to_equal", (e, draft) -> rows(draft, node("length", e.get("value")))),
            Map.entry(
                    "expect_column_values_to_match_regex",
                    (e, draft) -> regex(draft, "pattern", one(e, "regex"), false)),
            Map.entry(
                    "expect_column_values_to_not_match_regex",
                    (e, draft) -> regex(draft, "notPattern", one(e, "regex"), false)),
            Map.entry("expect_column_values_to_match_regex_list", (e, draft) -> matchOn(e, draft, "regex_list", false)),
            Map.entry(
                    "expect_column_values_to_not_match_regex_list",
                    (e, draft) -> regex(draft, "notPattern", e.texts("regex_list"), false)),
            Map.entry(
                    "expect_column_values_to_match_like_pattern",
                    (e, draft) -> regex(draft, "pattern", one(e, "like_pattern"), true)),
            Map.entry(
                    "expect_column_values_to_not_match_like_pattern",
                    (e, draft) -> regex(draft, "notPattern", one(e, "like_pattern"), true)),
            Map.entry(
                    "expect_column_values_to_match_like_pattern_list",
                    (e, draft) -> matchOn(e, draft, "like_pattern_list", true)),
            Map.entry(
                    "expect_column_values_to_not_match_like_pattern_list",
                    (e, draft) -> regex(draft, "notPattern", e.texts("like_pattern_list"), true)),
            Map.entry(
                    "expect_column_values_to_match_strftime_format",
                    (e, draft) -> rows(draft, node("dateFormat", e.get("strftime_format")))),
            Map.entry("expect_column_values_to_be_dateutil_parseable", (e, draft) -> rows(draft, dates())),
            Map.entry("expect_column_values_to_be_json_parseable", (e, draft) -> rows(draft, node("json", true))),
            Map.entry(
                    "expect_column_values_to_match_json_schema",
                    (e, draft) -> rows(draft, node("jsonSchema", e.get("json_schema")))),
            Map.entry("expect_column_values_to_be_increasing", (e, draft) -> monotonic(e, draft, "increasing")),
            Map.entry("expect_column_values_to_be_decreasing", (e, draft) -> monotonic(e, draft, "decreasing")),
            Map.entry("expect_column_value_z_scores_to_be_less_than", ValueExpectations::zScores));

    /** Ways of writing a date that are told apart without guessing which number is the day. */
    private static final List<String> DATE_FORMATS = List.of(
            "%Y-%m-%d",
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M:%S.%f",
            "%Y-%m-%dT%H:%M:%S.%f",
            "%Y-%m-%dT%H:%M:%SZ",
            "%Y-%m-%d %H:%M",
            "%Y/%m/%d",
            "%Y%m%d",
            "%m/%d/%Y",
            "%d/%m/%Y",
            "%m/%d/%Y %H:%M:%S",
            "%d.%m.%Y",
            "%d-%m-%Y",
            "%B %d, %Y",
            "%b %d, %Y",
            "%d %B %Y",
            "%d %b %Y");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int8", "integer"),
            Map.entry("int16", "integer"),
            Map.entry("int32", "integer"),
            Map.entry("int64", "integer"),
            Map.entry("uint8", "integer"),
            Map.entry("uint16", "integer"),
            Map.entry("uint32", "integer"),
            Map.entry("uint64", "integer"),
            Map.entry("integer", "integer"),
            Map.entry("integertype", "integer"),
            Map.entry("longtype", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("smallint", "integer"),
            Map.entry("float", "number"),
            Map.entry("float16", "number"),
            Map.entry("float32", "number"),
            Map.entry("float64", "number"),
            Map.entry("double", "number"),
            Map.entry("doubletype", "number"),
            Map.entry("floattype", "number"),
            Map.entry("double_precision", "number"),
            Map.entry("decimal", "number"),
            Map.entry("numeric", "number"),
            Map.entry("str", "string"),
            Map.entry("string", "string"),
            Map.entry("object", "string"),
            Map.entry("text", "string"),
            Map.entry("varchar", "string"),
            Map.entry("stringtype", "string"),
            Map.entry("bool", "boolean"),
            Map.entry("boolean", "boolean"),
            Map.entry("booleantype", "boolean"),
            Map.entry("date", "date"),
            Map.entry("datetype", "date"),
            Map.entry("datetime", "timestamp"),
            Map.entry("datetime64", "timestamp"),
            Map.entry("datetime64[ns]", "timestamp"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("timestamptype", "timestamp"));

    private ValueExpectations() {}

    private static Optional<String> rows(ExpectationDraft draft, ObjectNode check) {
        draft.rows(check);
        return ADDED;
    }

    private static Optional<String> bounded(ExpectationDraft draft, String key, ObjectNode bounds) {
        return bounds.isEmpty() ? Optional.of("it has no bound") : rows(draft, node(key, bounds));
    }

    private static Optional<String> between(Expectation e, ExpectationDraft draft) {
        ObjectNode check = e.bounds();
        if (check.isEmpty()) {
            return Optional.of("it has no bound");
        }
        Optional<String> type = typeOf(check);
        if (type.isEmpty()) {
            return Optional.of("its bounds are of different types");
        }
        return rows(draft, check.put("as", type.get()));
    }

    private static Optional<String> set(Expectation e, ExpectationDraft draft, String key) {
        JsonNode set = e.get("value_set");
        if (set.isEmpty()) {
            return Optional.of("its value_set is empty");
        }
        Optional<String> type = typeOf(set);
        if (type.isEmpty()) {
            return Optional.of("its value_set has values of different types");
        }
        return rows(draft, node(key, distinct(set)).put("as", type.get()));
    }

    static JsonNode distinct(JsonNode list) {
        var distinct = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> seen = new ArrayList<>();
        list.forEach(value -> {
            if (!value.isNull() && !seen.contains(value)) {
                seen.add(value);
                distinct.add(value);
            }
        });
        return distinct;
    }

    private static Optional<String> notNull(Expectation e, ExpectationDraft draft) {
        draft.number(node(
                "nullShare", JsonNodeFactory.instance.objectNode().put("max", BigDecimal.ONE.subtract(e.mostly()))));
        return ADDED;
    }

    private static Optional<String> isNull(Expectation e, ExpectationDraft draft) {
        draft.number(node("nullShare", JsonNodeFactory.instance.objectNode().put("min", e.mostly())));
        return ADDED;
    }

    private static Optional<String> type(String name) {
        return Optional.ofNullable(TYPES.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> ofType(Expectation e, ExpectationDraft draft) {
        String name = e.text("type_").orElse("");
        return type(name)
                .map(type -> rows(
                        draft,
                        node("types", JsonNodeFactory.instance.arrayNode().add(type))))
                .orElseGet(() -> Optional.of("no type of ours is like " + name));
    }

    private static Optional<String> ofTypes(Expectation e, ExpectationDraft draft) {
        List<String> types = e.texts("type_list").stream()
                .flatMap(name -> type(name).stream())
                .distinct()
                .toList();
        if (types.isEmpty()) {
            return Optional.of("no types of ours are like " + String.join(", ", e.texts("type_list")));
        }
        var list = JsonNodeFactory.instance.arrayNode();
        types.forEach(list::add);
        return rows(draft, node("types", list));
    }

    private static List<String> one(Expectation e, String key) {
        return e.text(key).stream().toList();
    }

    /** A match of any. */
    private static Optional<String> regex(ExpectationDraft draft, String key, List<String> patterns, boolean like) {
        for (String pattern : patterns) {
            Optional<String> beyond = like ? Optional.empty() : RegularExpressions.beyond(pattern);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        String any = RegularExpressions.any(
                patterns.stream().map(pattern -> whole(pattern, like)).toList());
        return rows(draft, node(key, any).put("as", "string"));
    }

    private static String whole(String pattern, boolean like) {
        return like ? RegularExpressions.ofLike(pattern) : RegularExpressions.anywhere(pattern);
    }

    private static Optional<String> matchOn(Expectation e, ExpectationDraft draft, String key, boolean like) {
        List<String> patterns = e.texts(key);
        if (e.text("match_on").orElse("any").equals("any") || patterns.size() == 1) {
            return regex(draft, "pattern", patterns, like);
        }
        for (String pattern : patterns) {
            Optional<String> beyond = like ? Optional.empty() : RegularExpressions.beyond(pattern);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        String column = e.column().orElseThrow();
        String condition = patterns.stream()
                .map(pattern -> "regexp_matches(%s, '%s')"
                        .formatted(
                                RowCondition.identifier(quoted(column)),
                                (like ? "^" + RegularExpressions.ofLike(pattern) + "$" : pattern).replace("'", "''")))
                .collect(Collectors.joining(" AND "));
        draft.condition(condition, Optional.of(RowCondition.identifier(quoted(column)) + " IS NULL"), List.of(column));
        return ADDED;
    }

    static String quoted(String column) {
        return '"' + column + '"';
    }

    private static ObjectNode dates() {
        var list = JsonNodeFactory.instance.arrayNode();
        DATE_FORMATS.forEach(list::add);
        return node("dateFormat", list);
    }

    private static Optional<String> monotonic(Expectation e, ExpectationDraft draft, String direction) {
        String strictly = "strictly" + Character.toUpperCase(direction.charAt(0)) + direction.substring(1);
        return rows(draft, node("monotonic", e.is("strictly") ? strictly : direction));
    }

    private static Optional<String> zScores(Expectation e, ExpectationDraft draft) {
        ObjectNode outliers = JsonNodeFactory.instance
                .objectNode()
                .put("method", "zscore")
                .put("max", BigDecimal.ONE.subtract(e.mostly()));
        outliers.set("limit", e.get("threshold"));
        if (!e.get("double_sided").asBoolean(true)) {
            outliers.put("side", "above");
        }
        draft.number(node("outliers", outliers));
        return ADDED;
    }
}
