package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a column's values are from those of a stored profile. Nulls, NaN and infinities are left out; the profile is that
 * of all its rows, whichever rows the rule is about.
 *
 * @param against which profile
 * @param method which distance
 * @param bounds what the distance may be
 */
public record BaselineDistance(Against against, DistanceMethod method, Bounds bounds) implements MeasureRule {

    private static final String KEY = "distribution";

    /** Profiles to compare with. */
    public enum Against {
        /** The data set's baseline; without one, the last run that was accepted. */
        BASELINE("baseline"),
        /** The last run that was accepted. */
        ACCEPTED("accepted");

        private final String key;

        Against(String key) {
            this.key = key;
        }

        private static Against of(String key) {
            return key.equals(ACCEPTED.key) ? ACCEPTED : BASELINE;
        }

        private Optional<DataProfile> profile(Facts.Beside beside) {
            return this == BASELINE ? beside.baseline() : beside.accepted();
        }

        private String told() {
            return this == BASELINE ? "the baseline" : "the last accepted data";
        }
    }

    static Optional<Rule> read(Place place) {
        if (!place.has(KEY)) {
            return Optional.empty();
        }
        Numbers.refuseAs(place, KEY);
        Place distribution = place.at(KEY);
        DistanceMethod method = DistanceMethod.of(distribution.text("method").orElse(DistanceMethod.PSI.key()));
        Optional<ColumnType> type = place.type();
        if (method.needsOrder() && type.isPresent() && !Numbers.onAxis(type.get())) {
            throw distribution.error(
                    "method",
                    "%s needs values with a distance, which those of type %s have not; take psi, js, kl or linf"
                            .formatted(method.key(), type.get().key()));
        }
        Against against = Against.of(distribution.text("against").orElse(Against.BASELINE.key));
        return Optional.of(new BaselineDistance(against, method, distribution.bounds()));
    }

    @Override
    public String key() {
        return KEY + "." + method.key();
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode distribution = node.putObject(KEY);
        if (against == Against.ACCEPTED) {
            distribution.put("against", against.key);
        }
        distribution.put("method", method.key());
        distribution.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return method.title() + " of";
    }

    @Override
    public List<String> questions(Scope scope) {
        Numbers numbers = Numbers.of(scope);
        return Numbers.onAxis(scope.type()) ? List.of(numbers.count()) : List.of();
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return find(scope, facts).measured();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Optional<DataProfile> profile = against.profile(facts.beside());
        if (profile.isEmpty()) {
            return Finding.nothingToCompareWith("no profile to be " + against.told() + " yet");
        }
        Optional<ColumnProfile> before = profile.get().find(scope.column());
        if (before.isEmpty()) {
            return Finding.nothingToCompareWith("no such column in " + against.told());
        }
        return compare(scope, facts, before.get(), against.told());
    }

    private Finding compare(Scope scope, Facts facts, ColumnProfile before, String where) throws InterruptedException {
        boolean axis = Numbers.onAxis(scope.type());
        if (axis != Numbers.onAxis(before.type()) || (method.needsOrder() && !axis)) {
            return Finding.ofNumber(
                    OptionalDouble.empty(),
                    "values of type %s where %s has type %s, which %s cannot compare"
                            .formatted(scope.type().key(), where, before.type().key(), method.key()));
        }
        Optional<Compared> compared = Compared.of(scope, facts, before);
        if (compared.isEmpty()) {
            return Finding.nothingToCompareWith("no distribution of it in " + where);
        }
        OptionalDouble distance = compared.get().measured(method);
        String told = distance.isEmpty()
                ? "no value to compute it from"
                : "%s %s from %s%s"
                        .formatted(
                                subject(),
                                unit().told(distance.getAsDouble()),
                                where,
                                compared.get()
                                        .moved()
                                        .map(moved -> "; " + moved)
                                        .orElse(""));
        return Finding.ofNumber(distance, told);
    }
}
