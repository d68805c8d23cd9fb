package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.QuantileScheme.Central;
import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@link QuantileTally} makes its metrics of, summed in SQL. */
final class QuantileSums {

    private final QuantileScheme scheme;
    private final JudgedColumns columns;
    private final List<String> summed = new ArrayList<>();

    private QuantileSums(QuantileScheme scheme, JudgedColumns columns) {
        this.scheme = scheme;
        this.columns = columns;
    }

    static SummedFamily of(QuantileScheme scheme, JudgedColumns columns) {
        Optional<String> error = scheme.point().isPresent()
                ? Optional.of("(%s - %s)"
                        .formatted(
                                scheme.point().getAsInt() < scheme.size()
                                        ? columns.quantile(scheme.point().getAsInt())
                                        : columns.predictedValue(),
                                columns.actual()))
                : Optional.empty();
        return new SummedFamily(
                error.map(ErrorSums::facts).orElse(List.of()),
                known -> new QuantileSums(scheme, columns).sums(error.map(text -> ErrorSums.of(text, known, 0))));
    }

    private Sums sums(Optional<ErrorSums> errors) {
        errors.ifPresent(some -> summed.addAll(some.summed()));
        List<String> losses = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        List<String> crossings = new ArrayList<>();
        for (int i = 0; i < scheme.size(); i++) {
            String above = "(%s - %s)".formatted(columns.actual(), columns.quantile(i));
            String loss = "GREATEST(%s * %s, %s * %s)"
                    .formatted(
                            ErrorSums.literal(scheme.level(i)), above, ErrorSums.literal(scheme.level(i) - 1), above);
            losses.add(loss);
            parts.add("2E0 * %s * %s".formatted(loss, ErrorSums.literal(scheme.width(i))));
            if (i > 0) {
                crossings.add(columns.quantile(i) + " < " + columns.quantile(i - 1));
            }
            mean(loss);
            share(above + " <= 0");
        }
        mean("((" + String.join(" + ", losses) + ") / " + ErrorSums.literal(scheme.size()) + ")");
        mean("(" + String.join(" + ", parts) + ")");
        share(crossings.isEmpty() ? "1 = 0" : crossings.stream().collect(Collectors.joining(" OR ")));
        for (Central central : scheme.intervals()) {
            String lower = columns.quantile(central.lower());
            String upper = columns.quantile(central.upper());
            String y = columns.actual();
            share("%s <= %s AND %s <= %s".formatted(lower, y, y, upper));
            mean("(%s - %s)".formatted(upper, lower));
            mean("(%1$s - %2$s + (GREATEST(0E0, %2$s - %3$s) + GREATEST(0E0, %3$s - %1$s)) / %4$s)"
                    .formatted(upper, lower, y, ErrorSums.literal(central.tail())));
        }
        return new Sums(
                errors.map(some -> List.of(some.bin())).orElse(List.of("0")),
                summed,
                List.of(),
                (tally, codes, found, weight, squares) ->
                        ((QuantileTally) tally).addSums(errors, codes[0], found, weight, squares));
    }

    private void mean(String quantity) {
        summed.add(quantity);
        summed.add(quantity + " * " + quantity);
    }

    private void share(String condition) {
        summed.add("CASE WHEN " + condition + " THEN 1E0 ELSE 0E0 END");
    }
}
