package io.mlcicd.drift.service;

import io.mlcicd.drift.service.Exposition.Sample;
import io.mlcicd.drift.service.HttpSource.Answer;
import io.mlcicd.drift.service.ServiceFindings.Kind;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import io.mlcicd.drift.service.ServiceSource.PrometheusEndpoint;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Watches a service's own metrics: what its counters have grown by since an earlier scrape or, without one, from one
 * scrape to the next.
 */
final class EndpointObservation {

    private static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private static final SeriesSelector START = SeriesSelector.ofName("process_start_time_seconds");

    private final PrometheusEndpoint endpoint;
    private final Progress progress;
    private final URI address;
    private final String shown;
    private final HttpSource http;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> absent = new TreeMap<>();

    EndpointObservation(PrometheusEndpoint endpoint, Progress progress) {
        this.endpoint = endpoint;
        this.progress = progress;
        this.address = HttpSource.address(endpoint.url());
        this.shown = HttpSource.shown(endpoint.url());
        this.http = new HttpSource(address, endpoint.credentials(), endpoint.timeout());
    }

    /** A scrape, and when it came. */
    private record Scraped(Exposition exposition, Instant at) {}

    ServiceFindings findings() throws InterruptedException {
        progress.step("reading the metrics of " + shown, 0);
        Scraped first = scrape();
        if (endpoint.previous().isPresent()) {
            WatchedMetrics watched = WatchedMetrics.of(endpoint.names(), first.exposition(), shown);
            Scrape previous = endpoint.previous().get();
            if (countsOn(previous, first.at(), watched)) {
                return findings(previous, first, watched);
            }
        }
        progress.step(
                "watching the service for %s s".formatted(endpoint.interval().toMillis() / 1e3), 0.1);
        Thread.sleep(Math.max(1, endpoint.interval().toMillis()));
        progress.step("reading the metrics of " + shown + " again", 0.9);
        Scraped second = scrape();
        // Some metrics, and series of a label's value, appear when they are first used.
        WatchedMetrics watched = WatchedMetrics.of(endpoint.names(), second.exposition(), shown);
        return findings(kept(first, watched), second, watched);
    }

    private Scraped scrape() throws InterruptedException {
        Answer answer = http.get(address, ACCEPT);
        String refusal = HttpSource.refusal(answer.status(), shown);
        if (!refusal.isEmpty()) {
            throw new OutsideSystemException(refusal);
        }
        return new Scraped(ExpositionParser.parse(answer.body(), shown), Instant.now());
    }

    private boolean countsOn(Scrape previous, Instant now, WatchedMetrics watched) {
        if (!previous.address().equals(shown)) {
            notes.add("the earlier observation was of " + previous.address() + ", so it does not count here");
            return false;
        }
        if (!previous.at().isBefore(now)) {
            notes.add("the earlier observation is of %s, which is not before now; a clock was changed"
                    .formatted(previous.at()));
            return false;
        }
        if (!previous.watched().containsAll(selectors(watched))) {
            notes.add("the earlier observation was of other metrics, so it does not count here");
            return false;
        }
        return true;
    }

    private static List<String> selectors(WatchedMetrics watched) {
        return watched.counters().stream().map(SeriesSelector::toString).toList();
    }

    private Scrape kept(Scraped scraped, WatchedMetrics watched) {
        Map<String, Double> counters = new TreeMap<>();
        for (SeriesSelector selector : watched.counters()) {
            scraped.exposition().of(selector).stream()
                    .filter(sample -> Double.isFinite(sample.value()))
                    .forEach(sample -> counters.put(CounterIncrease.key(sample), sample.value()));
        }
        return new Scrape(scraped.at(), shown, started(scraped), selectors(watched), counters);
    }

    private static OptionalDouble started(Scraped scraped) {
        return scraped.exposition().of(START).stream()
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .findFirst();
    }

    private ServiceFindings findings(Scrape before, Scraped now, WatchedMetrics watched) {
        CounterIncrease increase =
                new CounterIncrease(now.exposition(), before, started(now).orElse(Double.NaN));
        double requests = increase.of(watched.requests());
        OptionalDouble errorShare = errorShare(increase, watched);
        OptionalDouble mean = mean(increase, watched);
        List<Percentile> percentiles = percentiles(increase, now.exposition(), watched);

        Instant from = before.at();
        if (increase.hasResets()) {
            Optional<Instant> restart = started(now).stream()
                    .mapToObj(seconds -> Instant.ofEpochMilli(Math.round(seconds * 1e3)))
                    .filter(start -> start.isAfter(before.at()) && start.isBefore(now.at()))
                    .findFirst();
            notes.add(
                    restart.map(start ->
                                    "the service was restarted at %s; it is observed from then on".formatted(start))
                            .orElse(
                                    "counters began again at 0, so the service was restarted; requests before that are missing"));
            from = restart.orElse(from);
        }
        double seconds = Duration.between(from, now.at()).toNanos() / 1e9;
        return new ServiceFindings(
                Kind.PROMETHEUS,
                shown,
                Optional.of(from),
                Optional.of(now.at()),
                OptionalDouble.of(requests),
                OptionalDouble.of(requests / seconds),
                errorShare,
                mean,
                percentiles,
                List.of(),
                absent,
                Optional.empty(),
                Optional.of(kept(now, watched)),
                notes);
    }

