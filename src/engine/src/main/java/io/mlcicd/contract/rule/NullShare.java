package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The share of rows without a value.
 *
 * @param bounds what it may be, 0 to 1
 */
public record NullShare(Bounds bounds) implements MeasureRule {

    private static final String NONE = "no nulls";

    static Optional<Rule> read(Place place) {
        return place.has("maxNullShare")
                ? Optional.of(
                        new NullShare(Bounds.atMost(place.number("maxNullShare").orElseThrow())))
                : Optional.empty();
    }

    /** The longer form, which has a least share too. */
    static Optional<Rule> readBounds(Place place) {
        return place.has("nullShare")
                ? Optional.of(new NullShare(place.at("nullShare").bounds()))
                : Optional.empty();
    }

    @Override
    public String key() {
        return "nullShare";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (bounds.min().isEmpty() && !bounds.below()) {
            return node.put("maxNullShare", BigDecimal.valueOf(bounds.max().orElseThrow()));
        }
        node.set("nullShare", bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new NullShare(wider));
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public String subject() {
        return "a null share of";
    }

    @Override
    public String expected() {
        return bounds.told(Unit.SHARE) + " null";
    }

    @Override
    public String sentence(String subject, String observed) {
        if (observed.equals(NONE) && bounds.hold(0)) {
            return subject + " has " + NONE;
        }
        String is = subject + " is " + (observed.equals(NONE) ? "null in no row" : observed);
        return is + (bounds.equals(Bounds.atMost(0)) ? ", must never be" : ", may be in " + bounds.told(Unit.SHARE));
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.raw() + " IS NULL"), scope.count("true"));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        long rows = facts.count(scope.count("true"));
        return OptionalDouble.of(rows == 0 ? 0 : (double) nulls(scope, facts) / rows);
    }

    private static long nulls(Scope scope, Facts facts) {
        return facts.count(scope.count(scope.raw() + " IS NULL"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        long nulls = nulls(scope, facts);
        long rows = facts.count(scope.count("true"));
        double share = measure(scope, facts).orElseThrow();
        String told = nulls == 0
                ? NONE
                : "null in %s (%s of %s)"
                        .formatted(Wording.count(nulls, "row"), Wording.percent(share), Wording.number(rows));
        return Finding.ofNumber(share, told, nulls, rows, scope.breaking(scope.raw() + " IS NULL"));
    }
}
