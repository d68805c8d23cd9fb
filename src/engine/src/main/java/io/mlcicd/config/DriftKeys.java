package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.drift.performance.DetectorMethod;
import io.mlcicd.drift.performance.WindowLength;
import io.mlcicd.drift.service.LatencyUnit;
import io.mlcicd.gate.GateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The section {@code drift} as it is written. */
record DriftKeys(
        Reference reference,
        String current,
        Optional<Window> window,
        List<String> columns,
        List<String> exclude,
        Optional<ColumnTest> columnTest,
        Map<String, ColumnTest> tests,
        Optional<String> correction,
        OptionalDouble missingChange,
        OptionalDouble newCategoryShare,
        Names target,
        Names prediction,
        Optional<String> importances,
        Optional<Multivariate> multivariate,
        Names text,
        Map<String, Names> embeddings,
        Optional<Performance> performance,
        Optional<Service> service,
        List<GateSpec> gates) {

    DriftKeys {
        tests = ModelFile.orEmpty(tests);
        columns = ModelFile.orEmpty(columns);
        exclude = ModelFile.orEmpty(exclude);
        target = target == null ? Names.NONE : target;
        prediction = prediction == null ? Names.NONE : prediction;
        text = text == null ? Names.NONE : text;
        embeddings = ModelFile.orEmpty(embeddings);
        gates = ModelFile.orEmpty(gates);
    }

    record ColumnTest(Optional<String> method, OptionalDouble threshold) {}

    /** One name, or several. */
    record Names(List<String> all) {

        static final Names NONE = new Names(List.of());

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Names of(JsonNode written) {
            if (written.isTextual()) {
                return new Names(List.of(written.asText()));
            }
            List<String> all = new ArrayList<>();
            written.forEach(name -> all.add(name.asText()));
            return new Names(List.copyOf(all));
        }
    }

    /**
     * What current data are compared with.
     *
     * @param data a data set, a data file or a stored profile; with {@code accepted} the data set that was accepted
     * @param accepted so many accepted runs
     */
    record Reference(Optional<String> data, OptionalInt accepted) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Reference of(JsonNode written) {
            if (written.isTextual()) {
                return new Reference(Optional.of(written.asText()), OptionalInt.empty());
            }
            return new Reference(
                    Optional.ofNullable(written.get("data")).map(JsonNode::asText),
                    OptionalInt.of(written.path("accepted").asInt()));
        }
    }

    record Window(
            String timestamp,
            Optional<String> zone,
            Optional<String> length,
            Optional<String> before,
            Optional<String> from,
            Optional<String> to,
            Optional<ReferenceWindow> reference) {}

    record ReferenceWindow(
            Optional<String> length,
            Optional<String> before,
            Optional<String> from,
            Optional<String> to,
            OptionalInt sameWeekday) {}

    /** Whether, and how, all columns are compared together. */
    record Multivariate(boolean wanted, Map<String, Double> numbers) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Multivariate of(JsonNode written) {
            if (written.isBoolean()) {
                return new Multivariate(written.asBoolean(), Map.of());
            }
            Map<String, Double> numbers = new LinkedHashMap<>();
            written.properties()
                    .forEach(entry ->
                            numbers.put(entry.getKey(), entry.getValue().asDouble()));
            return new Multivariate(true, numbers);
        }

        double number(String key, double usual) {
            return numbers.getOrDefault(key, usual);
        }
    }

    record Performance(
            String predictions,
            Optional<Format> format,
            Optional<ReadOptions> read,
            Optional<String> timestamp,
            WindowLength window,
            Optional<String> zone,
            OptionalInt leastRows,
            OptionalInt baselineWindows,
            Optional<String> reference,
            Optional<Boolean> estimate,
            List<String> features,
            List<String> metrics,
            List<DetectorKey> detectors) {

        Performance {
            features = ModelFile.orEmpty(features);
            metrics = ModelFile.orEmpty(metrics);
            detectors = ModelFile.orEmpty(detectors);
        }
    }

    /** A detector by its name, or with the metric that it hears. */
    record DetectorKey(DetectorMethod method, Optional<String> metric) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static DetectorKey of(JsonNode written) {
            JsonNode method = written.isTextual() ? written : written.path("method");
            return new DetectorKey(
                    DetectorMethod.of(method.asText()),
                    Optional.ofNullable(written.get("metric")).map(JsonNode::asText));
        }
    }

    record Service(
            Optional<Prometheus> prometheus,
            Optional<PrometheusServer> prometheusServer,
            Optional<AccessLog> accessLog) {}

    record Prometheus(
            String url,
            Optional<String> latency,
            Optional<LatencyUnit> unit,
            List<String> requests,
            List<String> errors,
            Optional<HumanDuration> interval,
            Optional<HumanDuration> timeout,
            Optional<String> bearerTokenVariable,
            Optional<String> usernameVariable,
            Optional<String> passwordVariable) {
        Prometheus {
            requests = ModelFile.orEmpty(requests);
            errors = ModelFile.orEmpty(errors);
        }
    }

    record PrometheusServer(
            String url,
            Map<String, String> queries,
            Optional<LatencyUnit> unit,
            Optional<HumanDuration> timeout,
            Optional<String> bearerTokenVariable,
            Optional<String> usernameVariable,
            Optional<String> passwordVariable) {}

    record AccessLog(
            String path,
            Optional<String> format,
            Optional<String> pattern,
            Map<String, String> fields,
            Optional<LatencyUnit> unit,
            OptionalInt errorsFrom,
            Optional<HumanDuration> last) {
        AccessLog {
            fields = ModelFile.orEmpty(fields);
        }
    }
}