    private OptionalDouble errorShare(CounterIncrease increase, WatchedMetrics watched) {
        if (watched.errorsOf().isEmpty()) {
            absent.put(
                    ServiceFindings.ERRORS,
                    "no counter of requests has a label with their status; name counters of 'errors'");
            return OptionalDouble.empty();
        }
        double of = increase.of(watched.errorsOf());
        double errors = increase.of(watched.errors());
        if (of <= 0) {
            absent.put(ServiceFindings.ERRORS, "no request was counted");
            return OptionalDouble.empty();
        }
        if (errors > of) {
            absent.put(
                    ServiceFindings.ERRORS,
                    "%.0f errors of %.0f requests were counted; 'requests' must count those with errors, too"
                            .formatted(errors, of));
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(errors / of);
    }

    private OptionalDouble mean(CounterIncrease increase, WatchedMetrics watched) {
        if (watched.latency().isEmpty()) {
            String reason = "none of the usual metrics of latency is there; name one as 'latency'";
            absent.put(ServiceFindings.MEAN, reason);
            return OptionalDouble.empty();
        }
        SeriesSelector latency = watched.latency().get();
        double count = increase.of(List.of(latency.withName(latency.name() + "_count")));
        if (count <= 0) {
            absent.put(ServiceFindings.MEAN, "no request was counted");
            return OptionalDouble.empty();
        }
        double sum = increase.of(List.of(latency.withName(latency.name() + "_sum")));
        return OptionalDouble.of(endpoint.names().unit().toMillis(sum / count));
    }

    private List<Percentile> percentiles(CounterIncrease increase, Exposition now, WatchedMetrics watched) {
        if (watched.latency().isEmpty()) {
            return noPercentiles("none of the usual metrics of latency is there; name one as 'latency'");
        }
        SeriesSelector latency = watched.latency().get();
        if (now.of(latency.withName(latency.name() + "_bucket")).isEmpty()) {
            return quantiles(now.of(latency), latency);
        }
        HistogramQuantile histogram = new HistogramQuantile(increase.buckets(latency));
        if (!histogram.isUsable()) {
            return noPercentiles(
                    histogram.isEmpty()
                            ? "the histogram's series have no buckets in common"
                            : "no request was counted");
        }
        return ServiceFindings.LEVELS.entrySet().stream()
                .map(level -> histogram.percentile(
                        level.getKey(), level.getValue(), endpoint.names().unit()))
                .toList();
    }

    /** A summary's quantiles are the service's own, over the time that it keeps them for. */
    private List<Percentile> quantiles(List<Sample> samples, SeriesSelector latency) {
        List<Percentile> percentiles = new ArrayList<>();
        ServiceFindings.LEVELS.forEach((name, level) -> {
            List<Sample> ofLevel = samples.stream()
                    .filter(sample -> HistogramQuantile.bound(sample.labels().getOrDefault("quantile", ""))
                            .filter(level::equals)
                            .isPresent())
                    .toList();
            String metric = ServiceFindings.LATENCY + name;
            if (ofLevel.isEmpty()) {
                absent.put(
                        metric,
                        "'%s' has neither buckets nor this quantile; let the service publish a histogram"
                                .formatted(latency.name()));
            } else if (ofLevel.size() > 1) {
                absent.put(
                        metric,
                        "'%s' is a summary of %d series, whose quantiles cannot be added up; narrow it down by labels, or let the service publish a histogram"
                                .formatted(latency.name(), ofLevel.size()));
            } else if (!Double.isFinite(ofLevel.get(0).value())) {
                absent.put(metric, "the service has seen no request lately");
            } else {
                percentiles.add(Percentile.exact(
                        name, endpoint.names().unit().toMillis(ofLevel.get(0).value())));
            }
        });
        if (!percentiles.isEmpty()) {
            notes.add("percentiles are those that the service computes itself, over the time that it chose");
        }
        return percentiles;
    }

    private List<Percentile> noPercentiles(String reason) {
        ServiceFindings.LEVELS.keySet().forEach(name -> absent.put(ServiceFindings.LATENCY + name, reason));
        return List.of();
    }
}
