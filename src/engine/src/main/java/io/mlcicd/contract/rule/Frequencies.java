package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.Row;
import io.mlcicd.data.TopValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How evenly a column's values fall on the different values that occur; nulls are not looked at.
 *
 * @param measure which measure
 * @param bounds what it may be
 */
public record Frequencies(Measure measure, Bounds bounds) implements MeasureRule {

    /** What can be bounded. */
    public enum Measure {
        /** The share of the rarest value, 0 to 1. */
        RAREST_SHARE("rarestShare", "a rarest value with a share of", Unit.SHARE),
        /** The number of the rarest value's rows over that of the most frequent's, 0 to 1. */
        CLASS_BALANCE("classBalance", "a ratio of the rarest to the most frequent value of", Unit.NUMBER),
        /** Shannon's entropy in bits: C. E. Shannon, The Bell System Technical Journal 27, 1948. */
        ENTROPY("entropy", "an entropy in bits of", Unit.NUMBER);

        private final String key;
        private final String subject;
        private final Unit unit;

        Measure(String key, String subject, Unit unit) {
            this.key = key;
            this.subject = subject;
            this.unit = unit;
        }
    }

    /** Counts of different values, summed up; the sum of logarithms is that of n ln(n). */
    private record Counts(double rarest, double commonest, double total, double sumOfLogarithms) {

        static Counts of(TopValues values) {
            double rarest = Double.POSITIVE_INFINITY;
            double commonest = 0;
            double total = 0;
            double logarithms = 0;
            for (TopValues.ValueCount value : values.values()) {
                double n = value.count();
                rarest = Math.min(rarest, n);
                commonest = Math.max(commonest, n);
                total += n;
                logarithms += n * Math.log(n);
            }
            return new Counts(rarest, commonest, total, logarithms);
        }

        static Counts of(Row row) {
            return new Counts(
                    row.count("rarest"),
                    row.count("commonest"),
                    row.count("total"),
                    row.number("logarithms").orElse(0));
        }
    }

    /** The measures that the keys of a mapping ask for. */
    static List<Rule> read(Place place) {
        List<Rule> rules = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            if (place.has(measure.key)) {
                rules.add(new Frequencies(measure, place.at(measure.key).bounds()));
            }
        }
        return rules;
    }

    @Override
    public String key() {
        return measure.key;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(key(), bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new Frequencies(measure, wider));
    }

    @Override
    public Unit unit() {
        return measure.unit;
    }

    @Override
    public String subject() {
        return measure.subject;
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        Counts counts = counts(scope, facts);
        if (counts.total() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (measure) {
                    case RAREST_SHARE -> counts.rarest() / counts.total();
                    case CLASS_BALANCE -> counts.rarest() / counts.commonest();
                    case ENTROPY ->
                        Math.max(
                                0,
                                (Math.log(counts.total()) - counts.sumOfLogarithms() / counts.total()) / Math.log(2));
                });
    }

    private static Counts counts(Scope scope, Facts facts) throws InterruptedException {
        if (scope.all() && scope.typed(scope.column()).matches()) {
            Optional<TopValues> all = facts.profile()
                    .find(scope.column())
                    .flatMap(ColumnProfile::topValues)
                    .filter(TopValues::complete);
            if (all.isPresent()) {
                return Counts.of(all.get());
            }
        }
        String value = scope.value();
        return Counts.of(facts.engine()
                .query(("SELECT min(n) AS rarest, max(n) AS commonest, sum(n) AS total, sum(n * ln(n)) AS logarithms"
                                + " FROM (SELECT count(*) AS n FROM %s WHERE %s GROUP BY %s) AS counted")
                        .formatted(scope.data().sql(), scope.within(value + " IS NOT NULL"), value))
                .get(0));
    }
}
