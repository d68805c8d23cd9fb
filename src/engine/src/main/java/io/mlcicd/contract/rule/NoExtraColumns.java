package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The data have no columns that the contract does not name.
 *
 * @param known the contract's columns
 */
public record NoExtraColumns(List<String> known) implements CountedRule {

    public NoExtraColumns {
        known = List.copyOf(known);
    }

    static Optional<Rule> read(Place place) {
        return place.text("extraColumns")
                .filter("forbid"::equals)
                .map(forbid -> new NoExtraColumns(List.copyOf(place.columns().keySet())));
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
        return "extraColumns";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put("extraColumns", "forbid");
    }

    @Override
    public String expected() {
        return "no columns beyond the contract's";
    }

    @Override
    public String noun(Scope scope) {
        return "column";
    }

    @Override
    public String broken(long violations) {
        return "that the contract does not name";
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        List<String> extra = scope.data().columns().stream()
                .map(Column::name)
                .filter(name -> !known.contains(name))
                .toList();
        return new Finding(
                OptionalDouble.empty(),
                extra.size(),
                scope.data().columns().size(),
                scope.data().columns().size(),
                Optional.of(
                        extra.isEmpty()
                                ? "no columns beyond the contract's"
                                : Wording.count(extra.size(), "column") + " that the contract does not name: "
                                        + Wording.some(extra)),
                Optional.empty(),
                false);
    }
}
