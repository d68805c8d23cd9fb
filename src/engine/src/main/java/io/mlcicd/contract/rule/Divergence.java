package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The Kullback–Leibler divergence in nats of a column's values from a partition that the contract states.
 *
 * <p>Source: S. Kullback and R. A. Leibler, "On information and sufficiency", The Annals of Mathematical Statistics 22,
 * 1951. Weight is held back for what the partition does not name, as Great Expectations does it, whose suites it serves.
 *
 * @param partition the parts and their weights
 * @param bounds what the divergence may be
 */
public record Divergence(Partition partition, Bounds bounds) implements MeasureRule {

    private static final String KEY = "divergence";

    /**
     * Parts of a column's values.
     *
     * @param values the values that are a part each; empty when the parts are bins
     * @param bins the rising edges of bins, of which the first and the last may be infinite; empty when the parts are values
     * @param weights each part's share
     * @param tails the shares below the first and above the last edge; empty to hold back {@code tailHoldout}
     * @param tailHoldout the share held back for what no part names, 0 to 1
     * @param internalHoldout the share held back for parts without weight, 0 to 1
     */
    public record Partition(
            List<String> values,
            List<Double> bins,
            List<Double> weights,
            List<Double> tails,
            double tailHoldout,
            double internalHoldout) {

        public Partition {
            values = List.copyOf(values);
            bins = List.copyOf(bins);
            weights = List.copyOf(weights);
            tails = List.copyOf(tails);
        }
    }

    /** Expected and observed weights, part by part; neither need add up to 1. */
    private record Weights(List<Double> expected, List<Double> observed) {

        double divergence() {
            double expectedSum =
                    expected.stream().mapToDouble(Double::doubleValue).sum();
            double observedSum =
                    observed.stream().mapToDouble(Double::doubleValue).sum();
            double sum = 0;
            for (int i = 0; i < expected.size(); i++) {
                double p = observed.get(i) / observedSum;
                if (p > 0) {
                    sum += p * Math.log(p / (expected.get(i) / expectedSum));
                }
            }
            return sum;
        }
    }

