package io.mlcicd.drift.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How a service has been doing.
 *
 * @param kind what was read
 * @param source where, for people; without secrets
 * @param from the beginning of what was observed; empty where only the server knows it
 * @param to its end
 * @param requests number of requests
 * @param perSecond requests per second
 * @param errorShare share of the requests that were answered with an error, 0 to 1
 * @param meanMillis mean latency in milliseconds
 * @param percentiles latency percentiles, by rising level
 * @param endpoints the paths with the most requests, of access logs alone
 * @param absent each metric that could not be told, with the reason
 * @param log of an access log, how its reading went
 * @param scrape of a Prometheus endpoint, the counters that the next observation can count on from
 * @param notes what a reader should know
 */
public record ServiceFindings(
        Kind kind,
        String source,
        Optional<Instant> from,
        Optional<Instant> to,
        OptionalDouble requests,
        OptionalDouble perSecond,
        OptionalDouble errorShare,
        OptionalDouble meanMillis,
        List<Percentile> percentiles,
        List<Endpoint> endpoints,
        Map<String, String> absent,
        Optional<LogReading> log,
        Optional<Scrape> scrape,
        List<String> notes) {

    /** The levels of the percentiles, by name. */
    static final Map<String, Double> LEVELS = new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, "p95", 0.95, "p99", 0.99));

    static final String LATENCY = "service.latency.";
    static final String MEAN = LATENCY + "mean";
    static final String ERRORS = "service.errors.share";
    static final String PER_SECOND = "service.requests.perSecond";
    static final String REQUESTS = "service.requests";

    public ServiceFindings {
        percentiles = List.copyOf(percentiles);
        endpoints = List.copyOf(endpoints);
        notes = List.copyOf(notes);
    }

    /** What can be read. */
    public enum Kind {
        PROMETHEUS("prometheus"),
        PROMETHEUS_SERVER("prometheusServer"),
        ACCESS_LOG("accessLog");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        @JsonValue
        public String key() {
            return key;
        }

        @JsonCreator
        public static Kind of(String key) {
            for (Kind kind : values()) {
                if (kind.key.equals(key)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(key);
        }
    }

    /**
     * A percentile of the latency.
     *
     * @param name {@code p50}, {@code p90}, {@code p95} or {@code p99}
     * @param millis the percentile in milliseconds
     * @param lower the true percentile is not below, in milliseconds; equal to it where it is exact
     * @param upper nor above; empty where nothing bounds it, because it is beyond the greatest bound of a histogram
     */
    public record Percentile(String name, double millis, double lower, OptionalDouble upper) {

        static Percentile exact(String name, double millis) {
            return new Percentile(name, millis, millis, OptionalDouble.of(millis));
        }
    }

    /**
     * One path of the service.
     *
     * @param path the path without its query, with {@code {id}} for what looks like an identifier
     * @param requests number of requests
     * @param errorShare share of them that were answered with an error, 0 to 1
     * @param meanMillis mean latency in milliseconds; empty when the log has none
     * @param percentiles as of the whole service; empty when the log has no latency
     */
    public record Endpoint(
            String path, long requests, double errorShare, OptionalDouble meanMillis, List<Percentile> percentiles) {

        public Endpoint {
            percentiles = List.copyOf(percentiles);
        }
    }

    /**
     * How the reading of a log went.
     *
     * @param format the format of its lines
     * @param lines number of lines, empty ones left out
     * @param malformed number of lines that are not of that format
     * @param firstMalformed the first of them, as file and line number
     * @param withoutLatency number of requests whose line has no latency
     * @param exact whether percentiles are exact; else each is within half a percent of the true one
     */
    public record LogReading(
            String format,
            long lines,
            long malformed,
            Optional<String> firstMalformed,
            long withoutLatency,
            boolean exact) {}

    /** The metrics that gates can name. */
    @JsonIgnore
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        percentiles.forEach(percentile -> put(metrics, LATENCY + percentile.name(), percentile.millis()));
        meanMillis.ifPresent(value -> put(metrics, MEAN, value));
        errorShare.ifPresent(value -> put(metrics, ERRORS, value));
        perSecond.ifPresent(value -> put(metrics, PER_SECOND, value));
        requests.ifPresent(value -> put(metrics, REQUESTS, value));
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
