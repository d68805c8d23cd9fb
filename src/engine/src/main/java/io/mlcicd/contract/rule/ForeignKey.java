package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the columns hold stands in another data set; rows without a value in one of them are passed over.
 *
 * @param columns the columns
 * @param in the other data set
 * @param keys the columns there, in the same order
 */
public record ForeignKey(List<String> columns, String in, List<String> keys) implements CountedRule {

    public ForeignKey {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("foreignKey")) {
            return Optional.empty();
        }
        Place key = place.at("foreignKey");
        List<String> columns = key.columnNames("columns");
        List<String> keys = key.has("keys") ? key.columnNames("keys") : columns;
        if (keys.size() != columns.size()) {
            throw key.error("keys", "has %d columns for %d".formatted(keys.size(), columns.size()));
        }
        return Optional.of(new DataSetRules.OnColumns(
                columns, new ForeignKey(columns, key.text("in").orElseThrow(), keys)));
    }

    @Override
    public String key() {
        return "foreignKey";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode key = node.putObject("foreignKey");
        columns.forEach(key.putArray("columns")::add);
        key.put("in", in);
        if (!keys.equals(columns)) {
            keys.forEach(key.putArray("keys")::add);
        }
        return node;
    }

    @Override
    public String expected() {
        return String.join(", ", columns) + " of " + in + "'s " + String.join(", ", keys);
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(long violations) {
        return "whose %s %s not in %s".formatted(String.join(", ", columns), violations == 1 ? "is" : "are", in);
    }

    @Override
    public String kept() {
        return "only " + expected();
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()), scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Relation other = facts.beside().other(in);
        for (String key : keys) {
            other.require(key, "a key of " + String.join(", ", columns));
        }
        String mine = list(columns);
        String theirs = list(keys);
        String present =
                keys.stream().map(key -> DataEngine.quote(key) + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String broken = "%s AND (%s) NOT IN (SELECT (%s) FROM %s WHERE %s)"
                .formatted(scope.present(), mine, theirs, other.sql(), present);
        long violations = facts.engine()
                .query("SELECT count(*) AS n FROM %s WHERE %s"
                        .formatted(scope.data().sql(), scope.within(broken)))
                .get(0)
                .count("n");
        return Finding.ofRows(
                violations,
                facts.count(scope.count(scope.present())),
                facts.count(scope.count("true")),
                Optional.of(scope.breaking(broken)));
    }

    private static String list(List<String> names) {
        return names.stream().map(DataEngine::quote).collect(Collectors.joining(", "));
    }
}
