package io.mlcicd.drift.service;

import io.mlcicd.document.Spelling;
import io.mlcicd.drift.service.Exposition.Sample;
import io.mlcicd.drift.service.SeriesSelector.Comparison;
import io.mlcicd.drift.service.SeriesSelector.LabelMatcher;
import io.mlcicd.drift.service.ServiceSource.MetricNames;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which series of an endpoint are watched.
 *
 * @param latency the histogram or summary of latencies, by its own name
 * @param requests counters of all requests
 * @param errors counters of the requests that ended in an error
 * @param errorsOf counters of the requests that those are a part of
 */
record WatchedMetrics(
        Optional<SeriesSelector> latency,
        List<SeriesSelector> requests,
        List<SeriesSelector> errors,
        List<SeriesSelector> errorsOf) {

    /** Micrometer, OpenTelemetry, FastAPI's instrumentator, Prometheus' client libraries, Flask, BentoML, Traefik, Caddy. */
    private static final List<String> LATENCIES = List.of(
            "http_server_requests_seconds",
            "http_server_request_duration_seconds",
            "http_request_duration_highr_seconds",
            "http_request_duration_seconds",
            "http_request_latency_seconds",
            "flask_http_request_duration_seconds",
            "bentoml_service_request_duration_seconds",
            "traefik_service_request_duration_seconds",
            "caddy_http_request_duration_seconds",
            "request_duration_seconds",
            "request_latency_seconds");

    private static final List<String> COUNTERS = List.of(
            "http_requests_total",
            "http_server_requests_total",
            "http_request_total",
            "flask_http_request_total",
            "bentoml_service_request_total",
            "traefik_service_requests_total",
            "caddy_http_requests_total",
            "requests_total");

    private static final List<String> STATUS_LABELS =
            List.of("status", "code", "status_code", "http_response_status_code", "http_status_code", "http_status");

    private static final String SERVER_ERROR = "5..|5[xX][xX]";

    private static final int NAMES_TOLD = 20;

    /** @throws InvalidInputException when a named metric is not there, or none is named and none is known */
    static WatchedMetrics of(MetricNames names, Exposition exposition, String shown) {
        Optional<SeriesSelector> latency = names.latency()
                .map(WatchedMetrics::family)
                .or(() -> LATENCIES.stream()
                        .filter(name -> exposition.has(name + "_count"))
                        .findFirst()
                        .map(SeriesSelector::ofName));
        names.latency().ifPresent(named -> requireLatency(family(named), exposition, shown));
        names.requests().forEach(named -> require(named.name(), exposition, shown));
        names.errors().forEach(named -> require(named.name(), exposition, shown));

        List<SeriesSelector> requests = names.requests().isEmpty()
                ? latency.map(selector -> selector.withName(selector.name() + "_count"))
                        .or(() -> usualCounters(exposition).findFirst())
                        .map(List::of)
                        .orElse(List.of())
                : names.requests();
        if (requests.isEmpty()) {
            throw new InvalidInputException(
                    "%s has none of the metrics that common exporters use; name those of the service, 'latency' and 'requests'. There are: %s"
                            .formatted(shown, told(exposition.names())));
        }
        if (!names.errors().isEmpty()) {
            return new WatchedMetrics(latency, requests, names.errors(), requests);
        }
        Optional<SeriesSelector> byStatus = Stream.concat(requests.stream(), usualCounters(exposition))
                .filter(selector -> statusLabel(selector, exposition).isPresent())
                .findFirst();
        boolean allRequests = requests.stream()
                .allMatch(selector -> statusLabel(selector, exposition).isPresent());
        List<SeriesSelector> errorsOf =
                allRequests ? requests : byStatus.map(List::of).orElse(List.of());
        List<SeriesSelector> errors = errorsOf.stream()
                .map(selector -> selector.and(new LabelMatcher(
                        statusLabel(selector, exposition).orElseThrow(), Comparison.MATCHES, SERVER_ERROR)))
                .toList();
        return new WatchedMetrics(latency, requests, errors, errorsOf);
    }

    private static Stream<SeriesSelector> usualCounters(Exposition exposition) {
        return COUNTERS.stream().filter(exposition::has).map(SeriesSelector::ofName);
    }

    private static Optional<String> statusLabel(SeriesSelector selector, Exposition exposition) {
        List<Sample> samples = exposition.of(selector);
        return STATUS_LABELS.stream()
                .filter(label ->
                        samples.stream().anyMatch(sample -> sample.labels().containsKey(label)))
                .findFirst();
    }

    /** People name a histogram by a part of it, too. */
    private static SeriesSelector family(SeriesSelector named) {
        return named.withName(named.name().replaceFirst("_(bucket|sum|count)$", ""));
    }

    private static void requireLatency(SeriesSelector latency, Exposition exposition, String shown) {
        String name = latency.name();
        String type = exposition.types().getOrDefault(name, "");
        if (exposition.has(name + "_count") || type.equals("histogram") || type.equals("summary")) {
            return;
        }
        if (exposition.has(name) || exposition.types().containsKey(name)) {
            throw new InvalidInputException(
                    "the metric '%s' of %s is neither a histogram nor a summary, so it tells no latency percentiles; name one that is"
                            .formatted(name, shown));
        }
        throw unknown(name, exposition, shown);
    }

    /** A counter whose labels have never been used is announced, but has no sample yet. */
    private static void require(String name, Exposition exposition, String shown) {
        String family = name.replaceFirst("_total$", "");
        if (!exposition.has(name)
                && !exposition.types().containsKey(name)
                && !exposition.types().containsKey(family)) {
            throw unknown(name, exposition, shown);
        }
    }

    private static InvalidInputException unknown(String name, Exposition exposition, String shown) {
        Set<String> names = exposition.names();
        return new InvalidInputException("%s has no metric '%s'%s; there are: %s"
                .formatted(shown, name, Spelling.hint(name, names), told(names)));
    }

    private static String told(Set<String> names) {
        String some = String.join(", ", names.stream().limit(NAMES_TOLD).toList());
        int more = names.size() - NAMES_TOLD;
        return more > 0 ? "%s and %d more".formatted(some, more) : some;
    }

    /** All series that must be kept, so that a later scrape can count on from them. */
    List<SeriesSelector> counters() {
        Stream<SeriesSelector> parts = latency.stream()
                .flatMap(selector ->
                        Stream.of("_bucket", "_sum", "_count").map(part -> selector.withName(selector.name() + part)));
        Stream<SeriesSelector> apart =
                errors.stream().filter(error -> errorsOf.stream().noneMatch(error::isPartOf));
        return Stream.of(parts, requests.stream(), errorsOf.stream(), apart)
                .flatMap(selectors -> selectors)
                .distinct()
                .toList();
    }
}
