package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The set of a column's different values, against another set.
 *
 * @param type the column's type
 * @param relation how the two sets are to each other
 * @param values the other set, as text of that type
 */
public record DistinctValues(ColumnType type, Relation relation, List<String> values)
        implements CountedRule, TypedRule {

    /** How the column's set is to the other. */
    public enum Relation {
        /** The column has no other values. */
        WITHIN,
        /** The column has each of the values. */
        CONTAINS,
        /** Both. */
        EQUALS;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DistinctValues {
        values = List.copyOf(values);
    }

    static Optional<Rule> read(Place place) {
        if (!place.has("distinctValues")) {
            return Optional.empty();
        }
        ColumnType type = place.type()
                .orElseThrow(() -> place.error("distinctValues", "a column with distinctValues needs a type"));
        Place sets = place.at("distinctValues");
        for (Relation relation : Relation.values()) {
            if (sets.has(relation.key())) {
                return Optional.of(new DistinctValues(type, relation, TypedText.list(sets, relation.key(), type)));
            }
        }
        throw sets.error("", "needs within, contains or equals");
    }

    @Override
    public boolean takesMostly() {
        return false;
    }

    @Override
    public String key() {
        return "distinctValues";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putObject("distinctValues").putArray(relation.key());
        values.forEach(value -> list.add(TypedText.node(value, type)));
        return node;
    }

    @Override
    public String expected() {
        return switch (relation) {
            case WITHIN -> "only of " + Wording.some(values);
            case CONTAINS -> "each of " + Wording.some(values);
            case EQUALS -> "exactly " + Wording.some(values);
        };
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    @Override
    public String broken(long violations) {
        return "more or less than " + expected();
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        String value = scope.value(type);
        String list = values.stream().map(each -> TypedText.literal(each, type)).collect(Collectors.joining(", "));
        String there = "SELECT DISTINCT %s AS value FROM %s WHERE %s"
                .formatted(value, scope.data().sql(), scope.within(value + " IS NOT NULL"));
        List<String> problems = new ArrayList<>();
        long wrong = 0;
        long both = values.size();
        if (relation != Relation.CONTAINS) {
            List<String> extra = texts(
                    facts, "SELECT value FROM (%s) WHERE value NOT IN (%s) ORDER BY value".formatted(there, list));
            wrong += extra.size();
            both += extra.size();
            if (!extra.isEmpty()) {
                problems.add("also " + Wording.some(extra));
            }
        }
        if (relation != Relation.WITHIN) {
            List<String> found = texts(facts, "SELECT value FROM (%s) WHERE value IN (%s)".formatted(there, list));
            long missing = (long) values.size() - found.size();
            wrong += missing;
            if (missing > 0) {
                String known = values.stream()
                        .map(each -> "(" + TypedText.literal(each, type) + ")")
                        .collect(Collectors.joining(", "));
                problems.add("not "
                        + Wording.some(texts(
                                facts,
                                "SELECT value FROM (VALUES %s) AS known(value) WHERE value NOT IN (%s)"
                                        .formatted(known, there))));
            }
        }
        return new Finding(
                OptionalDouble.empty(),
                wrong,
                both,
                both,
                Optional.of(problems.isEmpty() ? kept() : String.join(" and ", problems)),
                Optional.empty(),
                false);
    }

    private static List<String> texts(Facts facts, String sql) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Row row : facts.engine().query(sql)) {
            row.text("value").ifPresent(texts::add);
        }
        return texts;
    }
}
