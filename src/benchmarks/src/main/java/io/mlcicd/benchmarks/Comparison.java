package io.mlcicd.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark beside its peer.
 *
 * @param name the benchmark's class
 * @param parameters its parameters, such as {@code rows=1000}
 * @param engineMillis median time of the engine in milliseconds
 * @param peerMillis median time of the peer in milliseconds
 */
record Comparison(String name, String parameters, double engineMillis, double peerMillis) {

    private static final double MEDIAN = 50;

    /** How many times as long the engine takes; below 1 when it is the faster. */
    double ratio() {
        return engineMillis / peerMillis;
    }

    /** Puts each {@code engine} method beside the {@code peer} of the same class and parameters. */
    static List<Comparison> of(Collection<RunResult> results) {
        Map<String, Map<String, RunResult>> pairs = new LinkedHashMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String method = params.getBenchmark();
            int dot = method.lastIndexOf('.');
            pairs.computeIfAbsent(method.substring(0, dot) + " " + parameters(params), key -> new LinkedHashMap<>())
                    .put(method.substring(dot + 1), result);
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (Map<String, RunResult> pair : pairs.values()) {
            Optional<RunResult> engine = Optional.ofNullable(pair.get("engine"));
            Optional<RunResult> peer = Optional.ofNullable(pair.get("peer"));
            if (engine.isPresent() && peer.isPresent()) {
                BenchmarkParams params = engine.get().getParams();
                String type = params.getBenchmark().replaceFirst("\\.engine$", "");
                comparisons.add(new Comparison(
                        type.substring(type.lastIndexOf('.') + 1),
                        parameters(params),
                        median(engine.get()),
                        median(peer.get())));
            }
        }
        return List.copyOf(comparisons);
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
    }

    private static String parameters(BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .sorted()
                .map(key -> key + "=" + params.getParam(key))
                .collect(Collectors.joining(" "));
    }
}
