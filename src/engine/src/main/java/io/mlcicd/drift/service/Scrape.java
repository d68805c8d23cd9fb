package io.mlcicd.drift.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The counters of a Prometheus endpoint at one time, as far as they matter.
 *
 * @param at when
 * @param address the endpoint, without secrets
 * @param started when the process started, in seconds since 1970-01-01T00:00Z, if it says so
 * @param watched the selectors of the series that were kept
 * @param counters each series as {@code name{label="value"}}, labels in their order, with its value
 */
public record Scrape(
        Instant at, String address, OptionalDouble started, List<String> watched, Map<String, Double> counters) {

    public Scrape {
        watched = List.copyOf(watched);
    }
}
