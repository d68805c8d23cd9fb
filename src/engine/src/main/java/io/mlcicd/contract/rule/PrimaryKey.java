package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns together identify a row: no two rows have the same values in them, and none is null.
 *
 * @param columns the key's columns
 */
public record PrimaryKey(List<String> columns) implements CountedRule {

    public PrimaryKey {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("primaryKey")) {
            return Optional.empty();
        }
        List<String> columns = place.columnNames("primaryKey");
        return Optional.of(new DataSetRules.OnColumns(columns, new PrimaryKey(columns)));
    }

    @Override
    public String key() {
        return "primaryKey";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        columns.forEach(node.putArray("primaryKey")::add);
        return node;
    }

    @Override
    public String expected() {
        return "one row for each " + String.join(", ", columns);
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(long violations) {
        return violations == 1 ? "that its key does not identify" : "that their key does not identify";
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count("true"), scope.count("NOT " + scope.present()));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        long rows = facts.count(scope.count("true"));
        long nulls = facts.count(scope.count("NOT " + scope.present()));
        Finding repeated = new Unique(columns).find(scope, withRows(facts, scope));
        String list = scope.columns().stream().map(scope::raw).collect(Collectors.joining(", "));
        String broken = "NOT %s OR %s"
                .formatted(scope.present(), repeated.breaking().orElseThrow().condition());
        return Finding.ofRows(
                nulls + repeated.violations(),
                rows,
                rows,
                Optional.of(scope.breaking(broken, list + ", " + scope.numbering())));
    }

    /** The count of rows that have all of the key follows from the others. */
    private static Facts withRows(Facts facts, Scope scope) {
        return facts.and(
                scope.count(scope.present()),
                facts.count(scope.count("true")) - facts.count(scope.count("NOT " + scope.present())));
    }
}
