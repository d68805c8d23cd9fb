package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How well the best of the other columns predicts the label by itself, 0 to 1; see {@link Prediction}. A column that does
 * so too well most often knows what will not be known when the model is used.
 *
 * @param label the label
 * @param columns the columns to look at; empty for all others
 * @param bounds what the power may be, 0 to 1
 */
public record Leakage(String label, List<String> columns, Bounds bounds) implements MeasureRule {

    private static final String KEY = "leakage";

    /** A column and its power. */
    private record Power(String column, double power) {
        String told() {
            return String.format(Locale.ROOT, "%.2f", power);
        }
    }

    public Leakage {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> readOfItem(Place item) {
        if (!item.has(KEY)) {
            return Optional.empty();
        }
        Place leakage = item.at(KEY);
        String label = leakage.text("label").orElseThrow();
        List<String> columns = leakage.columnNames("columns");
        if (columns.contains(label)) {
            throw leakage.error("columns", "names the label '" + label + "', which predicts itself");
        }
        List<String> about = new ArrayList<>(columns);
        about.add(0, label);
        return Optional.of(new DataSetRules.OnColumns(about, new Leakage(label, columns, leakage.bounds())));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode leakage = node.putObject(KEY);
        leakage.put("label", label);
        if (!columns.isEmpty()) {
            columns.forEach(leakage.putArray("columns")::add);
        }
        leakage.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return "a column that predicts " + label + " by itself with a power of";
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + ": " + observed + ", must be " + expected();
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return find(scope, facts).measured();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Optional<Prediction> prediction = Prediction.of(scope, facts, label);
        if (prediction.isEmpty()) {
            return Finding.ofNumber(OptionalDouble.empty(), "no " + label + " to predict");
        }
        List<Power> powers = new ArrayList<>();
        for (String feature : features(scope)) {
            powers.add(new Power(feature, prediction.get().power(feature)));
        }
        powers.sort(Comparator.comparingDouble(Power::power).reversed());
        if (powers.isEmpty()) {
            return Finding.ofNumber(OptionalDouble.of(0), "no column beside " + label);
        }
        Power best = powers.get(0);
        List<Power> leaks =
                powers.stream().filter(power -> !bounds.hold(power.power())).toList();
        String told = leaks.isEmpty()
                ? "no column predicts %s by itself; %s comes closest (%s)".formatted(label, best.column(), best.told())
                : leaks.stream()
                        .map(leak -> "%s predicts %s by itself (%s)".formatted(leak.column(), label, leak.told()))
                        .collect(Collectors.joining(", "));
        return Finding.ofNumber(OptionalDouble.of(best.power()), told);
    }

    private List<String> features(Scope scope) {
        return columns.isEmpty()
                ? scope.data().columns().stream()
                        .map(Column::name)
                        .filter(name -> !name.equals(label))
                        .toList()
                : columns;
    }
}
