package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.drift.ColumnTest;
import io.mlcicd.drift.Correction;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.TestMethod;
import io.mlcicd.drift.TimeWindow;
import io.mlcicd.drift.TimeWindow.BeforeCurrent;
import io.mlcicd.drift.TimeWindow.Between;
import io.mlcicd.drift.TimeWindow.Last;
import io.mlcicd.drift.TimeWindow.Newest;
import io.mlcicd.drift.TimeWindow.SameWeekday;
import io.mlcicd.drift.service.Credentials;
import io.mlcicd.drift.service.LatencyUnit;
import io.mlcicd.drift.service.LogFormat;
import io.mlcicd.drift.service.ServiceSource.AccessLog;
import io.mlcicd.drift.service.ServiceSource.PrometheusEndpoint;
import io.mlcicd.drift.service.ServiceSource.PrometheusServer;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys of the section {@code drift} become. */
class DriftChecksTest {

    @TempDir
    Path folder;

    @Test
    void windowsOfBothSidesAreReadInTheirZone() throws IOException {
        DriftRequest request = request("""
                window:
                  timestamp: at
                  zone: Europe/Vienna
                  from: 2026-03-01
                  reference: { length: 2 weeks, before: current }
                """);

        DriftSide.Raw current = (DriftSide.Raw) request.current();
        assertThat(current.window())
                .contains(new TimeWindow(
                        "at",
                        new Between(Optional.of(Instant.parse("2026-02-28T23:00:00Z")), Optional.empty()),
                        ZoneId.of("Europe/Vienna")));
        assertThat(((DriftSide.Raw) request.reference()).window())
                .contains(new TimeWindow(
                        "at", new Last(Period.ofWeeks(2), new BeforeCurrent(current)), ZoneId.of("Europe/Vienna")));
    }

    @Test
    void theSameWeekdaysGoByTheCurrentWindow() throws IOException {
        DriftRequest request = request("window: { timestamp: at, length: 36h, reference: { sameWeekday: 4 } }");

        DriftSide.Raw current = (DriftSide.Raw) request.current();
        assertThat(current.window().orElseThrow().span()).isEqualTo(new Last(Duration.ofHours(36), new Newest()));
        assertThat(((DriftSide.Raw) request.reference()).window().orElseThrow().span())
                .isEqualTo(new SameWeekday(4, current));
    }

