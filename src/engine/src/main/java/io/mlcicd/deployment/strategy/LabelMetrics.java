package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.strategy.Answered.Pair;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.NewcombeDifference;
import io.mlcicd.statistic.StudentError;
import io.mlcicd.statistic.Wilson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** How right the answers of both releases were, by the labels that arrived. */
final class LabelMetrics {

    static final String LABELS = "live.labels";

    static final String OLD_LABELS = "live.old.labels";

    /** All that are told once there are enough labels. */
    static final Set<String> JUDGED = Set.of(
            "live.accuracy",
            "live.old.accuracy",
            "live.accuracy.difference",
            "live.mae",
            "live.old.mae",
            "live.mae.ratio");

    /** Those with a confidence interval, on whose limits gates can be put. */
    static final Set<String> WITH_INTERVAL =
            Set.of("live.accuracy", "live.old.accuracy", "live.accuracy.difference", "live.mae", "live.old.mae");

    /** Predictions that are written differently are the same number up to rounding in the ninth digit. */
    private static final double ROUNDING = 1e-9;

    /** What Java reads as a number beyond that, such as {@code 1d}, may be the name of a class. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private LabelMetrics() {}

    /**
     * The metrics: {@code live.labels} and {@code live.old.labels}, numbers of labelled answers; of classes {@code
     * live.accuracy}, {@code live.old.accuracy} (shares, 0 to 1) and {@code live.accuracy.difference} (new minus old); of
     * numbers {@code live.mae}, {@code live.old.mae} (mean absolute error, in the prediction's unit) and {@code
     * live.mae.ratio} (new by old). A release with fewer than {@code min} labelled answers has none of the latter.
     */
    static Map<String, Estimate> of(Answered own, Answered old, boolean numeric, long min) {
        Map<String, Estimate> metrics = new LinkedHashMap<>();
        List<Pair> ours = comparable(own, numeric);
        List<Pair> theirs = comparable(old, numeric);
        metrics.put(LABELS, Estimate.certain(ours.size()));
        metrics.put(OLD_LABELS, Estimate.certain(theirs.size()));
        boolean enough = ours.size() >= min;
        boolean enoughOld = theirs.size() >= min;
        if (numeric) {
            mae(metrics, enough ? ours : List.of(), enoughOld ? theirs : List.of());
        } else {
            accuracy(metrics, enough ? ours : List.of(), enoughOld ? theirs : List.of());
        }
        return metrics;
    }

    private static List<Pair> comparable(Answered answered, boolean numeric) {
        return answered.labelled().stream()
                .filter(pair -> !numeric || number(pair.prediction()).isPresent())
                .toList();
    }

    private static void accuracy(Map<String, Estimate> metrics, List<Pair> ours, List<Pair> theirs) {
        Wilson own = share(ours);
        Wilson old = share(theirs);
        if (own.size() > 0) {
            metrics.put("live.accuracy", new Estimate(own.share(), Optional.of(own)));
        }
        if (old.size() > 0) {
            metrics.put("live.old.accuracy", new Estimate(old.share(), Optional.of(old)));
        }
        if (own.size() > 0 && old.size() > 0) {
            metrics.put(
                    "live.accuracy.difference",
                    new Estimate(own.share() - old.share(), Optional.of(new NewcombeDifference(own, old))));
        }
    }

    private static Wilson share(List<Pair> pairs) {
        long right = pairs.stream()
                .filter(pair -> same(pair.prediction(), pair.label().orElseThrow()))
                .count();
        return new Wilson(pairs.isEmpty() ? 0 : (double) right / pairs.size(), pairs.size());
    }

    /** Whether both name one class: the same text, the same number, or the same truth value. */
    static boolean same(String prediction, String label) {
        if (prediction.equals(label)) {
            return true;
        }
        OptionalDouble one = number(prediction);
        OptionalDouble other = number(label);
        if (one.isPresent() && other.isPresent()) {
            double scale = Math.max(Math.abs(one.getAsDouble()), Math.abs(other.getAsDouble()));
            return Math.abs(one.getAsDouble() - other.getAsDouble()) <= ROUNDING * scale;
        }
        boolean truth = label.equalsIgnoreCase("true") || label.equalsIgnoreCase("false");
        return truth && prediction.equalsIgnoreCase(label);
    }

    private static void mae(Map<String, Estimate> metrics, List<Pair> ours, List<Pair> theirs) {
        Optional<Estimate> own = meanError(ours);
        Optional<Estimate> old = meanError(theirs);
        own.ifPresent(error -> metrics.put("live.mae", error));
        old.ifPresent(error -> metrics.put("live.old.mae", error));
        if (own.isPresent() && old.isPresent() && old.get().value() > 0) {
            metrics.put(
                    "live.mae.ratio",
                    Estimate.certain(own.get().value() / old.get().value()));
        }
    }

    private static Optional<Estimate> meanError(List<Pair> pairs) {
        double[] errors = pairs.stream()
                .mapToDouble(pair -> Math.abs(number(pair.prediction()).orElseThrow()
                        - number(pair.label().orElseThrow()).orElseThrow()))
                .toArray();
        if (errors.length == 0) {
            return Optional.empty();
        }
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < errors.length; i++) {
            double delta = errors[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (errors[i] - mean);
        }
        if (errors.length == 1) {
            return Optional.of(Estimate.certain(mean));
        }
        double standardError = Math.sqrt(squares / (errors.length - 1) / errors.length);
        return Optional.of(
                new Estimate(mean, Optional.of(new StudentError(mean, standardError, errors.length - 1.0, "student"))));
    }

    /** The finite number that a text is. */
    static OptionalDouble number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
