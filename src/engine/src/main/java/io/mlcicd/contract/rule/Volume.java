package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The number of rows in each hour, day, week or month of a column of times, from its first to its last; one without any
 * row counts too, with 0.
 *
 * @param column the column of dates or timestamps
 * @param by the length of a period
 * @param bounds what the number of rows of each may be
 */
public record Volume(String column, String by, Bounds bounds) implements CountedRule {

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("volume")) {
            return Optional.empty();
        }
        Place at = place.at("volume");
        String column = at.text("column").orElseThrow();
        return Optional.of(new DataSetRules.OnColumns(
                List.of(column), new Volume(column, at.text("by").orElse("day"), at.bounds())));
    }

    @Override
    public String key() {
        return "volume";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode volume = node.putObject("volume").put("column", column).put("by", by);
        volume.setAll(bounds.yaml());
        return node;
    }

    @Override
    public String expected() {
        return bounds.told(Unit.COUNT) + " rows in each " + by;
    }

    @Override
    public String noun(Scope scope) {
        return by;
    }

    @Override
    public String broken(long violations) {
        return "with another number of rows than " + bounds.told(Unit.COUNT);
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        boolean isTime = scope.type() == ColumnType.DATE || scope.type() == ColumnType.TIMESTAMP;
        String time = "CAST(" + (isTime ? scope.value() : scope.value(ColumnType.TIMESTAMP)) + " AS TIMESTAMP)";
        String counted = "SELECT date_trunc('%1$s', %2$s) AS period, count(*) AS n FROM %3$s WHERE %4$s GROUP BY 1"
                .formatted(
                        by, time, scope.data().sql(), scope.within(time + " IS NOT NULL AND isfinite(" + time + ")"));
        // Periods without a row are counted too, so all between the first and the last are listed.
        String all =
                ("WITH counted AS (%1$s) SELECT CAST(place.period AS VARCHAR) AS period, coalesce(counted.n, 0) AS n"
                                + " FROM (SELECT unnest(generate_series((SELECT min(period) FROM counted),"
                                + " (SELECT max(period) FROM counted), INTERVAL 1 %2$s)) AS period) AS place"
                                + " LEFT JOIN counted ON counted.period = place.period")
                        .formatted(counted, by);
        StringBuilder condition = new StringBuilder("false");
        bounds.least().ifPresent(least -> condition.append(" OR n < ").append(least));
        bounds.greatest().ifPresent(greatest -> condition.append(" OR n > ").append(greatest));
        Row total = facts.engine()
                .query("SELECT count(*) AS periods, count(*) FILTER (WHERE %s) AS wrong FROM (%s)"
                        .formatted(condition, all))
                .get(0);
        long periods = total.count("periods");
        long wrong = periods == 0 ? 1 : total.count("wrong");
        String told = periods == 0 ? "no time at all" : kept();
        if (wrong > 0 && periods > 0) {
            Row first = facts.engine()
                    .query("SELECT period, n FROM (%s) WHERE %s ORDER BY period LIMIT 1".formatted(all, condition))
                    .get(0);
            told = "%s %s (of %s), such as %s with %s"
                    .formatted(
                            Wording.count(wrong, by),
                            broken(wrong),
                            Wording.number(periods),
                            first.text("period").orElse(""),
                            Wording.count(first.count("n"), "row"));
        }
        return new Finding(OptionalDouble.empty(), wrong, periods, periods, Optional.of(told), Optional.empty(), false);
    }
}
