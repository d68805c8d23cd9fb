package io.mlcicd.drift.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.document.Json;
import io.mlcicd.drift.service.ServiceFindings.Endpoint;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import io.mlcicd.drift.service.ServiceSource.AccessLog;
import io.mlcicd.drift.service.ServiceSource.LogFile;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs that nginx 1.22.1 wrote of the same 161 requests in three formats. The expected numbers are of Python 3 and numpy
 * 2.4.6 ({@code np.quantile}, {@code np.mean}), from the JSON lines.
 */
class AccessLogTest {

    private static final LogFormat COMBINED = new LogFormat.Combined();
    private static final LogFormat JSON = new LogFormat.JsonLines(Map.of());

    @TempDir
    Path folder;

    @Test
    void nginxLogsWithTheRequestTimeTellLatencyErrorsAndLoad() throws Exception {
        assertNumbersOfNginx(observe(nginx("nginx-timed.log"), COMBINED));
        assertNumbersOfNginx(observe(nginx("nginx-json.log"), JSON));
        assertNumbersOfNginx(
                observe(
                        nginx("nginx-timed.log"),
                        LogFormat.Regex.of(
                                "\\S+ - \\S+ \\[(?<time>[^]]+)] \"(?:[A-Z]+ (?<path>/\\S*) .*?|.*?)\" (?<status>\\d{3}) .* (?<duration>[0-9.]+)")));
    }

    private static void assertNumbersOfNginx(ServiceFindings findings) {
        Map<String, Double> metrics = findings.metrics();
        assertThat(metrics.get("service.latency.p50")).isCloseTo(16, within(1e-9));
        assertThat(metrics.get("service.latency.p90")).isCloseTo(63, within(1e-9));
        assertThat(metrics.get("service.latency.p95")).isCloseTo(97, within(1e-9));
        assertThat(metrics.get("service.latency.p99")).isCloseTo(123, within(1e-9));
        assertThat(metrics.get("service.latency.mean")).isCloseTo(25.652173913043477, within(1e-9));
        assertThat(metrics.get("service.errors.share")).isCloseTo(13 / 161.0, within(1e-12));
        assertThat(metrics.get("service.requests")).isEqualTo(161);
        assertThat(metrics.get("service.requests.perSecond")).isCloseTo(161 / 5.0, within(1e-9));
        assertThat(metrics).hasSize(8);
        assertThat(findings.from()).contains(Instant.parse("2026-11-25T19:27:29Z"));
        assertThat(findings.to()).contains(Instant.parse("2026-11-25T19:27:34Z"));
        assertThat(findings.percentiles())
                .allMatch(each -> each.lower() == each.upper().getAsDouble());
        assertThat(findings.absent()).isEmpty();
        assertThat(findings.notes()).isEmpty();
        assertThat(findings.endpoints())
                .extracting(Endpoint::path)
                .containsExactly("/predict", "/predict/{id}", "/nothing", "/docs/a.html", "/", "/dead", "(none)");
        Endpoint predict = findings.endpoints().get(0);
        assertThat(predict.requests()).isEqualTo(96);
        assertThat(predict.errorShare()).isCloseTo(9 / 96.0, within(1e-12));
        assertThat(predict.meanMillis().getAsDouble()).isCloseTo(33.6875, within(1e-9));
        assertThat(predict.percentiles().get(2))
                .isEqualTo(Percentile.exact("p95", predict.percentiles().get(2).millis()));
        assertThat(predict.percentiles().get(2).millis()).isCloseTo(94, within(1e-9));
        assertThat(findings.endpoints().get(5).errorShare()).isEqualTo(1);
    }

    @Test
    void aLogWithoutLatencyTellsTheRestAndWhatToDo() throws Exception {
        ServiceFindings findings = observe(nginx("nginx-combined.log"), COMBINED);

        assertThat(findings.metrics().keySet())
                .containsExactlyInAnyOrder("service.errors.share", "service.requests", "service.requests.perSecond");
        assertThat(findings.absent().get("service.latency.p95"))
                .contains("$request_time")
                .contains("%D");
        assertThat(findings.endpoints().get(0).percentiles()).isEmpty();
        assertThat(findings.log().get().withoutLatency()).isEqualTo(161);
    }

    @Test
    void theEndOfALogCanBeAskedFor() throws Exception {
        ServiceFindings findings = ServiceWatch.observe(
                new ServiceRequest(new AccessLog(
                        List.of(nginx("nginx-timed.log")),
                        COMBINED,
                        Optional.empty(),
                        AccessLog.SERVER_ERRORS,
                        Optional.of(Duration.ofSeconds(2)))),
                Progress.NONE);

        assertThat(findings.metrics())
                .containsEntry("service.requests", 52.0)
                .containsEntry("service.requests.perSecond", 26.0);
        assertThat(findings.metrics().get("service.latency.p50")).isCloseTo(21.5, within(1e-9));
        assertThat(findings.from()).contains(Instant.parse("2026-11-25T19:27:32Z"));
        assertThat(findings.log().get().lines()).isEqualTo(161);
    }

