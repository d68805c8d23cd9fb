package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The share of rows that stand in another data set too, such as training rows in the test set; two nulls are equal here.
 *
 * @param with the other data set
 * @param columns the columns that make rows the same; empty for all that both have
 * @param bounds what the share may be, 0 to 1
 */
public record Overlap(String with, List<String> columns, Bounds bounds) implements MeasureRule {

    private static final Set<ColumnType> TIMES = EnumSet.of(ColumnType.DATE, ColumnType.TIMESTAMP);

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
        String row = row(shared, scope.data(), other);
        String condition = "(%1$s) IN (SELECT (%1$s) FROM %2$s)".formatted(row, other.sql());
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

    /** The values of a row as text, which is the same text in both data sets for what is the same value. */
    private static String row(List<String> columns, Relation data, Relation other) {
        return columns.stream()
                .map(column -> "coalesce(CAST(%s AS VARCHAR), chr(0))"
                        .formatted(comparable(column, type(data, column), type(other, column))))
                .collect(Collectors.joining(", "));
    }

    private static ColumnType type(Relation data, String column) {
        return data.require(column, "a column that makes rows the same").type();
    }

    /** The same numbers are read as whole ones from one file and not from another; dates likewise. */
    private static String comparable(String column, ColumnType mine, ColumnType theirs) {
        String raw = DataEngine.quote(column);
        if (mine == theirs) {
            return raw;
        }
        if (mine.isNumeric() && theirs.isNumeric()) {
            return "CAST(" + raw + " AS DOUBLE)";
        }
        return TIMES.contains(mine) && TIMES.contains(theirs) ? "CAST(" + raw + " AS TIMESTAMP)" : raw;
    }
}
