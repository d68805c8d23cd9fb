package io.mlcicd.gate;

import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds gates against metrics. */
public final class Gates {

    private Gates() {}

    /**
     * Holds each gate against the metrics, in the gates' order; a gate on a slice gives one result per slice value.
     *
     * @param champion the champion's metrics; without them, gates that compare are {@link Outcome#SKIPPED}
     * @throws InvalidInputException when a gate names a metric or slice that was not computed, for a gate that can
     *     never fail must not look like one that passed
     */
    public static List<GateResult> hold(List<Gate> gates, Metrics metrics, Optional<Metrics> champion) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            if (gate.slice().isEmpty()) {
                results.add(hold(gate, Optional.empty(), metrics.overall(), champion.map(Metrics::overall)));
            } else {
                results.addAll(holdOnSlices(gate, gate.slice().get(), metrics, champion));
            }
        }
        return List.copyOf(results);
    }

    private static List<GateResult> holdOnSlices(Gate gate, String slice, Metrics metrics, Optional<Metrics> champion) {
        Map<String, Map<String, Double>> values = metrics.slices().get(slice);
        if (values == null) {
            throw new InvalidInputException("the gate on '%s' asks for slices by '%s'%s, but the slices are by: %s"
                    .formatted(
                            gate.metric(),
                            slice,
                            Spelling.hint(slice, metrics.slices().keySet()),
                            metrics.slices().isEmpty()
                                    ? "none"
                                    : String.join(", ", metrics.slices().keySet())));
        }
        List<GateResult> results = new ArrayList<>();
        values.forEach((value, ofSlice) -> results.add(hold(
                gate,
                Optional.of(value),
                ofSlice,
                champion.map(all -> all.slices().getOrDefault(slice, Map.of()).getOrDefault(value, Map.of())))));
        return results;
    }

    private static GateResult hold(
            Gate gate,
            Optional<String> sliceValue,
            Map<String, Double> metrics,
            Optional<Map<String, Double>> champion) {
        String name = gate.metric()
                + sliceValue
                        .map(value -> " where " + gate.slice().orElseThrow() + " = " + value)
                        .orElse("");
        Double actual = metrics.get(gate.metric());
        if (actual == null) {
            throw new InvalidInputException("a gate asks for the metric '%s'%s, which was not computed; there are: %s"
                    .formatted(
                            name, Spelling.hint(gate.metric(), metrics.keySet()), String.join(", ", metrics.keySet())));
        }
        if (!gate.comparison().againstChampion()) {
            boolean holds = gate.comparison().holds(actual, gate.threshold());
            String message = "%s is %s, must be %s %s"
                    .formatted(name, number(actual), bound(gate.comparison()), number(gate.threshold()));
            return result(gate, sliceValue, actual, OptionalDouble.empty(), holds, message);
        }
        Double reference = champion.map(all -> all.get(gate.metric())).orElse(null);
        if (reference == null) {
            String why = champion.isEmpty() ? "there is no champion yet" : "the champion has no such metric";
            String message = "%s is %s; %s to compare it with".formatted(name, number(actual), why);
            return new GateResult(
                    gate,
                    sliceValue,
                    OptionalDouble.of(actual),
                    OptionalDouble.empty(),
                    champion.isEmpty() ? Outcome.SKIPPED : Outcome.FAILED,
                    message);
        }
        boolean holds = gate.comparison().holds(actual - reference, gate.threshold());
        String message = "%s is %s, %s against the champion's %s, must be %s %s"
                .formatted(
                        name,
                        number(actual),
                        signed(actual - reference),
                        number(reference),
                        bound(gate.comparison()),
                        signed(gate.threshold()));
        return result(gate, sliceValue, actual, OptionalDouble.of(reference), holds, message);
    }

    private static GateResult result(
            Gate gate,
            Optional<String> sliceValue,
            double actual,
            OptionalDouble champion,
            boolean holds,
            String message) {
        return new GateResult(
                gate,
                sliceValue,
                OptionalDouble.of(actual),
                champion,
                holds ? Outcome.PASSED : Outcome.FAILED,
                message);
    }

    private static String bound(Comparison comparison) {
        return switch (comparison) {
            case MIN, MIN_CHANGE -> "at least";
            case MAX, MAX_CHANGE -> "at most";
        };
    }

    /** Four decimals are enough to see a difference; more where rounding would show 0 for what is not. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return Math.abs(value) >= 0.001
                ? String.format(Locale.ROOT, "%.4f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String signed(double value) {
        return (value >= 0 ? "+" : "") + number(value);
    }
}
