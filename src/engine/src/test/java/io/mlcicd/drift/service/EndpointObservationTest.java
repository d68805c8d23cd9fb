package io.mlcicd.drift.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import io.mlcicd.drift.service.ServiceSource.MetricNames;
import io.mlcicd.drift.service.ServiceSource.PrometheusEndpoint;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches the official Prometheus client for Java 1.3.10 over HTTP, and servers that are none. */
class EndpointObservationTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private PrometheusRegistry registry;
    private HTTPServer exporter;
    private HttpServer other;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void startExporter() throws IOException {
        registry = new PrometheusRegistry();
        exporter = HTTPServer.builder()
                .inetAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .registry(registry)
                .buildAndStart();
    }

    @AfterEach
    void stop() {
        exporter.stop();
        if (other != null) {
            other.stop(0);
        }
        threads.shutdownNow();
    }

    private Histogram histogram(String name) {
        return Histogram.builder()
                .name(name)
                .help("Latency.")
                .labelNames("path", "status")
                .classicOnly()
                .classicUpperBounds(0.01, 0.1, 0.5, 1)
                .register(registry);
    }

    @Test
    void aHistogramIsObservedFromOneScrapeToTheNext() throws Exception {
        Histogram latency = histogram("http_request_duration_seconds");
        for (int i = 0; i < 1000; i++) {
            latency.labelValues("/old", "200").observe(5);
        }
        whenScraped(() -> {
            for (int i = 0; i < 60; i++) {
                latency.labelValues("/predict", "200").observe(0.05);
            }
            for (int i = 0; i < 30; i++) {
                latency.labelValues("/other", "200").observe(0.2);
            }
            for (int i = 0; i < 10; i++) {
                latency.labelValues("/predict", "503").observe(2);
            }
        });

        ServiceFindings findings = observe(MetricNames.USUAL, Optional.empty());

        // Of 100 requests 60 are in (0.01, 0.1], 30 in (0.1, 0.5], 10 beyond 1.
        assertThat(findings.metrics())
                .containsEntry("service.requests", 100.0)
                .containsEntry("service.errors.share", 0.1);
        assertThat(findings.metrics().get("service.latency.p50")).isCloseTo(10 + 90 * 50 / 60.0, within(1e-9));
        assertThat(findings.metrics().get("service.latency.p90")).isCloseTo(500, within(1e-9));
        assertThat(findings.metrics().get("service.latency.p99")).isEqualTo(1000);
        assertThat(findings.metrics().get("service.latency.mean")).isCloseTo(290, within(1e-6));
        double seconds =
                Duration.between(findings.from().get(), findings.to().get()).toNanos() / 1e9;
        assertThat(seconds).isBetween(0.3, 5.0);
        assertThat(findings.metrics().get("service.requests.perSecond")).isCloseTo(100 / seconds, within(1e-9));
        assertThat(findings.percentiles()).extracting(Percentile::name).containsExactly("p50", "p90", "p95", "p99");
        assertThat(findings.percentiles().get(0).lower()).isEqualTo(10);
        assertThat(findings.percentiles().get(0).upper()).hasValue(100);
        assertThat(findings.percentiles().get(3).upper()).isEmpty();
        assertThat(findings.absent()).isEmpty();
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void theNextRunCountsOnFromTheLastOne() throws Exception {
        Histogram latency = histogram("http_server_requests_seconds");
        latency.labelValues("/a", "200").observe(0.3);
        ServiceFindings first = observe(MetricNames.USUAL, Optional.empty());
        assertThat(first.metrics()).containsEntry("service.requests", 0.0);
        assertThat(first.absent())
                .containsEntry("service.latency.p95", "no request was counted")
                .containsEntry("service.errors.share", "no request was counted");
        for (int i = 0; i < 4; i++) {
            latency.labelValues("/a", "200").observe(0.05);
        }
        latency.labelValues("/a", "500").observe(0.05);
        ServiceFindings kept = Json.mapper().readValue(Json.write(first), ServiceFindings.class);
        assertThat(kept).isEqualTo(first);

        ServiceFindings next = observe(MetricNames.USUAL, kept.scrape());

        assertThat(next.metrics()).containsEntry("service.requests", 5.0).containsEntry("service.errors.share", 0.2);
        assertThat(next.from()).isEqualTo(first.to());
        assertThat(next.notes()).isEmpty();
    }

    @Test
    void aRestartIsRecognised() throws Exception {
        Histogram latency = histogram("http_request_duration_seconds");
        for (int i = 0; i < 10; i++) {
            latency.labelValues("/a", "200").observe(0.05);
        }
        Scrape before = observe(MetricNames.USUAL, Optional.empty()).scrape().get();
        registry.unregister(latency);
        Histogram again = histogram("http_request_duration_seconds");
        for (int i = 0; i < 3; i++) {
            again.labelValues("/a", "200").observe(3);
        }

        ServiceFindings findings = observe(MetricNames.USUAL, Optional.of(before));

        assertThat(findings.metrics().get("service.requests")).isEqualTo(3);
        assertThat(findings.metrics().get("service.latency.mean")).isCloseTo(3000, within(1e-9));
        assertThat(findings.notes()).anyMatch(note -> note.contains("restarted"));
    }

    @Test
    void anEarlierObservationOfSomethingElseDoesNotCount() throws Exception {
        histogram("http_request_duration_seconds").labelValues("/a", "200").observe(1);
        Scrape before = observe(MetricNames.USUAL, Optional.empty()).scrape().get();

        Scrape elsewhere = new Scrape(before.at(), "http://b/metrics", before.started(), before.watched(), Map.of());
        Scrape later = new Scrape(
                Instant.now().plusSeconds(99), before.address(), before.started(), before.watched(), Map.of());
        Scrape others = new Scrape(before.at(), before.address(), OptionalDouble.empty(), List.of("up"), Map.of());
        for (Scrape wrong : List.of(elsewhere, later, others)) {
            ServiceFindings findings = observe(MetricNames.USUAL, Optional.of(wrong));
            assertThat(findings.metrics()).containsEntry("service.requests", 0.0);
            assertThat(findings.notes()).hasSize(1).first().asString().startsWith("the earlier observation");
        }
    }

    @Test
    void namedMetricsAreTakenInTheirUnit() throws Exception {
        Histogram latency = Histogram.builder()
                .name("inference_ms")
                .labelNames("model")
                .classicOnly()
                .classicUpperBounds(10, 20)
                .register(registry);
        Counter good = Counter.builder().name("inference_ok").register(registry);
        Counter bad = Counter.builder().name("inference_bad").labelNames("why").register(registry);
        whenScraped(() -> {
            for (int i = 0; i < 8; i++) {
                latency.labelValues("mine").observe(15);
                latency.labelValues("theirs").observe(5);
                good.inc();
            }
            bad.labelValues("oom").inc(2);
        });

        ServiceFindings findings = observe(
                new MetricNames(
                        Optional.of(SeriesSelector.parse("inference_ms_bucket{model=\"mine\"}")),
                        LatencyUnit.MILLISECONDS,
                        List.of(
                                SeriesSelector.parse("inference_ok_total"),
                                SeriesSelector.parse("inference_bad_total")),
                        List.of(SeriesSelector.parse("inference_bad_total{why!=\"client\"}"))),
                Optional.empty());

        assertThat(findings.metrics())
                .containsEntry("service.requests", 10.0)
                .containsEntry("service.errors.share", 0.2);
        assertThat(findings.metrics())
                .containsEntry("service.latency.p50", 15.0)
                .containsEntry("service.latency.mean", 15.0);
    }

    @Test
    void aSummaryTellsItsOwnQuantiles() throws Exception {
        Summary latency = Summary.builder()
                .name("request_latency_seconds")
                .quantile(0.5, 0.001)
                .quantile(0.95, 0.001)
                .labelNames("path")
                .register(registry);
        whenScraped(() -> {
            for (int i = 1; i <= 100; i++) {
                latency.labelValues("/a").observe(i / 100.0);
            }
        });

        ServiceFindings one = observe(MetricNames.USUAL, Optional.empty());

        assertThat(one.metrics().get("service.latency.p50")).isCloseTo(500, within(11.0));
        assertThat(one.metrics().get("service.latency.p95")).isCloseTo(950, within(11.0));
        assertThat(one.metrics().get("service.latency.mean")).isCloseTo(505, within(1e-6));
        assertThat(one.absent().get("service.latency.p99")).contains("neither buckets nor this quantile");
        assertThat(one.absent().get("service.errors.share")).contains("name counters of 'errors'");
        assertThat(one.notes()).anyMatch(note -> note.contains("computes itself"));
        latency.labelValues("/b").observe(1);
        assertThat(observe(MetricNames.USUAL, Optional.empty()).absent().get("service.latency.p95"))
                .contains("summary of 2 series");
    }

    @Test
    void aWrongNameIsToldWithTheNearest() {
        histogram("predict_duration_seconds").labelValues("/a", "200").observe(1);
        Gauge.builder().name("queue_length").register(registry).set(1);

        assertThatThrownBy(() -> observe(latency("predict_duraton_seconds"), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "has no metric 'predict_duraton_seconds' (did you mean 'predict_duration_seconds'?)")
                .hasMessageContaining("there are: predict_duration_seconds, queue_length");
        assertThatThrownBy(() -> observe(latency("queue_length"), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither a histogram nor a summary");
        assertThatThrownBy(() -> observe(MetricNames.USUAL, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("name those of the service");
        MetricNames errors = new MetricNames(
                Optional.of(SeriesSelector.ofName("predict_duration_seconds")),
                LatencyUnit.SECONDS,
                List.of(),
                List.of(SeriesSelector.ofName("failures_total")));
        assertThatThrownBy(() -> observe(errors, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no metric 'failures_total'");
    }

    private static MetricNames latency(String name) {
        return new MetricNames(Optional.of(SeriesSelector.ofName(name)), LatencyUnit.SECONDS, List.of(), List.of());
    }

    @Test
    void serversThatAreNoExportersAreTold() throws Exception {
        assertFails(404, "", OutsideSystemException.class, "answered with status 404; the address is wrong");
        assertFails(401, "", OutsideSystemException.class, "status 401; give credentials");
        assertFails(302, "", OutsideSystemException.class, "redirects to");
        assertFails(200, "<html><body>Login</body></html>", InvalidInputException.class, "is a web page, not metrics");
        assertFails(200, "", InvalidInputException.class, "has no metrics");
    }

    private void assertFails(int status, String body, Class<? extends Exception> expected, String message)
            throws IOException {
        String url = serve(status, body);
        assertThatThrownBy(() -> observe(url, new Credentials.None(), Duration.ofSeconds(5)))
                .isInstanceOf(expected)
                .hasMessageContaining(message)
                .hasMessageContaining("/metrics");
        other.stop(0);
    }

    @Test
    void anEndpointThatIsDownIsTold() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() ->
                        observe("http://127.0.0.1:" + free + "/metrics", new Credentials.None(), Duration.ofSeconds(5)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void anEndlessOrHangingBodyIsGivenUp() throws Exception {
        other = server();
        other.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = "a 1\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(part);
                }
            }
        });
        other.createContext("/hanging", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("a 1\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            sleep(20_000);
        });
        String address = "http://127.0.0.1:" + other.getAddress().getPort();

        assertThatThrownBy(() -> observe(address + "/endless", new Credentials.None(), Duration.ofSeconds(30)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("more than 32 MiB");
        long started = System.nanoTime();
        assertThatThrownBy(() -> observe(address + "/hanging", new Credentials.None(), Duration.ofMillis(500)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("no whole answer within 0.500 s");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).isLessThan(5000);
    }

    @Test
    void credentialsAreSentAndNeverShown() throws Exception {
        AtomicReference<String> authorization = new AtomicReference<>();
        other = server();
        other.createContext("/metrics", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "requests_total 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/metrics?key=s3cret";

        ServiceFindings findings = observe(url, new Credentials.Bearer("t0ken"), Duration.ofSeconds(5));
        assertThat(authorization.get()).isEqualTo("Bearer t0ken");
        observe(url, new Credentials.Basic("me", "pa:ss"), Duration.ofSeconds(5));
        assertThat(authorization.get()).isEqualTo("Basic bWU6cGE6c3M=");

        assertThat(Json.write(findings)).doesNotContain("t0ken").doesNotContain("s3cret");
        assertThat(endpoint(url, new Credentials.Bearer("t0ken"), SHORT, MetricNames.USUAL, Optional.empty())
                        .toString())
                .doesNotContain("t0ken")
                .doesNotContain("s3cret");
        assertThat(new Credentials.Basic("me", "pa:ss").toString()).doesNotContain("pa:ss");
        assertThatThrownBy(() -> observe(url, new Credentials.Bearer("bro\nken"), Duration.ofSeconds(5)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("ken\"")
                .hasMessageNotContaining("bro");
        assertThatThrownBy(() -> observe("http://me:pa55@127.0.0.1/metrics", new Credentials.None(), SHORT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("pa55");
        for (String wrong : List.of("metrics", "ftp://host/x", "http:///x", "http://a b/")) {
            assertThatThrownBy(() -> observe(wrong, new Credentials.None(), SHORT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is no address");
        }
    }

    @Test
    void anInterruptionEndsTheWatch() throws Exception {
        histogram("http_request_duration_seconds").labelValues("/a", "200").observe(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> observe(MetricNames.USUAL, Optional.empty())).isInstanceOf(InterruptedException.class);
    }

    /** Has something happen between the first scrape and the second. */
    private void whenScraped(Runnable then) {
        between = then;
    }

    private Runnable between = () -> {};

    private ServiceFindings observe(MetricNames names, Optional<Scrape> previous) throws InterruptedException {
        String url = "http://127.0.0.1:" + exporter.getPort() + "/metrics";
        return ServiceWatch.observe(
                new ServiceRequest(endpoint(url, new Credentials.None(), Duration.ofSeconds(5), names, previous)),
                new Progress() {
                    @Override
                    public void step(String what, double fraction) {
                        if (what.startsWith("watching")) {
                            between.run();
                        }
                    }

                    @Override
                    public void line(String text) {}
                });
    }

    private static ServiceFindings observe(String url, Credentials credentials, Duration timeout)
            throws InterruptedException {
        return ServiceWatch.observe(
                new ServiceRequest(endpoint(url, credentials, timeout, MetricNames.USUAL, Optional.empty())),
                Progress.NONE);
    }

    private static PrometheusEndpoint endpoint(
            String url, Credentials credentials, Duration timeout, MetricNames names, Optional<Scrape> previous) {
        return new PrometheusEndpoint(url, names, credentials, timeout, SHORT, previous);
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private String serve(int status, String body) throws IOException {
        other = server();
        other.createContext("/metrics", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        return "http://127.0.0.1:" + other.getAddress().getPort() + "/metrics";
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
