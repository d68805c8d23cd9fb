package io.mlcicd.drift.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import io.mlcicd.drift.service.ServiceSource.PrometheusServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a server that gives the answers which Prometheus 2.42.0 gave to these queries. */
class ServerQueriesTest {

    private static final String P95 = "histogram_quantile(0.95, http_request_duration_seconds_bucket)";
    private static final String SHARE =
            "sum(rate(http_requests_total{code=~\"5..\"}[10s]))/sum(rate(http_requests_total[10s]))";

    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        success(P95, "vector", "[{\"metric\":{\"job\":\"x\"},\"value\":[1795635984.457,\"0.29605263157894735\"]}]");
        success(SHARE, "vector", "[{\"metric\":{},\"value\":[1795635984.570,\"0.09999999999999999\"]}]");
        success(
                "http_requests_total",
                "vector",
                "[{\"metric\":{\"code\":\"200\"},\"value\":[1795635984.608,\"315\"]},{\"metric\":{\"code\":\"503\"},\"value\":[1795635984.608,\"35\"]}]");
        success("nothing_at_all", "vector", "[]");
        success("scalar(up)", "scalar", "[1795635984.682,\"1\"]");
        success(
                "http_requests_total[5s]",
                "matrix",
                "[{\"metric\":{\"code\":\"200\"},\"values\":[[1795635980.096,\"135\"],[1795635981.096,\"180\"]]}]");
        success("vector(0)/0", "vector", "[{\"metric\":{},\"value\":[1795635984.794,\"NaN\"]}]");
        answers.put(
                "sum(",
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter \\\"query\\\": 1:5: parse error: unclosed left parenthesis\"}");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            String query = URLDecoder.decode(
                    exchange.getRequestURI().getRawQuery().replaceFirst("query=", ""), StandardCharsets.UTF_8);
            byte[] body = answers.getOrDefault(query, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(query.equals("sum(") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/graph/api/v1/query", exchange -> {
            byte[] body = "<html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void success(String query, String type, String result) {
        answers.put(
                query,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}".formatted(type, result));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eachQueryGivesItsMetric() throws Exception {
        ServiceFindings findings = observe(
                "/",
                Map.of(
                        "latency.p95", P95,
                        "errors.share", SHARE,
                        "requests.perSecond", "scalar(up)",
                        "latency.mean", "vector(0)/0",
                        "requests", "nothing_at_all"));

        assertThat(findings.metrics())
                .containsOnlyKeys("service.latency.p95", "service.errors.share", "service.requests.perSecond");
        assertThat(findings.metrics().get("service.latency.p95")).isCloseTo(296.0526315789474, within(1e-9));
        assertThat(findings.metrics().get("service.errors.share")).isCloseTo(0.1, within(1e-12));
        assertThat(findings.absent().get("service.latency.mean")).contains("NaN");
        assertThat(findings.absent().get("service.requests")).contains("matches nothing");
        assertThat(Json.mapper().readValue(Json.write(findings), ServiceFindings.class))
                .isEqualTo(findings);
    }

    @Test
    void queriesThatGiveNoNumberAreRefused() {
        assertRefused(Map.of("requests", "http_requests_total"), "has 2 answers");
        assertRefused(Map.of("requests", "http_requests_total[5s]"), "gives a matrix, not a number");
        assertRefused(Map.of("requests", "sum("), "refuses the query for 'requests': invalid parameter \"query\"");
        assertRefused(Map.of("latency.p59", P95), "did you mean 'latency.p50'?");
        assertRefused(Map.of(), "nothing is asked");
    }

    private void assertRefused(Map<String, String> queries, String message) {
        assertThatThrownBy(() -> observe("", queries))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoPrometheusServerIsTold() {
        assertThatThrownBy(() -> observe("/graph", Map.of("requests", "up")))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("something else than JSON");
        assertThatThrownBy(() -> observe("", Map.of("requests", "unknown")))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("does not answer as a Prometheus server does");
        assertThatThrownBy(() -> observe("/prefix", Map.of("requests", "up")))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("status 404");
    }

    private ServiceFindings observe(String path, Map<String, String> queries) throws InterruptedException {
        return ServiceWatch.observe(
                new ServiceRequest(new PrometheusServer(
                        "http://127.0.0.1:" + server.getAddress().getPort() + path,
                        queries,
                        LatencyUnit.SECONDS,
                        new Credentials.None(),
                        Duration.ofSeconds(5))),
                Progress.NONE);
    }
}
