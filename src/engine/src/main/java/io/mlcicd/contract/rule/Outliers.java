package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Distribution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The share of outliers among a column's values; NaN and infinities are outliers, nulls are not looked at.
 *
 * @param method what is an outlier
 * @param side on which side of the others outliers are looked for
 * @param limit how far from the others an outlier is, in the method's unit; positive
 * @param bounds what the share may be, 0 to 1
 */
public record Outliers(Method method, Side side, double limit, Bounds bounds) implements MeasureRule {

    private static final String KEY = "outliers";

    /** How outliers are told from other values. */
    public enum Method {
        /** More than so many standard deviations (of the sample) away from the mean. */
        ZSCORE(3),
        /**
         * More than so many interquartile ranges below the first quartile or above the third.
         *
         * <p>Source: J. W. Tukey, Exploratory Data Analysis, Addison-Wesley 1977.
         */
        IQR(1.5);

        private final double usual;

        Method(double usual) {
            this.usual = usual;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Sides of the other values. */
    public enum Side {
        BOTH,
        BELOW,
        ABOVE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From where on values are no outliers, and up to where. */
    private record Fences(double low, double high) {}

    static Optional<Rule> read(Place place) {
        if (!place.has(KEY)) {
            return Optional.empty();
        }
        Numbers.require(place, KEY);
        Place outliers = place.at(KEY);
        Method method = Method.valueOf(outliers.text("method").orElse("zscore").toUpperCase(Locale.ROOT));
        Side side = Side.valueOf(outliers.text("side").orElse("both").toUpperCase(Locale.ROOT));
        return Optional.of(
                new Outliers(method, side, outliers.number("limit").orElse(method.usual), outliers.bounds()));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode outliers = node.putObject(KEY);
        outliers.put("method", method.key());
        if (side != Side.BOTH) {
            outliers.put("side", side.key());
        }
        outliers.put("limit", BigDecimal.valueOf(limit));
        outliers.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new Outliers(method, side, limit, wider));
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public String subject() {
        return "a share of outliers of";
    }

    @Override
    public List<String> questions(Scope scope) {
        Numbers numbers = Numbers.of(scope);
        List<String> questions = new ArrayList<>();
        questions.add(scope.count(value(scope) + " IS NOT NULL"));
        if (!numbers.profiled()) {
            questions.addAll(
                    method == Method.IQR
                            ? numbers.questionsForQuantiles()
                            : List.of(average(numbers), deviation(numbers)));
        }
        return questions;
    }

    private static String value(Scope scope) {
        return Numbers.onAxis(scope.type()) ? scope.value() : "NULL";
    }

    private static String average(Numbers numbers) {
        return "avg(" + numbers.sql() + ")";
    }

    private static String deviation(Numbers numbers) {
        return "stddev_samp(" + numbers.sql() + ")";
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return find(scope, facts).measured();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        long values = facts.count(scope.count(value(scope) + " IS NOT NULL"));
        if (values == 0) {
            return Finding.ofNumber(OptionalDouble.empty(), "no value to compute it from");
        }
        Numbers numbers = Numbers.of(scope);
        String condition = "%s IS NOT NULL AND (%s IS NULL%s)"
                .formatted(
                        value(scope),
                        numbers.finite(),
                        fences(numbers, facts)
                                .map(fences -> " OR %1$s < %2$s OR %1$s > %3$s"
                                        .formatted(
                                                numbers.finite(),
                                                DataEngine.literal(fences.low()),
                                                DataEngine.literal(fences.high())))
                                .orElse(""));
        long outliers = facts.engine()
                .query("SELECT %s AS n FROM %s"
                        .formatted(scope.count(condition), scope.data().sql()))
                .get(0)
                .count("n");
        double share = (double) outliers / values;
        String told = "%s (%s of %s)"
                .formatted(Wording.count(outliers, "outlier"), Wording.percent(share), Wording.count(values, "value"));
        return Finding.ofNumber(share, told, outliers, values, scope.breaking(condition));
    }

    /** Values that are all the same have no outliers, whatever rounding does to their mean. */
    private Optional<Fences> fences(Numbers numbers, Facts facts) throws InterruptedException {
        if (method == Method.IQR) {
            List<Double> quartiles = numbers.quantiles(facts, List.of(0.25, 0.75));
            if (quartiles.isEmpty()) {
                return Optional.empty();
            }
            double reach = limit * (quartiles.get(1) - quartiles.get(0));
            return fences(quartiles.get(0) - reach, quartiles.get(1) + reach);
        }
        Optional<Distribution> known = numbers.known(facts);
        double mean = known.map(Distribution::mean)
                .orElseGet(() -> facts.number(average(numbers)).orElse(0));
        double deviation = known.map(Distribution::standardDeviation)
                .orElseGet(() -> facts.number(deviation(numbers)))
                .orElse(0);
        return deviation == 0 ? Optional.empty() : fences(mean - limit * deviation, mean + limit * deviation);
    }

    private Optional<Fences> fences(double low, double high) {
        double greatest = Double.MAX_VALUE;
        return Optional.of(new Fences(
                side == Side.ABOVE ? -greatest : Math.max(-greatest, Math.min(greatest, low)),
                side == Side.BELOW ? greatest : Math.max(-greatest, Math.min(greatest, high))));
    }
}
