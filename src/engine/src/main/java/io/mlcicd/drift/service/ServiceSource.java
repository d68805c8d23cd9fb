package io.mlcicd.drift.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a service's health is read. */
public sealed interface ServiceSource {

    /** How long one answer over HTTP may take, unless told otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a Prometheus endpoint is watched, unless told otherwise. */
    Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /**
     * The service's own metrics, in Prometheus' text format or OpenMetrics.
     *
     * @param url the address of the metrics, http or https
     * @param names which metrics mean what
     * @param credentials what the server asks for
     * @param timeout how long one answer may take
     * @param interval how far apart two scrapes are when there is no earlier one to count on from; more than zero
     * @param previous what an earlier observation of the same endpoint kept
     */
    record PrometheusEndpoint(
            String url,
            MetricNames names,
            Credentials credentials,
            Duration timeout,
            Duration interval,
            Optional<Scrape> previous)
            implements ServiceSource {

        /** The endpoint without what others may not see. */
        @Override
        public String toString() {
            return "PrometheusEndpoint[" + HttpSource.shown(url) + "]";
        }
    }

    /**
     * Which metrics of an endpoint mean what. What is left out is looked for under the names that common exporters use.
     *
     * @param latency a histogram or summary of latencies
     * @param unit the unit of the latencies
     * @param requests counters that add up to all requests; empty for those that the latency metric counts
     * @param errors counters that add up to the requests answered with an error; empty for those of a status of 5xx
     */
    record MetricNames(
            Optional<SeriesSelector> latency,
            LatencyUnit unit,
            List<SeriesSelector> requests,
            List<SeriesSelector> errors) {

        /** Nothing is named. */
        public static final MetricNames USUAL =
                new MetricNames(Optional.empty(), LatencyUnit.SECONDS, List.of(), List.of());

        public MetricNames {
            requests = List.copyOf(requests);
            errors = List.copyOf(errors);
        }
    }

    /**
     * A Prometheus server that has collected the service's metrics.
     *
     * @param url the server's address, http or https, such as {@code http://prometheus:9090}
     * @param queries a PromQL expression with one number as answer for each metric that is wanted: {@code latency.p50},
     *     {@code latency.p90}, {@code latency.p95}, {@code latency.p99}, {@code latency.mean}, {@code errors.share},
     *     {@code requests.perSecond}, {@code requests}
     * @param unit the unit of the latencies
     * @param credentials what the server asks for
     * @param timeout how long one answer may take
     */
    record PrometheusServer(
            String url, Map<String, String> queries, LatencyUnit unit, Credentials credentials, Duration timeout)
            implements ServiceSource {

        /** The server without what others may not see. */
        @Override
        public String toString() {
            return "PrometheusServer[" + HttpSource.shown(url) + "]";
        }
    }

    /**
     * The log of a web server.
     *
     * @param files the files, plain or in gzip, oldest first or in any order
     * @param format how its lines are written
     * @param unit the unit of the latencies; empty to tell by the format
     * @param errorsFrom the lowest status that is an error, 400 to 599
     * @param last how far back from its newest line, unless all
     */
    record AccessLog(
            List<LogFile> files, LogFormat format, Optional<LatencyUnit> unit, int errorsFrom, Optional<Duration> last)
            implements ServiceSource {

        /** Errors of the service; those of 4xx are their clients'. */
        public static final int SERVER_ERRORS = 500;

        public AccessLog {
            files = List.copyOf(files);
        }
    }

    /**
     * One file of a log.
     *
     * @param path where it is
     * @param shown the path as the user wrote it
     */
    record LogFile(Path path, String shown) {}
}
