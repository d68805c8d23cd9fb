package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * A column's finite values, in the rows that a rule is about, as doubles; dates and timestamps as seconds since
 * 1970-01-01T00:00Z.
 *
 * @param scope where the rule is applied
 * @param column the column's name
 */
record Numbers(Scope scope, String column) {

    private static final String NONE = "CAST(NULL AS DOUBLE)";

    static Numbers of(Scope scope) {
        return new Numbers(scope, scope.column());
    }

    /**
     * Refuses {@code as} beside a key that looks at the values as the column's type.
     *
     * @throws io.mlcicd.operation.InvalidInputException when it stands there
     */
    static void refuseAs(Place place, String key) {
        if (place.has("as")) {
            throw place.error("as", key + " looks at values of the column's own type; give the column that type");
        }
    }

    /**
     * Refuses a key where the contract's type leaves no numbers to look at.
     *
     * @throws io.mlcicd.operation.InvalidInputException when the column's type is known and not a number's
     */
    static void require(Place place, String key) {
        refuseAs(place, key);
        place.type().filter(type -> !type.isNumeric()).ifPresent(type -> {
            throw place.error(
                    key,
                    "only a column of type integer or number can have a %s; this one is a %s"
                            .formatted(key, type.key()));
        });
    }

    /** Whether values of that type have a place on the axis of numbers. */
    static boolean onAxis(ColumnType type) {
        return type.isNumeric() || type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
    }

    /** The values in SQL; NULL for a row that the rule is not about and for what is not finite. */
    String sql() {
        String finite = finite();
        return scope.where()
                .map(filter -> "(CASE WHEN (" + filter + ") THEN " + finite + " END)")
                .orElse(finite);
    }

    /** The values in SQL whatever the row. */
    String finite() {
        ColumnType type = scope.type(column);
        String value = scope.typed(column).value();
        return !onAxis(type) || value.equals("NULL")
                ? NONE
                : "(" + scope.dialect().finite(value, type) + ")";
    }

    /** Whether the data set's profile is about the very same values. */
    boolean profiled() {
        return scope.all() && scope.typed(column).matches();
    }

    /** What the profile knows of them; empty when it is about other values, or there are none. */
    Optional<Distribution> known(Facts facts) {
        return profiled() ? facts.profile().find(column).flatMap(ColumnProfile::distribution) : Optional.empty();
    }

    /** The aggregate that counts them. */
    String count() {
        return "count(" + sql() + ")";
    }

    /** What must be asked for so that {@link #quantiles} are told. */
    List<String> questionsForQuantiles() {
        return profiled() ? List.of() : List.of(count());
    }

    /** The quantile at a level, by linear interpolation between neighbours; empty without values. */
    OptionalDouble quantile(Facts facts, double level) throws InterruptedException {
        List<Double> quantiles = quantiles(facts, List.of(level));
        return quantiles.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(quantiles.get(0));
    }

    /**
     * The quantiles at some levels, by linear interpolation between neighbours in rank (type 7 of Hyndman and Fan, "Sample
     * quantiles in statistical packages", The American Statistician 50, 1996); empty without values. Where the profile
     * lacks one, the engine sorts, which it does beyond memory.
     */
    List<Double> quantiles(Facts facts, List<Double> levels) throws InterruptedException {
        Optional<Distribution> known = known(facts);
        long count = known.map(Distribution::count).orElseGet(() -> profiled() ? 0 : facts.count(count()));
        if (count == 0) {
            return List.of();
        }
        if (known.isPresent()
                && levels.stream().allMatch(level -> known.get().quantile(level).isPresent())) {
            return levels.stream()
                    .map(level -> known.get().quantile(level).getAsDouble())
                    .toList();
        }
        if (scope.dialect().passes().rankError().isPresent()) {
            return facts.engine()
                    .query("SELECT %s AS quantiles FROM %s"
                            .formatted(
                                    scope.dialect().quantiles(sql(), levels),
                                    scope.data().sql()))
                    .get(0)
                    .numbers("quantiles");
        }
        TreeSet<Long> ranks = new TreeSet<>();
        for (double level : levels) {
            ranks.add(rank(level, count));
            ranks.add(Math.min(rank(level, count) + 1, count));
        }
        Map<Long, Double> found = values(facts.engine(), ranks);
        return levels.stream()
                .map(level -> {
                    long rank = rank(level, count);
                    double share = level * (count - 1) - (rank - 1);
                    double low = found.get(rank);
                    double high = found.get(Math.min(rank + 1, count));
                    return low == high ? low : low * (1 - share) + high * share;
                })
                .toList();
    }

    /** How far the rank of the quantile at a level may be off, as a share of the values; empty when it is exact. */
    OptionalDouble rankError(Facts facts, double level) {
        return known(facts)
                .filter(distribution -> distribution.quantile(level).isPresent())
                .map(Distribution::rankError)
                .orElseGet(() -> scope.dialect().passes().rankError());
    }

    private static long rank(double level, long count) {
        return 1 + (long) Math.floor(level * (count - 1));
    }

    private Map<Long, Double> values(DataEngine engine, TreeSet<Long> ranks) throws InterruptedException {
        Map<Long, Double> found = new HashMap<>();
        String list = String.join(", ", ranks.stream().map(String::valueOf).toList());
        for (Row row :
                engine.query(("SELECT place, value FROM (SELECT value, row_number() OVER (ORDER BY value) AS place"
                                + " FROM (SELECT %s AS value FROM %s) AS numbers WHERE value IS NOT NULL) AS placed"
                                + " WHERE place IN (%s)")
                        .formatted(sql(), scope.data().sql(), list))) {
            found.put(row.count("place"), row.number("value").orElseThrow());
        }
        return found;
    }
}
