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
     * @throws InvalidInputException when a gate names a metric, limit or slice that was not computed, for a gate that can
     *     never fail must not look like one that passed
     */
    public static List<GateResult> hold(List<Gate> gates, Metrics metrics, Optional<Metrics> champion) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            if (gate.slice().isEmpty()) {
                results.add(hold(
                        gate,
                        Optional.empty(),
                        metrics.overall(),
                        champion.map(all -> all.overall().values())));
            } else {
                results.addAll(holdOnSlices(gate, gate.slice().get(), metrics, champion));
            }
        }
        return List.copyOf(results);
    }

    private static List<GateResult> holdOnSlices(Gate gate, String slice, Metrics metrics, Optional<Metrics> champion) {
        Map<String, Metrics.Group> values = metrics.slices().get(slice);
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
                champion.map(all -> Optional.ofNullable(
                                all.slices().getOrDefault(slice, Map.of()).get(value))
                        .map(Metrics.Group::values)
                        .orElse(Map.of())))));
        return results;
    }

    private static GateResult hold(
            Gate gate, Optional<String> sliceValue, Metrics.Group metrics, Optional<Map<String, Double>> champion) {
        String name = gate.metric()
                + sliceValue
                        .map(value -> " where " + gate.slice().orElseThrow() + " = " + value)
                        .orElse("");
        Double value = metrics.values().get(gate.metric());
        if (value == null) {
            throw new InvalidInputException("a gate asks for the metric '%s'%s, which was not computed; there are: %s"
                    .formatted(
                            name,
                            Spelling.hint(gate.metric(), metrics.values().keySet()),
                            String.join(", ", metrics.values().keySet())));
        }
        return gate.comparison().againstChampion()
                ? change(gate, sliceValue, name, value, metrics, champion)
                : absolute(gate, sliceValue, name, value, metrics);
    }

    private static GateResult absolute(
            Gate gate, Optional<String> sliceValue, String name, double value, Metrics.Group metrics) {
        String must = "must be %s %s".formatted(bound(gate.comparison()), number(gate.threshold()));
        if (gate.bound().isEmpty()) {
            boolean holds = gate.comparison().holds(value, gate.threshold());
            String message = "%s is %s, %s".formatted(name, number(value), must);
            return result(gate, sliceValue, value, OptionalDouble.empty(), holds, message);
        }
        double limit = metrics.limit(gate)
                .orElseThrow(() -> new InvalidInputException(
                        "a gate asks for the %s limit of '%s', but that metric has no confidence interval; put the gate"
                                        .formatted(side(gate), name)
                                + " on the value itself: leave out 'bound'"));
        boolean holds = gate.comparison().holds(limit, gate.threshold());
        String message = "%s is %s, its %s %d %% limit %s, %s"
                .formatted(name, number(value), side(gate), gate.bound().get().percent(), number(limit), must);
        return result(gate, sliceValue, limit, OptionalDouble.empty(), holds, message);
    }

    private static GateResult change(
            Gate gate,
            Optional<String> sliceValue,
            String name,
            double value,
            Metrics.Group metrics,
            Optional<Map<String, Double>> champion) {
        Double reference = champion.map(all -> all.get(gate.metric())).orElse(null);
        if (reference == null) {
            String why = champion.isEmpty() ? "there is no champion yet" : "the champion has no such metric";
            String message = "%s is %s; %s to compare it with".formatted(name, number(value), why);
            return new GateResult(
                    gate,
                    sliceValue,
                    OptionalDouble.of(value),
                    OptionalDouble.empty(),
                    champion.isEmpty() ? Outcome.SKIPPED : Outcome.FAILED,
                    message);
        }
        double change = value - reference;
        Scale scale = gate.comparison().relative() ? Scale.of(reference) : Scale.ABSOLUTE;
        String against = "%s is %s, %s against the champion's %s"
                .formatted(name, number(value), scale.text(change), number(reference));
        String must = "must be %s %s".formatted(bound(gate.comparison()), scale.threshold(gate.threshold()));
        if (gate.bound().isEmpty()) {
            boolean holds = gate.comparison().holds(scale.share(change), gate.threshold());
            return result(
                    gate, sliceValue, value, OptionalDouble.of(reference), holds, "%s, %s".formatted(against, must));
        }
        Optional<Double> limit = metrics.limit(gate);
        if (limit.isEmpty()) {
            // Without its interval nobody can say that the change is not worse, so the gate does not hold.
            String message =
                    "%s; the change has no confidence interval, whose %s limit %s".formatted(against, side(gate), must);
            return result(gate, sliceValue, value, OptionalDouble.of(reference), false, message);
        }
        boolean holds = gate.comparison().holds(scale.share(limit.get()), gate.threshold());
        String message = "%s; the change's %s %d %% limit is %s, %s"
                .formatted(against, side(gate), gate.bound().get().percent(), scale.text(limit.get()), must);
        return result(gate, sliceValue, value, OptionalDouble.of(reference), holds, message);
    }

    /**
     * What changes are measured in.
     *
     * @param unit 1, or the champion's metric without its sign
     * @param relative whether changes are told in percent of the unit
     */
    private record Scale(double unit, boolean relative) {

        static final Scale ABSOLUTE = new Scale(1, false);

        static Scale of(double reference) {
            return new Scale(Math.abs(reference), true);
        }

        /** Of a champion's 0 every change is without bound; NaN, which no threshold takes, when there is none. */
        double share(double change) {
            return change / unit;
        }

        String text(double change) {
            return relative ? threshold(share(change)) : signed(change);
        }

        String threshold(double threshold) {
            return relative ? signed(100 * threshold) + " %" : signed(threshold);
        }
    }

    private static String side(Gate gate) {
        return gate.bound().orElseThrow().lower() ? "lower" : "upper";
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
        return comparison.isLeast() ? "at least" : "at most";
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