    @Test
    void aWrongWindowIsToldWithItsPlace() {
        assertThatThrownBy(() -> request("window: { timestamp: at, length: soon }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd.yml:5")
                .hasMessageContaining("'soon' is no length of time");
        assertThatThrownBy(() -> request("window: { timestamp: at, from: yesterday }"))
                .hasMessageContaining("drift.window.from")
                .hasMessageContaining("'yesterday' is no time");
        assertThatThrownBy(() -> request("window: { timestamp: at, zone: Mars/Base, from: 2026-01-01 }"))
                .hasMessageContaining("'Mars/Base' is no time zone");
    }

    @Test
    void columnsHaveRolesTestsAndImportances() throws IOException {
        Files.writeString(folder.resolve("weights.json"), "{\"age\": 0.75, \"fare\": 0.25}");

        DriftRequest request = request("""
                target: y
                prediction: [p, score]
                importances: weights.json
                columnTest: { method: ks, threshold: 0.01 }
                tests: { age: { method: psi } }
                correction: none
                missingChange: 0.2
                newCategoryShare: 0.3
                """);

        assertThat(request.roles().targets()).containsExactly("y");
        assertThat(request.roles().predictions()).containsExactly("p", "score");
        assertThat(request.importances()).isEqualTo(Map.of("age", 0.75, "fare", 0.25));
        assertThat(request.tests().common()).isEqualTo(new ColumnTest(TestMethod.KS, OptionalDouble.of(0.01)));
        assertThat(request.tests().own())
                .isEqualTo(Map.of("age", new ColumnTest(TestMethod.PSI, OptionalDouble.empty())));
        assertThat(request.tests().correction()).isEqualTo(Correction.NONE);
        assertThat(request.tests().missingChange()).isEqualTo(0.2);
        assertThat(request.tests().newCategoryShare()).isEqualTo(0.3);
    }

    @Test
    void importancesThatAreNoneAreRefused() throws IOException {
        Files.writeString(folder.resolve("weights.json"), "[0.75]");

        assertThatThrownBy(() -> request("importances: weights.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("weights.json does not tell importances; write a JSON object of column names with a number"
                        + " each");
    }

    @Test
    void textsEmbeddingsAndAllColumnsTogetherAreWatchedWhenAsked() throws IOException {
        DriftRequest request = request("""
                text: [title, body]
                embeddings: { title: title_vector, body: [b0, b1, b2] }
                multivariate: { sample: 500, aucThreshold: 0.7 }
                """);

        assertThat(request.watched().texts()).containsExactly("title", "body");
        assertThat(request.watched().embeddings().orElseThrow().embeddings())
                .isEqualTo(Map.of("title", List.of("title_vector"), "body", List.of("b0", "b1", "b2")));
        assertThat(request.watched().together().orElseThrow().sample()).isEqualTo(500);
        assertThat(request.watched().together().orElseThrow().aucThreshold()).isEqualTo(0.7);
        assertThat(request("multivariate: false").watched().together()).isEmpty();
    }

    @Test
    void theServiceIsAskedThroughPrometheusWithASecretFromTheEnvironment() throws IOException {
        PrometheusEndpoint endpoint = (PrometheusEndpoint)
                request("""
                service:
                  prometheus:
                    url: http://localhost:9100/metrics
                    latency: 'request_ms{path="/predict"}'
                    unit: ms
                    interval: 3s
                    bearerTokenVariable: TOKEN
                """).watched().service().orElseThrow().source();

        assertThat(endpoint.url()).isEqualTo("http://localhost:9100/metrics");
        assertThat(endpoint.names().latency().orElseThrow()).hasToString("request_ms{path=\"/predict\"}");
        assertThat(endpoint.names().unit()).isEqualTo(LatencyUnit.MILLISECONDS);
        assertThat(endpoint.interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(endpoint.credentials()).isEqualTo(new Credentials.Bearer("s3cret"));
        assertThat(endpoint.toString()).doesNotContain("s3cret");

        PrometheusServer server = (PrometheusServer)
                request("""
                service:
                  prometheusServer: { url: "http://localhost:9090", queries: { errors.share: up } }
                """).watched().service().orElseThrow().source();
        assertThat(server.queries()).isEqualTo(Map.of("errors.share", "up"));
        assertThatThrownBy(() -> request("""
                service: { prometheus: { url: "http://localhost:9100", usernameVariable: USER } }
                """))
                .hasMessageContaining("needs 'usernameVariable' and 'passwordVariable' together");
    }

    @Test
    void accessLogsAreFoundByPatternAndReadInTheirFormat() throws IOException {
        Files.writeString(folder.resolve("access.log.1"), "");
        Files.writeString(folder.resolve("access.log"), "");

        AccessLog log =
                (AccessLog) request("""
                service: { accessLog: { path: "access.log*", format: json, fields: { status: code }, errorsFrom: 400,
                  last: 2h } }
                """).watched().service().orElseThrow().source();

        assertThat(log.files()).extracting(file -> file.shown()).containsExactly("access.log", "access.log.1");
        assertThat(log.format()).isInstanceOf(LogFormat.JsonLines.class);
        assertThat(log.errorsFrom()).isEqualTo(400);
        assertThat(log.last()).contains(Duration.ofHours(2));
        assertThatThrownBy(() -> request("service: { accessLog: { path: \"none*.log\" } }"))
                .hasMessageContaining("no file matches 'none*.log'");
    }

    /** A request with these keys beside the two sides. */
    private DriftRequest request(String keys) throws IOException {
        String yaml = """
                model: { name: weather, task: binary }
                data: { train: { path: train.csv }, live: { path: live.csv } }
                evaluate: { predictions: p.csv, label: y, prediction: p }
                drift:
                """ + keys.stripIndent().indent(2) + "  reference: train\n  current: live\n";
        Files.writeString(folder.resolve("mlcicd.yml"), yaml);
        return new Requests(Project.load(folder, List.of()), Map.of("TOKEN", "s3cret", "USER", "me")::get)
                .drift(LineageRecord.EMPTY, NoMonitoring.NOTHING);
    }
}
