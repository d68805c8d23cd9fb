package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.Optional;

/**
 * Texts match a regular expression as a whole, or do not.
 *
 * @param pattern regular expression in RE2 syntax
 * @param forbidden whether no text may match it
 */
public record Matches(String pattern, boolean forbidden) implements RowRule, TypedRule {

    static Optional<Rule> read(Place place) {
        return read(place, "pattern");
    }

    static Optional<Rule> readForbidden(Place place) {
        return read(place, "notPattern");
    }

    private static Optional<Rule> read(Place place, String key) {
        if (place.has(key) && !place.type().equals(Optional.of(ColumnType.STRING))) {
            throw place.error(key, "only a column of type string can have a pattern");
        }
        return place.text(key).map(pattern -> new Matches(pattern, key.equals("notPattern")));
    }

    @Override
    public ColumnType type() {
        return ColumnType.STRING;
    }

    @Override
    public String key() {
        return forbidden ? "notPattern" : "pattern";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put(key(), pattern);
    }

    @Override
    public String expected() {
        return (forbidden ? "does not match " : "matches ") + pattern;
    }

    @Override
    public String broken(Scope scope) {
        return (forbidden ? "" : "NOT ") + scope.dialect().matches(scope.value(ColumnType.STRING), pattern);
    }

    @Override
    public String broken(long violations) {
        boolean one = violations == 1;
        String verb =
                forbidden ? one ? "that matches " : "that match " : one ? "that does not match " : "that do not match ";
        return verb + pattern;
    }

    @Override
    public String kept() {
        return forbidden ? "no values that match " + pattern : "only values that match " + pattern;
    }
}
