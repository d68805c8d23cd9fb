package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A statistic of a column's finite numbers; NaN and infinities are left out.
 *
 * @param statistic which
 * @param bounds what it may be, in the column's unit
 */
public record ColumnStatistic(Statistic statistic, Bounds bounds) implements MeasureRule {

    /** What can be bounded. */
    public enum Statistic {
        /** The arithmetic mean. */
        MEAN("mean", "a mean of"),
        /** The quantile at 0.5. */
        MEDIAN("median", "a median of"),
        /** The standard deviation of the sample (divisor n - 1); there is none of a single value. */
        STD_DEV("stdDev", "a standard deviation of"),
        /** The sum. */
        SUM("sum", "a sum of"),
        /** The smallest value that was seen. */
        SMALLEST("smallest", "a smallest value of"),
        /** The greatest value that was seen. */
        LARGEST("largest", "a largest value of");

        private final String key;
        private final String subject;

        Statistic(String key, String subject) {
            this.key = key;
            this.subject = subject;
        }
    }

    /** The statistics that the keys of a mapping ask for. */
    static List<Rule> read(Place place) {
        List<Rule> rules = new ArrayList<>();
        for (Statistic statistic : Statistic.values()) {
            if (place.has(statistic.key)) {
                Numbers.require(place, statistic.key);
                rules.add(new ColumnStatistic(statistic, place.at(statistic.key).bounds()));
            }
        }
        return rules;
    }

    @Override
    public String key() {
        return statistic.key;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(key(), bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new ColumnStatistic(statistic, wider));
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return statistic.subject;
    }

    @Override
    public String error(Scope scope, Facts facts) {
        return statistic == Statistic.MEDIAN
                ? Wording.rankError(Numbers.of(scope).rankError(facts, 0.5))
                : "";
    }

    /** Of equal values all but the deviation tell the value. */
    @Override
    public boolean measuresValue() {
        return statistic != Statistic.STD_DEV;
    }

    @Override
    public List<String> questions(Scope scope) {
        Numbers numbers = Numbers.of(scope);
        if (statistic == Statistic.MEDIAN) {
            return numbers.questionsForQuantiles();
        }
        // A profile has the mean rounded, which is too little for a sum.
        return statistic == Statistic.SUM || !numbers.profiled() ? List.of(aggregate(numbers)) : List.of();
    }

    private String aggregate(Numbers numbers) {
        String function = switch (statistic) {
            case MEAN -> "avg";
            case STD_DEV -> "stddev_samp";
            case SUM -> "sum";
            case SMALLEST -> "min";
            case LARGEST -> "max";
            case MEDIAN -> throw new IllegalStateException("the median is no aggregate over one pass");
        };
        return function + "(" + numbers.sql() + ")";
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        Numbers numbers = Numbers.of(scope);
        if (statistic == Statistic.MEDIAN) {
            return numbers.quantile(facts, 0.5);
        }
        if (statistic == Statistic.SUM || !numbers.profiled()) {
            return facts.number(aggregate(numbers));
        }
        Optional<Distribution> known = numbers.known(facts);
        return known.isEmpty() ? OptionalDouble.empty() : of(known.get());
    }

    private OptionalDouble of(Distribution distribution) {
        return switch (statistic) {
            case MEAN -> OptionalDouble.of(distribution.mean());
            case STD_DEV -> distribution.standardDeviation();
            case SMALLEST -> OptionalDouble.of(distribution.min());
            case LARGEST -> OptionalDouble.of(distribution.max());
            case SUM, MEDIAN -> OptionalDouble.empty();
        };
    }
}
