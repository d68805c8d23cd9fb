package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The data have these columns, whatever their order.
 *
 * @param names the columns
 * @param exact whether they have no others
 */
public record ColumnSet(List<String> names, boolean exact) implements CountedRule {

    public ColumnSet {
        names = List.copyOf(names);
    }

    static Optional<Rule> read(Place place) {
        if (!place.has("columnSet")) {
            return Optional.empty();
        }
        Place set = place.at("columnSet");
        return Optional.of(
                new ColumnSet(set.columnNames("names"), set.get("exact").asBoolean(true)));
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
        return "columnSet";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode set = node.putObject("columnSet");
        names.forEach(set.putArray("names")::add);
        if (!exact) {
            set.put("exact", false);
        }
        return node;
    }

    @Override
    public String expected() {
        return (exact ? "exactly the columns " : "the columns ") + Wording.some(names);
    }

    @Override
    public String noun(Scope scope) {
        return "column";
    }

    @Override
    public String broken(long violations) {
        return "too many or missing";
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        List<String> there = scope.data().columns().stream().map(Column::name).toList();
        List<String> missing =
                names.stream().filter(name -> !there.contains(name)).toList();
        List<String> extra =
                exact ? there.stream().filter(name -> !names.contains(name)).toList() : List.of();
        int both = names.size() + extra.size();
        List<String> problems = new ArrayList<>();
        if (!missing.isEmpty()) {
            problems.add("no column " + Wording.some(missing));
        }
        if (!extra.isEmpty()) {
            problems.add("a column too many: " + Wording.some(extra));
        }
        return new Finding(
                OptionalDouble.empty(),
                missing.size() + extra.size(),
                both,
                both,
                Optional.of(problems.isEmpty() ? kept() : String.join(" and ", problems)),
                Optional.empty(),
                false);
    }
}
