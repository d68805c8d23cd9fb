package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The number of different values, counted exactly, or its share of all values.
 *
 * @param bounds what it may be
 * @param share whether it is the share, 0 to 1
 */
public record Distinct(Bounds bounds, boolean share) implements MeasureRule {

    static Optional<Rule> read(Place place) {
        return place.has("distinct")
                ? Optional.of(new Distinct(place.at("distinct").bounds(), false))
                : Optional.empty();
    }

    static Optional<Rule> readShare(Place place) {
        return place.has("distinctShare")
                ? Optional.of(new Distinct(place.at("distinctShare").bounds(), true))
                : Optional.empty();
    }

    @Override
    public String key() {
        return share ? "distinctShare" : "distinct";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(key(), bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new Distinct(wider, share));
    }

    @Override
    public Unit unit() {
        return share ? Unit.SHARE : Unit.COUNT;
    }

    @Override
    public String subject() {
        return share ? "a share of different values of" : "a number of different values of";
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        long values = facts.count(scope.count(scope.present()));
        Optional<ColumnProfile> known = scope.all()
                ? facts.profile().find(scope.column()).filter(ColumnProfile::distinctExact)
                : Optional.empty();
        long distinct = known.isPresent()
                ? known.get().distinct()
                : facts.engine()
                        .query("SELECT count(DISTINCT %s) AS n FROM %s WHERE %s"
                                .formatted(scope.raw(), scope.data().sql(), scope.within("true")))
                        .get(0)
                        .count("n");
        if (!share) {
            return OptionalDouble.of((double) distinct);
        }
        return values == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) distinct / values);
    }
}
