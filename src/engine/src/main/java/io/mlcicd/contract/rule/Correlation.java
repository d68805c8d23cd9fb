package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The correlation of two columns, -1 to 1, over the rows where both have a finite value; there is none where one of them
 * is constant.
 *
 * @param columns the two columns
 * @param method which coefficient
 * @param bounds what it may be
 */
public record Correlation(List<String> columns, Method method, Bounds bounds) implements MeasureRule {

    private static final String KEY = "correlation";

    /** Coefficients of correlation. */
    public enum Method {
        /** Pearson's product-moment coefficient, of a linear relation. */
        PEARSON,
        /**
         * Pearson's coefficient of the ranks, of a monotonic relation; equal values have the mean of their ranks.
         *
         * <p>Source: C. Spearman, The American Journal of Psychology 15, 1904.
         */
        SPEARMAN;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Correlation {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> readOfItem(Place item) {
        if (!item.has(KEY)) {
            return Optional.empty();
        }
        Place correlation = item.at(KEY);
        List<String> columns = correlation.columnNames("columns");
        if (columns.size() != 2) {
            throw correlation.error("columns", "a correlation is that of two columns, not of " + columns.size());
        }
        for (int i = 0; i < 2; i++) {
            Optional<ColumnType> type = item.columns().getOrDefault(columns.get(i), Optional.empty());
            if (type.isPresent() && !Numbers.onAxis(type.get())) {
                throw correlation
                        .at("columns")
                        .error(
                                String.valueOf(i),
                                "'%s' is a column of type %s; only numbers, dates and timestamps can be correlated"
                                        .formatted(columns.get(i), type.get().key()));
            }
        }
        Method method =
                Method.valueOf(correlation.text("method").orElse("pearson").toUpperCase(Locale.ROOT));
        return Optional.of(new DataSetRules.OnColumns(columns, new Correlation(columns, method, correlation.bounds())));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode correlation = node.putObject(KEY);
        columns.forEach(correlation.putArray("columns")::add);
        correlation.put("method", method.key());
        correlation.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return "a correlation (" + method.key() + ") of";
    }

    @Override
    public List<String> questions(Scope scope) {
        return method == Method.PEARSON ? List.of(pearson(scope)) : List.of();
    }

    private String pearson(Scope scope) {
        return "corr(%s, %s)".formatted(number(scope, 0), number(scope, 1));
    }

    private String number(Scope scope, int column) {
        return new Numbers(scope, columns.get(column)).sql();
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        OptionalDouble found = method == Method.PEARSON
                ? facts.number(pearson(scope))
                : facts.engine().query(spearman(scope)).get(0).number("r");
        // Rounding must not take a coefficient out of its range.
        return found.isPresent() && Double.isFinite(found.getAsDouble())
                ? OptionalDouble.of(Math.max(-1, Math.min(1, found.getAsDouble())))
                : OptionalDouble.empty();
    }

    private String spearman(Scope scope) {
        String rank = "(rank() OVER (ORDER BY %1$s) + (count(*) OVER (PARTITION BY %1$s) - 1) / 2.0) AS %1$s";
        return ("SELECT corr(x, y) AS r FROM (SELECT %s, %s FROM (SELECT %s AS x, %s AS y FROM %s) AS pairs"
                        + " WHERE x IS NOT NULL AND y IS NOT NULL) AS ranked")
                .formatted(
                        rank.formatted("x"),
                        rank.formatted("y"),
                        number(scope, 0),
                        number(scope, 1),
                        scope.data().sql());
    }
}
