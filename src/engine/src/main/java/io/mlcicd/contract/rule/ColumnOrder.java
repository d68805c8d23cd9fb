package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The data have exactly these columns, in this order.
 *
 * @param names the columns
 */
public record ColumnOrder(List<String> names) implements CountedRule {

    public ColumnOrder {
        names = List.copyOf(names);
    }

    static Optional<Rule> read(Place place) {
        JsonNode node = place.get("columnOrder");
        if (node.isArray()) {
            return Optional.of(new ColumnOrder(place.columnNames("columnOrder")));
        }
        return node.asBoolean(false)
                ? Optional.of(new ColumnOrder(List.copyOf(place.columns().keySet())))
                : Optional.empty();
    }

    @Override
    public boolean takesMostly() {
        return false;
    }

    @Override
    public boolean takesWhere() {
        return false;
    }

    @Override
    public String key() {
        return "columnOrder";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        names.forEach(node.putArray("columnOrder")::add);
        return node;
    }

    @Override
    public String expected() {
        return "the columns " + Wording.some(names) + " in this order";
    }

    @Override
    public String noun(Scope scope) {
        return "column";
    }

    @Override
    public String broken(long violations) {
        return "out of its place";
    }

    @Override
    public String kept() {
        return "its columns in order";
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        List<String> there = scope.data().columns().stream().map(Column::name).toList();
        int places = Math.max(names.size(), there.size());
        int wrong = 0;
        Optional<String> told = Optional.empty();
        for (int i = 0; i < places; i++) {
            String wanted = i < names.size() ? names.get(i) : "nothing";
            String found = i < there.size() ? there.get(i) : "nothing";
            if (!wanted.equals(found)) {
                wrong++;
                if (told.isEmpty()) {
                    told = Optional.of("%s as column %d, where %s must be".formatted(found, i + 1, wanted));
                }
            }
        }
        return new Finding(
                OptionalDouble.empty(),
                wrong,
                places,
                places,
                Optional.of(told.orElse(kept())),
                Optional.empty(),
                false);
    }
}