    @Test
    void aLogOfSeveralFilesSomeInGzipIsOneLog() throws Exception {
        List<String> lines = Files.readAllLines(nginx("nginx-timed.log").path());
        Path rotated = folder.resolve("access.log.1.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(rotated))) {
            out.write((String.join("\n", lines.subList(0, 100)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        // Windows ends lines otherwise, and a log may end without an end.
        Path current = Files.writeString(folder.resolve("access.log"), String.join("\r\n", lines.subList(100, 161)));

        assertNumbersOfNginx(observe(
                List.of(new LogFile(rotated, "access.log.1.gz"), new LogFile(current, "access.log")), COMBINED));
    }

    @Test
    void apachesMicrosecondsAndAVirtualHostAreRead() throws Exception {
        ServiceFindings findings = observe(log("""
                        www.example.org:443 10.0.0.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 1500
                        www.example.org:443 10.0.0.7 - frank [10/Oct/2000:13:55:37 -0700] "GET /a%20b HTTP/1.0" 503 - 4500
                        """), COMBINED);

        assertThat(findings.from()).contains(Instant.parse("2000-10-10T20:55:36Z"));
        assertThat(findings.meanMillis().getAsDouble()).isCloseTo(3, within(1e-12));
        assertThat(findings.errorShare().getAsDouble()).isEqualTo(0.5);
        assertThat(findings.perSecond().getAsDouble()).isEqualTo(1);
    }

    @Test
    void caddysTraefiksAndOwnFieldsAreRead() throws Exception {
        ServiceFindings caddy = observe(
                log(
                        "{\"level\":\"info\",\"ts\":1646861401.5241024,\"request\":{\"method\":\"GET\",\"uri\":\"/p?x=1\"},\"duration\":0.000929675,\"size\":10900,\"status\":200}\n"),
                JSON);
        ServiceFindings traefik = observe(
                log(
                        "{\"DownstreamStatus\":502,\"Duration\":1357000,\"RequestPath\":\"/p\",\"StartUTC\":\"2022-03-09T21:30:01.5Z\",\"time\":\"2022-03-09T21:30:01Z\"}\n"),
                JSON);
        LogFormat own = new LogFormat.JsonLines(
                Map.of("time", "at", "status", "http.code", "duration", "took", "path", "http.route"));
        ServiceFindings named = ServiceWatch.observe(
                new ServiceRequest(new AccessLog(
                        List.of(log(
                                "{\"at\":1646861401524,\"http\":{\"code\":\"418\",\"route\":\"/tea\"},\"took\":12}\n")),
                        own,
                        Optional.of(LatencyUnit.MILLISECONDS),
                        400,
                        Optional.empty())),
                Progress.NONE);

        assertThat(caddy.meanMillis().getAsDouble()).isCloseTo(0.929675, within(1e-12));
        assertThat(caddy.from()).contains(Instant.parse("2022-03-09T21:30:01.524Z"));
        assertThat(caddy.endpoints().get(0).path()).isEqualTo("/p");
        assertThat(traefik.meanMillis().getAsDouble()).isCloseTo(1.357, within(1e-12));
        assertThat(traefik.errorShare().getAsDouble()).isEqualTo(1);
        assertThat(traefik.endpoints().get(0).path()).isEqualTo("/p");
        assertThat(named.meanMillis().getAsDouble()).isEqualTo(12);
        assertThat(named.errorShare().getAsDouble()).isEqualTo(1);
        assertThat(named.from()).contains(Instant.parse("2022-03-09T21:30:01.524Z"));
        assertThat(named.endpoints().get(0).path()).isEqualTo("/tea");
    }

    @Test
    void malformedLinesAreCountedAndTheFirstIsTold() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(line(i, 200, "0.010")).append('\n');
            if (i == 10) {
                text.append("\nkernel: out of memory, token=hunter2\n");
            }
        }
        text.append("x".repeat(200_000)).append('\n');

        ServiceFindings findings = observe(log(text.toString()), COMBINED);

        assertThat(findings.log().get().lines()).isEqualTo(32);
        assertThat(findings.log().get().malformed()).isEqualTo(2);
        assertThat(findings.log().get().firstMalformed()).contains("access.log:13");
        assertThat(findings.notes()).anyMatch(note -> note.contains("2 of 32 lines are malformed"));
        assertThat(findings.metrics()).containsEntry("service.requests", 30.0);
    }

    @Test
    void aLogOfAnotherFormatIsRefusedWithoutBeingQuoted() throws Exception {
        LogFile file = log(line(1, 200, "0.01") + "\n" + "secret=hunter2\n".repeat(3));

        assertThatThrownBy(() -> observe(file, COMBINED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 of 4 lines of access.log are not in the Common or Combined Log Format")
                .hasMessageContaining("access.log:2")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> observe(nginx("nginx-timed.log"), JSON))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("161 of 161 lines")
                .hasMessageContaining("'format'");
    }

    @Test
    void filesAndPatternsThatCannotBeUsedAreRefused() throws Exception {
        LogFile missing = new LogFile(folder.resolve("none.log"), "none.log");
        assertThatThrownBy(() -> observe(missing, COMBINED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the access log none.log does not exist");
        Path cut = folder.resolve("cut.gz");
        Files.write(cut, new byte[] {0x1F, (byte) 0x8B, 8, 0});
        assertThatThrownBy(() -> observe(new LogFile(cut, "cut.gz"), COMBINED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cut.gz cannot be read");
        assertThatThrownBy(() -> LogFormat.Regex.of("(?<time>x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no regular expression");
        assertThatThrownBy(() -> LogFormat.Regex.of("(?<time>.*)"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no group 'status'");
        assertThatThrownBy(() -> new LogFormat.JsonLines(Map.of("user", "u")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> observe(List.of(), COMBINED)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aPatternThatRecursesTooDeepMatchesNothing() throws Exception {
        LogFormat deep = LogFormat.Regex.of("(?<time>(?:a|b)*) (?<status>\\d+)");

        assertThatThrownBy(() -> observe(log("ab".repeat(30_000) + " 200\n"), deep))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the given pattern");
    }

    @Test
    void anEmptyLogHasNoRequests() throws Exception {
        ServiceFindings findings = observe(log("\n"), COMBINED);

        assertThat(findings.metrics()).containsExactly(Map.entry("service.requests", 0.0));
        assertThat(findings.absent()).hasSize(7).containsEntry("service.errors.share", "the log has no request");
    }

    @Test
    void findingsSurviveTheirDocument() throws Exception {
        ServiceFindings findings = observe(nginx("nginx-timed.log"), COMBINED);

        String json = Json.write(findings);

        assertThat(Json.mapper().readValue(json, ServiceFindings.class)).isEqualTo(findings);
        assertThat(json).doesNotContain("\"metrics\"").contains("\"kind\" : \"accessLog\"");
    }

    @Test
    void beyondTheExactOnesPercentilesAreWithinTheirError() {
        Random random = new Random(11);
        LatencySketch exact = new LatencySketch(100_000);
        LatencySketch approximate = new LatencySketch(1000);
        for (int i = 0; i < 50_000; i++) {
            double value = i % 100 == 0 ? 0 : Math.exp(2 * random.nextGaussian() + 3);
            exact.add(value);
            approximate.add(value);
        }

        assertThat(exact.isExact()).isTrue();
        assertThat(approximate.isExact()).isFalse();
        assertThat(approximate.mean()).isEqualTo(exact.mean());
        for (int i = 0; i < 4; i++) {
            Percentile near = approximate.percentiles().get(i);
            double truth = exact.percentiles().get(i).millis();
            assertThat(near.millis()).isCloseTo(truth, within(1.01 * LatencySketch.ERROR * truth));
            assertThat(truth).isBetween(near.lower() * 0.9999, near.upper().getAsDouble() * 1.0001);
        }
    }

    /** numpy 2.4.6: np.quantile([5, 1, 4, 2], q). */
    @Test
    void exactPercentilesAreNumpys() {
        LatencySketch sketch = new LatencySketch(10);
        for (double value : new double[] {5, 1, 4, 2}) {
            sketch.add(value);
        }

        double[] expected = {3.0, 4.7, 4.85, 4.97};
        for (int i = 0; i < 4; i++) {
            assertThat(sketch.percentiles().get(i).millis()).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(new LatencySketch(10).percentiles()).isEmpty();
        assertThat(new LatencySketch(10).mean()).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void likeRequestsAreOfOnePath() {
        assertThat(PathTally.template("/users/4711/orders?q=1#x")).isEqualTo("/users/{id}/orders");
        assertThat(PathTally.template("/d/6f9619ff-8b86-d011-b42d-00cf4fc964ff"))
                .isEqualTo("/d/{id}");
        assertThat(PathTally.template("http://host:80/v1/predict")).isEqualTo("/v1/predict");
        assertThat(PathTally.template("/v2/$models")).isEqualTo("/v2/$models");
        assertThat(PathTally.template("/deadbeefcafe")).isEqualTo("/deadbeefcafe");
        assertThat(PathTally.template("/a\u001b[31m")).isEqualTo("/a?[31m");
        assertThat(PathTally.template("")).isEqualTo("(none)");
    }

    private static String line(int second, int status, String latency) {
        return "127.0.0.1 - - [25/Nov/2026:19:27:%02d +0000] \"GET / HTTP/1.1\" %d 12 \"-\" \"agent\" %s"
                .formatted(second, status, latency);
    }

    private LogFile log(String text) throws IOException {
        return new LogFile(Files.writeString(folder.resolve("access.log"), text), "access.log");
    }

    private static LogFile nginx(String name) throws URISyntaxException {
        return new LogFile(Path.of(AccessLogTest.class.getResource(name).toURI()), name);
    }

    private static ServiceFindings observe(LogFile file, LogFormat format) throws InterruptedException {
        return observe(List.of(file), format);
    }

    private static ServiceFindings observe(List<LogFile> files, LogFormat format) throws InterruptedException {
        return ServiceWatch.observe(
                new ServiceRequest(
                        new AccessLog(files, format, Optional.empty(), AccessLog.SERVER_ERRORS, Optional.empty())),
                Progress.NONE);
    }
}
