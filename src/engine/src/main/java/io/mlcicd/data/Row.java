package io.mlcicd.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of a query's answer. Values are {@link Long}, {@link Double}, {@link Boolean}, {@link String} or a {@link
 * List} of them; dates and timestamps come as ISO text. A missing key means NULL.
 */
public record Row(Map<String, Object> values) {

    /** A count or another whole number; 0 for NULL. */
    public long count(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** A number; empty for NULL. */
    public OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** The value as text; empty for NULL. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    /** A list of numbers; empty for NULL. */
    public List<Double> numbers(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(item -> ((Number) item).doubleValue()).toList()
                : List.of();
    }
}
