package io.mlcicd.contract;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A check of a column as SQL.
 *
 * @param rule the column's rule
 * @param kind what is looked at
 * @param count the number of rows that break the check, as an aggregate
 * @param broken which rows break it, as a condition
 */
record PlannedCheck(ColumnRule rule, CheckKind kind, String count, String broken) {

    /** The checks of one column. */
    static List<PlannedCheck> of(ColumnRule rule, Column column, Relation data, Dialect dialect) {
        TypedColumn typed = TypedColumn.of(
                column, rule.type().orElse(column.type()), data.source().format(), dialect);
        String value = typed.value();
        List<PlannedCheck> checks = new ArrayList<>();
        if (rule.type().isPresent()) {
            String broken = typed.matches() ? "false" : typed.raw() + " IS NOT NULL AND " + value + " IS NULL";
            checks.add(rows(rule, CheckKind.TYPE, broken));
        }
        if (rule.maxNullShare().isPresent()) {
            checks.add(rows(rule, CheckKind.NULLS, typed.raw() + " IS NULL"));
        }
        if (rule.min().isPresent() || rule.max().isPresent()) {
            checks.add(rows(rule, CheckKind.RANGE, outside(rule, value, dialect)));
        }
        if (!rule.values().isEmpty()) {
            String list = rule.values().stream()
                    .map(known -> TypedText.literal(known, rule.type().orElseThrow()))
                    .collect(Collectors.joining(", "));
            checks.add(rows(rule, CheckKind.VALUES, value + " NOT IN (" + list + ")"));
        }
        rule.pattern()
                .ifPresent(
                        pattern -> checks.add(rows(rule, CheckKind.PATTERN, "NOT " + dialect.matches(value, pattern))));
        if (rule.unique()) {
            String raw = typed.raw();
            checks.add(new PlannedCheck(
                    rule,
                    CheckKind.UNIQUE,
                    "count(%1$s) - count(DISTINCT %1$s)".formatted(raw),
                    "%1$s IN (SELECT %1$s FROM %2$s WHERE %1$s IS NOT NULL GROUP BY %1$s HAVING count(*) > 1)"
                            .formatted(raw, data.sql())));
        }
        return checks;
    }

    private static PlannedCheck rows(ColumnRule rule, CheckKind kind, String broken) {
        return new PlannedCheck(rule, kind, "count(*) FILTER (WHERE " + broken + ")", broken);
    }

    /** What is not finite is in no range, though engines sort NaN above all numbers. */
    private static String outside(ColumnRule rule, String value, Dialect dialect) {
        ColumnType type = rule.type().orElseThrow();
        List<String> conditions = new ArrayList<>();
        if (type.isNumeric()) {
            conditions.add("(" + dialect.finite(value, type) + ") IS NULL");
        }
        rule.min().ifPresent(min -> conditions.add(value + " < " + TypedText.literal(min, type)));
        rule.max().ifPresent(max -> conditions.add(value + " > " + TypedText.literal(max, type)));
        return value + " IS NOT NULL AND (" + String.join(" OR ", conditions) + ")";
    }

    /** The query for the first rows that break the check: {@code place} and {@code value}. */
    String examples(Relation data, Dialect dialect) {
        String raw = DataEngine.quote(rule.name());
        String numbered = dialect.numbered(data, Numbering.columnFor(data));
        String place = DataEngine.quote(Numbering.columnFor(data));
        String order = kind == CheckKind.UNIQUE ? raw + ", " + place : place;
        return "SELECT %s AS place, %s AS value FROM %s WHERE %s ORDER BY %s LIMIT %d"
                .formatted(place, raw, numbered, broken, order, Check.MOST_EXAMPLES);
    }
}
