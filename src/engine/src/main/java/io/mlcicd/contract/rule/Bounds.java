package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * What a number may be.
 *
 * @param min the least; empty for no bound
 * @param max the greatest; empty for no bound
 * @param above whether the number must be more than {@code min}, not equal to it
 * @param below whether the number must be less than {@code max}, not equal to it
 */
public record Bounds(OptionalDouble min, OptionalDouble max, boolean above, boolean below) {

    /** No bound below. */
    public static Bounds atMost(double max) {
        return new Bounds(OptionalDouble.empty(), OptionalDouble.of(max), false, false);
    }

    /** No bound above. */
    public static Bounds atLeast(double min) {
        return new Bounds(OptionalDouble.of(min), OptionalDouble.empty(), false, false);
    }

    /** Bounds included. */
    public static Bounds between(double min, double max) {
        return new Bounds(OptionalDouble.of(min), OptionalDouble.of(max), false, false);
    }

    /** The least number that holds: the neighbour of an excluded bound. */
    public OptionalDouble least() {
        return above && min.isPresent() ? OptionalDouble.of(Math.nextUp(min.getAsDouble())) : min;
    }

    /** The greatest number that holds: the neighbour of an excluded bound. */
    public OptionalDouble greatest() {
        return below && max.isPresent() ? OptionalDouble.of(Math.nextDown(max.getAsDouble())) : max;
    }

    /** Whether the number is within. */
    public boolean hold(double value) {
        return !Double.isNaN(value)
                && (least().isEmpty() || value >= least().getAsDouble())
                && (greatest().isEmpty() || value <= greatest().getAsDouble());
    }

    /** The bounds for people. */
    public String told(Unit unit) {
        if (min.isPresent() && max.isPresent()) {
            if (min.getAsDouble() == max.getAsDouble()) {
                return unit.told(min.getAsDouble());
            }
            return (above ? "more than " : "")
                    + unit.told(min.getAsDouble())
                    + (above || below ? " and " : "..")
                    + (below ? "less than " : above ? "at most " : "")
                    + unit.told(max.getAsDouble());
        }
        return min.isPresent()
                ? (above ? "more than " : "at least ") + unit.told(min.getAsDouble())
                : (below ? "less than " : "at most ") + unit.told(max.orElseThrow());
    }

    /** The bounds as a contract writes them: {@code min} or {@code above}, {@code max} or {@code below}. */
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        min.ifPresent(bound -> node.put(above ? "above" : "min", BigDecimal.valueOf(bound)));
        max.ifPresent(bound -> node.put(below ? "below" : "max", BigDecimal.valueOf(bound)));
        return node;
    }
}
