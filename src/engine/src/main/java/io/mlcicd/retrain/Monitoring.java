package io.mlcicd.retrain;

import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.lineage.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a drift check found, as far as it matters to retraining.
 *
 * @param time when it was made
 * @param inputs what it read: name to digest
 * @param driftShare share of the compared columns that drifted, 0 to 1
 * @param drifted the columns that drifted or are missing on one side: name to a sentence
 * @param performance the model's metrics on current data, computed or estimated: bare metric name to value
 * @param asks what it asks for by itself
 * @param approval whether its own policy wants a person to agree
 */
public record Monitoring(
        Instant time,
        SortedMap<String, String> inputs,
        OptionalDouble driftShare,
        SortedMap<String, String> drifted,
        SortedMap<String, Double> performance,
        List<Ask> asks,
        Approval approval) {

    private static final String PERFORMANCE = "performance.";
    private static final String SERVICE = "service.";

    public Monitoring {
        inputs = new TreeMap<>(inputs);
        drifted = new TreeMap<>(drifted);
        performance = new TreeMap<>(performance);
        asks = List.copyOf(asks);
    }

    /**
     * Something that the drift check itself asks a new model for.
     *
     * @param condition what kind of reason it is
     * @param key names it whatever its numbers are, such as a gate's metric
     * @param message a sentence with the numbers
     */
    public record Ask(Condition condition, String key, String message) {

        /**
         * What failed gates of criticality UNSTABLE or FAILURE ask for. Those on {@code performance.*} are about
         * performance; those on {@code service.*} ask for nothing, for a new model does not help a slow service.
         */
        public static List<Ask> of(List<GateResult> gates) {
            List<Ask> asks = new ArrayList<>();
            for (GateResult gate : gates) {
                String metric = gate.gate().metric();
                boolean failed = gate.outcome() == Outcome.FAILED && gate.gate().criticality() != Criticality.NOTE;
                if (failed && !metric.startsWith(SERVICE)) {
                    Condition condition = metric.startsWith(PERFORMANCE) ? Condition.PERFORMANCE : Condition.DRIFT;
                    asks.add(new Ask(condition, metric, gate.message()));
                }
            }
            return asks;
        }
    }

    /**
     * What a check found that is still in memory.
     *
     * @param metrics all its metrics; {@code drift.share} and those that begin with {@code performance.} are looked at
     * @param alarms what a watch over performance has to say: a key, such as the metric's name, to a sentence
     */
    public static Monitoring of(
            Instant time,
            List<Artifact> inputs,
            Map<String, Double> metrics,
            Map<String, String> drifted,
            List<GateResult> gates,
            Map<String, String> alarms) {
        List<Ask> asks = new ArrayList<>(Ask.of(gates));
        new TreeMap<>(alarms).forEach((key, message) -> asks.add(new Ask(Condition.PERFORMANCE, key, message)));
        return new Monitoring(
                time,
                digests(inputs),
                share(metrics),
                new TreeMap<>(drifted),
                performance(metrics),
                asks,
                Approval.NONE);
    }

    static SortedMap<String, String> digests(List<Artifact> inputs) {
        SortedMap<String, String> digests = new TreeMap<>();
        // Two inputs may have one name, as a folder's files; neither may hide the other.
        inputs.forEach(input -> digests.merge(input.name(), input.digest().value(), (one, other) -> one + "+" + other));
        return digests;
    }

    static OptionalDouble share(Map<String, Double> metrics) {
        return Optional.ofNullable(metrics.get("drift.share"))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    static SortedMap<String, Double> performance(Map<String, Double> metrics) {
        SortedMap<String, Double> performance = new TreeMap<>();
        metrics.forEach((name, value) -> {
            if (name.startsWith(PERFORMANCE)) {
                performance.put(name.substring(PERFORMANCE.length()), value);
            }
        });
        return performance;
    }
}
