package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Values never fall, or never rise, in the order of the data; rows without a value are passed over.
 *
 * @param direction which way they go
 */
public record Monotonic(Direction direction) implements CountedRule {

    /** Ways to go. */
    public enum Direction {
        INCREASING("increasing", "<"),
        STRICTLY_INCREASING("strictlyIncreasing", "<="),
        DECREASING("decreasing", ">"),
        STRICTLY_DECREASING("strictlyDecreasing", ">=");

        private final String key;
        private final String broken;

        Direction(String key, String broken) {
            this.key = key;
            this.broken = broken;
        }

        static Direction of(String key) {
            for (Direction direction : values()) {
                if (direction.key.equals(key)) {
                    return direction;
                }
            }
            throw new IllegalArgumentException("no direction is called " + key);
        }

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Optional<Rule> read(Place place) {
        return place.text("monotonic").map(key -> new Monotonic(Direction.of(key)));
    }

    @Override
    public String key() {
        return "monotonic";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put("monotonic", direction.key);
    }

    @Override
    public String expected() {
        return direction.words();
    }

    @Override
    public String broken(long violations) {
        return "not " + direction.words() + " after the one before";
    }

    @Override
    public String kept() {
        return direction.words() + " values only";
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()), scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        String value = scope.value();
        String from =
                "(SELECT %1$s, %2$s AS _raw, %3$s AS _value, lag(%3$s) OVER (ORDER BY %1$s) AS _before FROM %4$s WHERE %5$s)"
                        .formatted(
                                scope.numbering(), scope.raw(), value, scope.numbered(), scope.within(scope.present()));
        String condition = "_value " + direction.broken + " _before";
        Row counted = facts.engine()
                .query("SELECT count(*) AS n FROM " + from + " WHERE " + condition)
                .get(0);
        return Finding.ofRows(
                counted.count("n"),
                facts.count(scope.count(scope.present())),
                facts.count(scope.count("true")),
                Optional.of(new Breaking(from, condition, "_raw", scope.numbering(), scope.numbering())));
    }
}
