package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The share of rows that stand in another data set too, such as training rows in the test set; two nulls are equal here.
 *
 * @param with the other data set
 * @param columns the columns that make rows the same; empty for all that both have
 * @param bounds what the share may be, 0 to 1
 */
public record Overlap(String with, List<String> columns, Bounds bounds) implements MeasureRule {

    public Overlap {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("overlap")) {
            return Optional.empty();
        }
        Place at = place.at("overlap");
        List<String> columns = at.columnNames("columns");
        Bounds bounds = at.has("max") ? at.bounds() : Bounds.atMost(0);
        return Optional.of(
                new DataSetRules.OnColumns(columns, new Overlap(at.text("with").orElseThrow(), columns, bounds)));
    }

    @Override
    public Optional<Other> other() {
        return Optional.of(new Other(with, "/overlap/with"));
    }

    @Override
    public String key() {
        return "overlap";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode overlap = node.putObject("overlap").put("with", with);
        if (!columns.isEmpty()) {
            columns.forEach(overlap.putArray("columns")::add);
        }
        overlap.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public String subject() {
        return "a share of rows that are in " + with + " too of";
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count("true"));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return find(scope, facts).measured();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Relation other = facts.beside().other(with);
        List<String> shared = columns.isEmpty()
                ? scope.data().columns().stream()
                        .map(Column::name)
                        .filter(name -> other.find(name).isPresent())
                        .toList()
                : columns;
        if (shared.isEmpty()) {
            return Finding.nothingToCompareWith("no column that " + with + " has too");
        }
        for (String column : columns) {
            other.require(column, "a column that makes rows the same");
        }
        // As text, a whole number of one file is equal to that of another that was read as a fraction or not.
        String both = "SELECT %1$s FROM %2$s WHERE %3$s INTERSECT SELECT %1$s FROM %4$s"
                .formatted(row(shared), scope.data().sql(), scope.within("true"), other.sql());
        String condition = "(%s) IN (SELECT (%s) FROM (%s))".formatted(text(shared), places(shared), both);
        long found = facts.engine()
                .query("SELECT count(*) AS n FROM %s WHERE %s"
                        .formatted(scope.data().sql(), scope.within(condition)))
                .get(0)
                .count("n");
        long rows = facts.count(scope.count("true"));
        String told = "%s (%s of %s) that %s in %s too%s"
                .formatted(
                        Wording.count(found, "row"),
                        Wording.percent(found, rows),
                        Wording.number(rows),
                        found == 1 ? "is" : "are",
                        with,
                        columns.isEmpty() ? "" : " by " + String.join(", ", columns));
        return Finding.ofNumber(rows == 0 ? 0 : (double) found / rows, told, found, rows, scope.breaking(condition));
    }

    private static String text(String column) {
        return "coalesce(CAST(" + DataEngine.quote(column) + " AS VARCHAR), chr(0))";
    }

    private static String text(List<String> columns) {
        return columns.stream().map(Overlap::text).collect(Collectors.joining(", "));
    }

    private static String row(List<String> columns) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            list.append(i == 0 ? "" : ", ")
                    .append(text(columns.get(i)))
                    .append(" AS c")
                    .append(i);
        }
        return list.toString();
    }

    private static String places(List<String> columns) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            list.append(i == 0 ? "c" : ", c").append(i);
        }
        return list.toString();
    }
}
