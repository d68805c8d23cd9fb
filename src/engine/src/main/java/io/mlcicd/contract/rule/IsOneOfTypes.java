package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The column itself has one of some types, without widening: an integer column is no number column.
 *
 * @param types the types
 */
public record IsOneOfTypes(List<ColumnType> types) implements CountedRule {

    public IsOneOfTypes {
        types = List.copyOf(types);
    }

    static Optional<Rule> read(Place place) {
        if (!place.has("types")) {
            return Optional.empty();
        }
        List<ColumnType> types = new ArrayList<>();
        place.get("types").forEach(type -> types.add(ColumnType.of(type.asText())));
        return Optional.of(new IsOneOfTypes(types));
    }

    @Override
    public String key() {
        return "types";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var list = node.putArray("types");
        types.forEach(type -> list.add(type.key()));
        return node;
    }

    @Override
    public String expected() {
        return "a column of type " + types.stream().map(ColumnType::key).collect(Collectors.joining(" or "));
    }

    @Override
    public String broken(long violations) {
        return "of another type";
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + " is " + observed;
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        ColumnType type =
                scope.data().require(scope.column(), "a column of the contract").type();
        boolean kept = types.contains(type);
        return new Finding(
                OptionalDouble.empty(),
                kept ? 0 : 1,
                1,
                1,
                Optional.of("a column of type " + type.key() + (kept ? "" : ", must be " + expected())),
                Optional.empty(),
                false);
    }
}
