package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest time in a column is not older than so much when the data are checked, and not in the future. Times without an
 * offset are UTC; a date is its midnight.
 *
 * @param column the column of dates or timestamps
 * @param maxAge the greatest age as the contract writes it: {@code 36h}, {@code 7d}, {@code 30m}
 */
public record Freshness(String column, String maxAge) implements MeasureRule {

    private static final Pattern AGE = Pattern.compile("([0-9]+)([smhd])");

    /** Clocks of machines differ by so much. */
    private static final double SECONDS_OF_FUTURE = 300;

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("freshness")) {
            return Optional.empty();
        }
        Place at = place.at("freshness");
        String column = at.text("column").orElseThrow();
        Optional<ColumnType> type = place.columns().getOrDefault(column, Optional.empty());
        if (type.isPresent() && type.get() != ColumnType.DATE && type.get() != ColumnType.TIMESTAMP) {
            throw at.error(
                    "column",
                    "'%s' is a %s, not a date or timestamp"
                            .formatted(column, type.get().key()));
        }
        return Optional.of(new DataSetRules.OnColumns(
                List.of(column), new Freshness(column, at.text("maxAge").orElseThrow())));
    }

    private double seconds() {
        Matcher age = AGE.matcher(maxAge);
        if (!age.matches()) {
            throw new IllegalStateException("the schema lets no such age pass: " + maxAge);
        }
        long unit = switch (age.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
        return (double) Long.parseLong(age.group(1)) * unit;
    }

    @Override
    public String key() {
        return "freshness";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("freshness").put("column", column).put("maxAge", maxAge);
        return node;
    }

    @Override
    public Bounds bounds() {
        return Bounds.between(-SECONDS_OF_FUTURE, seconds());
    }

    @Override
    public String expected() {
        return "at most " + Unit.SECONDS.told(seconds()) + " old";
    }

    @Override
    public Unit unit() {
        return Unit.SECONDS;
    }

    @Override
    public String subject() {
        return "a newest time before";
    }

    private static String newest(Scope scope) {
        ColumnType type = scope.type();
        boolean isTime = type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
        String time = "CAST(" + (isTime ? scope.value() : scope.value(ColumnType.TIMESTAMP)) + " AS TIMESTAMP)";
        return scope.over("max(" + scope.dialect().finite(time, ColumnType.TIMESTAMP) + ")");
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(newest(scope));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        OptionalDouble newest = facts.number(newest(scope));
        return newest.isEmpty()
                ? newest
                : OptionalDouble.of(facts.beside().now().getEpochSecond() - newest.getAsDouble());
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        OptionalDouble age = measure(scope, facts);
        if (age.isEmpty()) {
            return Finding.ofNumber(age, "no time at all");
        }
        Instant newest = Instant.ofEpochSecond(Math.round(facts.beside().now().getEpochSecond() - age.getAsDouble()));
        return Finding.ofNumber(
                age,
                age.getAsDouble() < 0
                        ? "a newest time in the future, %s".formatted(newest)
                        : "a newest time of %s, %s old".formatted(newest, Unit.SECONDS.told(age.getAsDouble())));
    }
}
