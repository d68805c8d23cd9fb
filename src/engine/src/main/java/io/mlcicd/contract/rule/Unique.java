package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * No two rows have the same values in the columns; rows without a value in one of them are not looked at.
 *
 * @param columns the columns that are unique together; empty for the column it stands under
 */
public record Unique(List<String> columns) implements CountedRule {

    public Unique {
        columns = List.copyOf(columns);
    }

    static Optional<Rule> readOfColumn(Place place) {
        return place.get("unique").asBoolean(false) ? Optional.of(new Unique(List.of())) : Optional.empty();
    }

    static Optional<DataSetRules.OnColumns> readOfItem(Place item) {
        if (!item.has("unique")) {
            return Optional.empty();
        }
        List<String> columns = item.columnNames("unique");
        return Optional.of(new DataSetRules.OnColumns(columns, new Unique(columns)));
    }

    @Override
    public String key() {
        return "unique";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (columns.isEmpty()) {
            return node.put("unique", true);
        }
        columns.forEach(node.putArray("unique")::add);
        return node;
    }

    @Override
    public String expected() {
        return columns.isEmpty() ? "no value twice" : "no two rows with the same " + String.join(", ", columns);
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(long violations) {
        return columns.isEmpty()
                ? "with a value that stands in another row too"
                : "with the same " + String.join(", ", columns) + " as another";
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()), scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        String list = scope.columns().stream().map(scope::raw).collect(Collectors.joining(", "));
        long violations = known(scope, facts)
                ? 0
                : facts.engine()
                        .query("SELECT sum(n) AS n FROM (SELECT count(*) AS n FROM %s WHERE %s GROUP BY %s) WHERE n > 1"
                                .formatted(scope.data().sql(), scope.within(scope.present()), list))
                        .get(0)
                        .count("n");
        String repeated = "(%1$s) IN (SELECT (%1$s) FROM %2$s WHERE %3$s GROUP BY %1$s HAVING count(*) > 1)"
                .formatted(list, scope.data().sql(), scope.within(scope.present()));
        return Finding.ofRows(
                violations,
                facts.count(scope.count(scope.present())),
                facts.count(scope.count("true")),
                Optional.of(scope.breaking(repeated, list + ", " + scope.numbering())));
    }

    /** Whether the profile tells already that no value repeats. */
    private static boolean known(Scope scope, Facts facts) {
        return scope.columns().size() == 1
                && facts.profile()
                        .find(scope.column())
                        .filter(column -> column.distinctExact() && column.distinct() == column.count())
                        .isPresent();
    }
}
