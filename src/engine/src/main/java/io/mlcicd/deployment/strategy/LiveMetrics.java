package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.document.Spelling;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** Live figures as metrics that gates can be put on. A metric that cannot be told yet is left out. */
public final class LiveMetrics {

    /** What the names of all of them begin with. */
    public static final String PREFIX = "live.";

    static final String REQUESTS = "live.requests";

    private static final List<String> LEVELS = List.of("p50", "p95", "p99");

    private LiveMetrics() {}

    /**
     * The metrics of an observation: {@code live.requests}, {@code live.errors.share} (5xx and unanswered, 0 to 1), {@code
     * live.unanswered.share}, {@code live.latency.p50}, {@code .p95} and {@code .p99} in milliseconds, all again for the
     * old release as {@code live.old...}; {@code live.errors.difference} (new minus old, the old one's being 0 where
     * nothing was seen of it), {@code live.latency.p50.ratio} and so on (new by old), {@code live.prediction.psi} and
     * {@code live.prediction.pvalue} (see {@link PredictionDrift}), {@code live.shadow.compared} and {@code
     * live.shadow.different} (share of the compared answers, 0 to 1). What labels tell is in {@link LabelMetrics}.
     */
    public static Map<String, Double> of(Observation seen) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        side(metrics, PREFIX, seen.candidate());
        side(metrics, PREFIX + "old.", seen.active());
        seen.candidate()
                .errorShare()
                .ifPresent(share -> metrics.put(
                        "live.errors.difference",
                        share - seen.active().errorShare().orElse(0)));
        for (String level : LEVELS) {
            Double own = metrics.get("live.latency." + level);
            Double old = metrics.get("live.old.latency." + level);
            if (own != null && old != null && old > 0) {
                metrics.put("live.latency." + level + ".ratio", own / old);
            }
        }
        PredictionDrift.between(seen.active().predictions(), seen.candidate().predictions())
                .ifPresent(drift -> {
                    metrics.put("live.prediction.psi", drift.psi());
                    metrics.put("live.prediction.pvalue", drift.pValue());
                });
        if (seen.compared() > 0) {
            metrics.put("live.shadow.compared", (double) seen.compared());
            metrics.put("live.shadow.different", (double) seen.different() / seen.compared());
        }
        return metrics;
    }

    private static void side(Map<String, Double> metrics, String prefix, LiveFigures seen) {
        metrics.put(prefix + "requests", (double) seen.requests());
        put(metrics, prefix + "errors.share", seen.errorShare());
        if (seen.requests() > 0) {
            metrics.put(prefix + "unanswered.share", (double) seen.unanswered() / seen.requests());
        }
        put(metrics, prefix + "latency.p50", seen.p50());
        put(metrics, prefix + "latency.p95", seen.p95());
        put(metrics, prefix + "latency.p99", seen.p99());
    }

    private static void put(Map<String, Double> metrics, String name, OptionalDouble value) {
        value.ifPresent(present -> metrics.put(name, present));
    }

    /** Whether a gate is on a metric that only labels tell. */
    public static boolean needsLabels(String metric) {
        return LabelMetrics.JUDGED.contains(metric);
    }

    /** Whether a gate is on a live metric. */
    public static boolean isLive(Gate gate) {
        return gate.metric().startsWith(PREFIX);
    }

    /**
     * Makes sure that gates are on live metrics that there are.
     *
     * @throws InvalidInputException when one is not, or compares with a champion
     */
    public static void requireKnown(List<Gate> gates) {
        TreeSet<String> known = new TreeSet<>(List.of(
                "live.errors.difference",
                "live.prediction.psi",
                "live.prediction.pvalue",
                "live.shadow.compared",
                "live.shadow.different"));
        known.addAll(LabelMetrics.JUDGED);
        for (String side : List.of(PREFIX, PREFIX + "old.")) {
            known.addAll(List.of(side + "requests", side + "errors.share", side + "unanswered.share"));
            LEVELS.forEach(level -> known.add(side + "latency." + level));
        }
        LEVELS.forEach(level -> known.add("live.latency." + level + ".ratio"));
        for (Gate gate : gates) {
            if (gate.metric().equals(LabelMetrics.LABELS) || gate.metric().equals(LabelMetrics.OLD_LABELS)) {
                throw new InvalidInputException("no gate can be on '" + gate.metric()
                        + "', for it begins at 0; say how many labels are needed with deploy.strategy.labels.min");
            }
            if (!known.contains(gate.metric())) {
                throw new InvalidInputException("a gate asks for the live metric '%s'%s; there are: %s"
                        .formatted(gate.metric(), Spelling.hint(gate.metric(), known), String.join(", ", known)));
            }
            boolean bounded = gate.bound().isPresent() && !LabelMetrics.WITH_INTERVAL.contains(gate.metric());
            if (gate.comparison().againstChampion() || gate.slice().isPresent() || bounded) {
                throw new InvalidInputException("the gate on '" + gate.metric()
                        + "' can only have 'min' and 'max'; compare with the old release by live.errors.difference,"
                        + " live.accuracy.difference, live.latency.p95.ratio or live.old.*");
            }
        }
    }
}