    static Optional<Rule> read(Place place) {
        if (!place.has(KEY)) {
            return Optional.empty();
        }
        Place at = place.at(KEY);
        List<String> values = new ArrayList<>();
        at.get("values").forEach(value -> values.add(value.asText()));
        List<Double> bins = numbers(at, "bins");
        List<Double> weights = numbers(at, "weights");
        if (values.isEmpty() == bins.isEmpty()) {
            throw at.error("", "needs either values or bins");
        }
        int parts = values.isEmpty() ? bins.size() - 1 : values.size();
        if (weights.size() != parts) {
            throw at.error("weights", "are %d for %d parts".formatted(weights.size(), parts));
        }
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw at.error("weights", "are all 0; say which part has what share");
        }
        for (int i = 1; i < bins.size(); i++) {
            if (!(bins.get(i - 1) < bins.get(i))) {
                throw at.error("bins", "must rise");
            }
        }
        Partition partition = new Partition(
                values,
                bins,
                weights,
                numbers(at, "tailWeights"),
                at.number("tailHoldout").orElse(0),
                at.number("internalHoldout").orElse(0));
        return Optional.of(new Divergence(partition, at.bounds()));
    }

    private static List<Double> numbers(Place place, String key) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode node : place.get(key)) {
            double number = node.isNumber() ? node.doubleValue() : infinity(node.asText());
            if (Double.isNaN(number) || (Double.isInfinite(number) && !key.equals("bins"))) {
                throw place.error(key, node + " is not a number");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static double infinity(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", ".inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-.inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode at = node.putObject(KEY);
        if (partition.values().isEmpty()) {
            put(at, "bins", partition.bins());
        } else {
            partition.values().forEach(at.putArray("values")::add);
        }
        put(at, "weights", partition.weights());
        if (!partition.tails().isEmpty()) {
            put(at, "tailWeights", partition.tails());
        }
        if (partition.tailHoldout() != 0) {
            at.put("tailHoldout", BigDecimal.valueOf(partition.tailHoldout()));
        }
        if (partition.internalHoldout() != 0) {
            at.put("internalHoldout", BigDecimal.valueOf(partition.internalHoldout()));
        }
        at.setAll(bounds.yaml());
        return node;
    }

    private static void put(ObjectNode node, String key, List<Double> numbers) {
        var list = node.putArray(key);
        for (double number : numbers) {
            if (Double.isInfinite(number)) {
                list.add(number > 0 ? "inf" : "-inf");
            } else {
                list.add(BigDecimal.valueOf(number));
            }
        }
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return "a Kullback-Leibler divergence of";
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        boolean binned = partition.values().isEmpty();
        String present = binned ? finite(scope) + " IS NOT NULL" : scope.present();
        long values = facts.engine()
                .query("SELECT " + scope.count(present) + " AS n FROM "
                        + scope.data().sql())
                .get(0)
                .count("n");
        if (values == 0) {
            return OptionalDouble.empty();
        }
        Weights weights = binned ? ofBins(scope, facts, values) : ofValues(scope, facts, values);
        return OptionalDouble.of(Math.min(weights.divergence(), Double.MAX_VALUE));
    }

    /** The numbers that can be in a bin. */
    private static String finite(Scope scope) {
        return "(" + scope.dialect().finite(scope.value(ColumnType.NUMBER), ColumnType.NUMBER) + ")";
    }

    private Weights ofValues(Scope scope, Facts facts, long values) throws InterruptedException {
        List<Double> expected = new ArrayList<>(partition.weights());
        List<Double> observed =
                new ArrayList<>(partition.values().stream().map(value -> 0.0).toList());
        int unknown = 0;
        ColumnType type =
                scope.data().require(scope.column(), "a column of the contract").type();
        List<String> named = partition.values().stream()
                .map(value -> TypedText.canonical(value, type))
                .toList();
        List<Row> counts = facts.engine()
                .query("SELECT CAST(%1$s AS VARCHAR) AS value, count(*) AS n FROM %2$s WHERE %3$s GROUP BY 1 ORDER BY 1"
                        .formatted(scope.raw(), scope.data().sql(), scope.within(scope.present())));
        for (Row row : counts) {
            double share = (double) row.count("n") / values;
            int at = named.indexOf(TypedText.canonical(row.text("value").orElseThrow(), type));
            if (at >= 0) {
                observed.set(at, share);
            } else {
                observed.add(share);
                unknown++;
            }
        }
        if (unknown > 0) {
            expected.replaceAll(weight -> weight * (1 - partition.tailHoldout()));
            for (int i = 0; i < unknown; i++) {
                expected.add(partition.tailHoldout() / unknown);
            }
        }
        return new Weights(expected, observed);
    }

    private Weights ofBins(Scope scope, Facts facts, long values) throws InterruptedException {
        List<Double> bins = partition.bins();
        String value = finite(scope);
        List<String> questions = new ArrayList<>();
        for (int i = 0; i + 1 < bins.size(); i++) {
            String upper = i + 2 == bins.size() ? " <= " : " < ";
            questions.add(
                    scope.count(value + " >= " + edge(bins.get(i)) + " AND " + value + upper + edge(bins.get(i + 1))));
        }
        questions.add(scope.count(value + " < " + edge(bins.get(0))));
        questions.add(scope.count(value + " > " + edge(bins.get(bins.size() - 1))));
        List<String> named = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            named.add(questions.get(i) + " AS n" + i);
        }
        Row row = facts.engine()
                .query("SELECT " + named.stream().collect(Collectors.joining(", ")) + " FROM "
                        + scope.data().sql())
                .get(0);
        List<Double> observed = new ArrayList<>();
        for (int i = 0; i + 1 < bins.size(); i++) {
            observed.add((double) row.count("n" + i) / values);
        }
        List<Double> expected = held();
        boolean openBelow = Double.isInfinite(bins.get(0));
        boolean openAbove = Double.isInfinite(bins.get(bins.size() - 1));
        double share = openBelow || openAbove ? partition.tailHoldout() : partition.tailHoldout() / 2;
        if (!openAbove) {
            expected.add(partition.tails().isEmpty() ? share : partition.tails().get(1));
            observed.add((double) row.count("n" + bins.size()) / values);
        }
        if (!openBelow) {
            expected.add(
                    0, partition.tails().isEmpty() ? share : partition.tails().get(0));
            observed.add(0, (double) row.count("n" + (bins.size() - 1)) / values);
        }
        return new Weights(expected, observed);
    }

    private List<Double> held() {
        List<Double> expected = new ArrayList<>(partition.weights());
        expected.replaceAll(weight -> weight * (1 - partition.tailHoldout() - partition.internalHoldout()));
        long empty = expected.stream().filter(weight -> weight == 0).count();
        if (partition.internalHoldout() > 0 && empty > 0) {
            expected.replaceAll(weight -> weight == 0 ? partition.internalHoldout() / empty : weight);
        }
        return expected;
    }

    private static String edge(double value) {
        return Double.isInfinite(value)
                ? "CAST('" + (value > 0 ? "inf" : "-inf") + "' AS DOUBLE)"
                : DataEngine.literal(value);
    }
}
