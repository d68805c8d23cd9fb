package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.TopValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The number of categories that the baseline does not have, or that it has and the data have not.
 *
 * @param vanished whether those that are gone are counted, and not those that are new
 * @param bounds what the number may be
 */
public record CategoryChange(boolean vanished, Bounds bounds) implements MeasureRule {

    private static final String NEW = "newCategories";
    private static final String VANISHED = "vanishedCategories";

    static Optional<Rule> readNew(Place place) {
        return read(place, NEW);
    }

    static Optional<Rule> readVanished(Place place) {
        return read(place, VANISHED);
    }

    private static Optional<Rule> read(Place place, String key) {
        return place.has(key)
                ? Optional.of(
                        new CategoryChange(key.equals(VANISHED), place.at(key).bounds()))
                : Optional.empty();
    }

    @Override
    public String key() {
        return vanished ? VANISHED : NEW;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(key(), bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }

    @Override
    public String subject() {
        return "a number of " + (vanished ? "vanished" : "new") + " categories of";
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
        Optional<ColumnProfile> before = facts.beside().baseline().flatMap(profile -> profile.find(scope.column()));
        Optional<TopValues> known = before.flatMap(ColumnProfile::topValues).filter(TopValues::complete);
        if (known.isEmpty()) {
            return Finding.nothingToCompareWith(
                    before.isEmpty()
                            ? "no baseline to compare categories with yet"
                            : "more categories than a profile keeps");
        }
        ColumnType type =
                scope.data().require(scope.column(), "a column of the contract").type();
        Set<String> gone = new LinkedHashSet<>();
        known.get()
                .values()
                .forEach(value ->
                        gone.add(TypedText.canonical(value.value(), before.get().type())));
        Set<String> then = Set.copyOf(gone);
        List<String> came = new ArrayList<>();
        facts.engine().stream(
                "SELECT DISTINCT %s AS value FROM %s WHERE %s ORDER BY 1"
                        .formatted(scope.raw(), scope.data().sql(), scope.within(scope.present())),
                row -> {
                    String value = TypedText.canonical(row.text("value").orElseThrow(), type);
                    if (!then.contains(value)) {
                        came.add(value);
                    }
                    gone.remove(value);
                });
        List<String> changed = vanished ? List.copyOf(gone) : came;
        String told = changed.isEmpty()
                ? "no " + (vanished ? "vanished" : "new") + " categories"
                : "%d %s %s: %s"
                        .formatted(
                                changed.size(),
                                vanished ? "vanished" : "new",
                                changed.size() == 1 ? "category" : "categories",
                                Wording.some(
                                        changed.stream().map(Wording::shown).toList()));
        return Finding.ofNumber(OptionalDouble.of((double) changed.size()), told);
    }
}
