package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The rows that repeat an earlier one; two nulls are the same.
 *
 * @param columns the columns that are compared; empty for all
 * @param unit whether their number is bounded, or their share of all rows
 * @param bounds what it may be
 */
public record Duplicates(List<String> columns, Unit unit, Bounds bounds) implements MeasureRule {

    private static final String KEY = "duplicates";
    private static final String MAX_SHARE = "maxShare";

    public Duplicates {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> readOfItem(Place item) {
        if (!item.has(KEY)) {
            return Optional.empty();
        }
        Place duplicates = item.at(KEY);
        List<String> columns = duplicates.columnNames("columns");
        if (duplicates.has("max") == duplicates.has(MAX_SHARE)) {
            throw item.error(KEY, "needs a bound: either max, a number of rows, or maxShare, their share of all rows");
        }
        Duplicates rule = duplicates.has(MAX_SHARE)
                ? new Duplicates(
                        columns,
                        Unit.SHARE,
                        Bounds.atMost(duplicates.number(MAX_SHARE).orElseThrow()))
                : new Duplicates(
                        columns,
                        Unit.COUNT,
                        Bounds.atMost(duplicates.number("max").orElseThrow()));
        return Optional.of(new DataSetRules.OnColumns(columns, rule));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode duplicates = node.putObject(KEY);
        duplicates.put(
                unit == Unit.SHARE ? MAX_SHARE : "max",
                BigDecimal.valueOf(bounds.max().orElseThrow()));
        if (!columns.isEmpty()) {
            columns.forEach(duplicates.putArray("columns")::add);
        }
        return node;
    }

    @Override
    public String subject() {
        return unit == Unit.SHARE ? "a share of duplicate rows of" : "a number of duplicate rows of";
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + " has " + observed + ", may have " + expected();
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
        List<String> compared = columns.isEmpty()
                ? scope.data().columns().stream().map(Column::name).toList()
                : columns;
        String list = compared.stream().map(scope::raw).collect(Collectors.joining(", "));
        long rows = facts.count(scope.count("true"));
        long duplicates = hasKey(compared, facts)
                ? 0
                : rows
                        - facts.engine()
                                .query("SELECT count(*) AS n FROM (SELECT DISTINCT %s FROM %s WHERE %s) AS different"
                                        .formatted(list, scope.data().sql(), scope.within("true")))
                                .get(0)
                                .count("n");
        double share = rows == 0 ? 0 : (double) duplicates / rows;
        String told = duplicates == 0
                ? "no duplicate rows"
                : "%s (%s of %s)"
                        .formatted(
                                Wording.count(duplicates, "duplicate row"),
                                Wording.percent(share),
                                Wording.number(rows));
        return Finding.ofNumber(unit == Unit.SHARE ? share : duplicates, told, duplicates, rows, repeated(scope, list));
    }

    /** Whether the profile tells already that one of the columns differs in every row. */
    private static boolean hasKey(List<String> compared, Facts facts) {
        return compared.stream()
                .flatMap(column -> facts.profile().find(column).stream())
                .anyMatch(column -> column.distinctExact() && column.nulls() == 0 && column.distinct() == facts.rows());
    }

    private static Breaking repeated(Scope scope, String list) {
        String place = Numbering.columnFor(scope.data(), "occurrence");
        String occurrences = "(SELECT row_number() OVER (PARTITION BY %s ORDER BY %s) AS %s, * FROM %s WHERE %s)"
                .formatted(list, scope.numbering(), scope.raw(place), scope.numbered(), scope.within("true"));
        return new Breaking(
                occurrences, scope.raw(place) + " > 1", scope.shown(), scope.numbering(), scope.numbering());
    }
}
