package io.mlcicd.report;

import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric with all that a document says of it.
 *
 * @param name its name
 * @param value its value
 * @param interval its confidence interval
 * @param champion the champion's value
 * @param change the change against it
 */
record JudgedMetric(
        String name,
        double value,
        Optional<MetricInterval> interval,
        OptionalDouble champion,
        Optional<Change> change) {

    /** A metric that is compared with nothing. */
    static JudgedMetric alone(String name, double value, Optional<MetricInterval> interval) {
        return new JudgedMetric(name, value, interval, OptionalDouble.empty(), Optional.empty());
    }

    /** The value, to as many decimals as it is sure of. */
    String rounded() {
        return interval.map(limits -> Digits.of(limits.lower(), limits.upper()).text(value))
                .orElseGet(() -> Numbers.plain(value));
    }

    /** Such as {@code 0.80–0.89}; empty without an interval. */
    String limits() {
        return interval.map(limits -> Digits.of(limits.lower(), limits.upper()).range(limits.lower(), limits.upper()))
                .orElse("");
    }

    /** Such as {@code 0.85 (0.80–0.89)}. */
    String text() {
        return interval.isPresent() ? rounded() + " (" + limits() + ")" : rounded();
    }

    /** The change, to as many decimals as it is sure of; empty without one. */
    String changed() {
        return change.map(
                        known -> judged(known) ? digits(known).signed(known.change()) : Numbers.signed(known.change()))
                .orElse("");
    }

    /** Such as {@code -0.01 to +0.05}; empty without an interval. */
    String changeLimits() {
        return change.filter(JudgedMetric::judged)
                .map(known -> digits(known).signed(known.lower().getAsDouble()) + " to "
                        + digits(known).signed(known.upper().getAsDouble()))
                .orElse("");
    }

    /** Such as {@code +0.02 (-0.01 to +0.05)}; empty without a change. */
    String changeText() {
        return changeLimits().isEmpty() ? changed() : changed() + " (" + changeLimits() + ")";
    }

    /** The champion's value, to as many decimals as the model's own; empty without one. */
    String championRounded() {
        if (champion.isEmpty()) {
            return "";
        }
        double reference = champion.getAsDouble();
        return interval.map(limits -> Digits.of(limits.lower(), limits.upper()).text(reference))
                .orElseGet(() -> Numbers.plain(reference));
    }

    /** What the change means. */
    Optional<Shift> shift() {
        return change.map(Shift::of);
    }

    /** Where nothing differs in any row, an interval says nothing. */
    private static boolean judged(Change change) {
        return change.lower().isPresent() && change.upper().isPresent() && Shift.of(change) != Shift.SAME;
    }

    private static Digits digits(Change change) {
        return Digits.of(change.lower().orElseThrow(), change.upper().orElseThrow());
    }
}
