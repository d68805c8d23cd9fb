package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.TopValues;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The most frequent value is of a set; of several that are equally frequent, each.
 *
 * @param type the column's type
 * @param values the set, as text of that type
 */
public record MostCommon(ColumnType type, List<String> values) implements TypedRule {

    private static final String KEY = "mostCommon";

    public MostCommon {
        values = List.copyOf(values);
    }

    static Optional<Rule> read(Place place) {
        if (!place.has(KEY)) {
            return Optional.empty();
        }
        ColumnType type = place.type().orElseThrow(() -> place.error(KEY, "a column with mostCommon needs a type"));
        return Optional.of(new MostCommon(type, TypedText.list(place, KEY, type)));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray(KEY);
        values.forEach(value -> list.add(TypedText.node(value, type)));
        return node;
    }

    @Override
    public String expected() {
        return "one of " + Wording.some(values);
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + " has " + observed + ", must be " + expected();
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        List<String> modes = modes(scope, facts);
        long others = modes.stream().filter(mode -> !isKnown(mode)).count();
        String told = modes.isEmpty()
                ? "no value to be the most frequent"
                : "the most frequent " + (modes.size() == 1 ? "value " : "values ")
                        + Wording.some(modes.stream().map(Wording::shown).toList());
        return new Finding(
                OptionalDouble.empty(),
                modes.isEmpty() ? 1 : others,
                modes.size(),
                modes.size(),
                Optional.of(told),
                Optional.empty(),
                false);
    }

    private boolean isKnown(String mode) {
        return values.contains(TypedText.canonical(mode, type));
    }

    private List<String> modes(Scope scope, Facts facts) throws InterruptedException {
        if (scope.all() && scope.value(type).equals(scope.raw())) {
            Optional<TopValues> top = facts.profile().find(scope.column()).flatMap(ColumnProfile::topValues);
            if (top.isPresent()) {
                List<TopValues.ValueCount> known = top.get().values();
                long most = known.isEmpty() ? 0 : known.get(0).count();
                List<String> modes = known.stream()
                        .filter(value -> value.count() == most)
                        .map(TopValues.ValueCount::value)
                        .toList();
                if (top.get().complete() || modes.size() < known.size()) {
                    return modes;
                }
            }
        }
        String counted = "SELECT %1$s AS value, count(*) AS n FROM %2$s WHERE %3$s GROUP BY %1$s"
                .formatted(scope.value(type), scope.data().sql(), scope.within(scope.value(type) + " IS NOT NULL"));
        // One more than can be allowed is enough to see that one is not.
        return facts
                .engine()
                .query(
                        "SELECT value FROM (SELECT value, n, max(n) OVER () AS most FROM (%s) AS counted) AS placed WHERE n = most ORDER BY value LIMIT %d"
                                .formatted(counted, TopValues.LIMIT + 1))
                .stream()
                .map(row -> row.text("value").orElseThrow())
                .toList();
    }
}
