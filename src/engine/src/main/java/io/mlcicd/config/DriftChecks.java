package io.mlcicd.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.Json;
import io.mlcicd.drift.ColumnRoles;
import io.mlcicd.drift.ColumnTest;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.Correction;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.TestMethod;
import io.mlcicd.drift.TimeWindow;
import io.mlcicd.drift.Watched;
import io.mlcicd.drift.multivariate.EmbeddingRequest;
import io.mlcicd.drift.multivariate.MultivariateRequest;
import io.mlcicd.drift.performance.DetectorSpec;
import io.mlcicd.drift.performance.PerformanceRequest;
import io.mlcicd.drift.text.TextRequest;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import io.mlcicd.retrain.RetrainEvidence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code drift} in {@code mlcicd.yml} asks, with the defaults filled in. */
final class DriftChecks {

    private final Project project;
    private final Function<String, String> environment;
    private final DriftKeys section;

    DriftChecks(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
        this.section = project.require(project.file().drift(), "drift", "what is compared with what");
    }

    DriftRequest request(LineageRecord known, KnownMonitoring monitored) {
        DriftWindows windows = new DriftWindows(project, section.window());
        DriftSide current = side(section.current(), "/drift/current", windows::current);
        return new DriftRequest(
                Optional.of(project.model()),
                reference(current, windows, monitored),
                current,
                section.columns(),
                section.exclude(),
                columnTests(),
                roles(),
                section.importances().map(this::importances).orElse(Map.of()),
                watched(monitored),
                new RetrainPolicies(project).policy(),
                evidence(known, monitored),
                Requests.gates(section.gates()),
                known);
    }

    private RetrainEvidence evidence(LineageRecord known, KnownMonitoring monitored) {
        RetrainEvidence evidence =
                monitored.accepted().map(RetrainEvidence.NONE::with).orElse(RetrainEvidence.NONE);
        return evidence.withData(monitored.dataThen(), monitored.states(known.data()));
    }

    private DriftSide reference(DriftSide current, DriftWindows windows, KnownMonitoring monitored) {
        DriftKeys.Reference reference = section.reference();
        Optional<DriftSide.Raw> rows = current instanceof DriftSide.Raw raw ? Optional.of(raw) : Optional.empty();
        if (reference.accepted().isPresent()) {
            String dataSet = reference.data().orElse(section.current());
            return monitored
                    .profiles()
                    .accepted(dataSet, reference.accepted().getAsInt(), rows.map(DriftSide.Raw::source));
        }
        return side(reference.data().orElseThrow(), "/drift/reference", () -> rows.flatMap(windows::reference));
    }

    /** A window of a side; asked for only where there are rows that it can choose from. */
    private interface WindowOfSide {
        Optional<TimeWindow> get();
    }

    private DriftSide side(String nameOrPath, String pointer, WindowOfSide window) {
        return nameOrPath.endsWith(".json")
                ? new DriftSide.Profile(project.resolve(nameOrPath), nameOrPath)
                : new DriftSide.Raw(project.dataSet(nameOrPath, pointer, environment), window.get());
    }

    private ColumnTests columnTests() {
        Map<String, ColumnTest> own = new LinkedHashMap<>();
        section.tests().forEach((column, test) -> own.put(column, columnTest(test)));
        return new ColumnTests(
                section.columnTest().map(DriftChecks::columnTest).orElse(ColumnTest.DEFAULT),
                own,
                section.correction().map(Correction::of).orElse(Correction.BENJAMINI_HOCHBERG),
                section.missingChange().orElse(ColumnTests.MISSING_CHANGE),
                section.newCategoryShare().orElse(ColumnTests.NEW_CATEGORY_SHARE));
    }

    private static ColumnTest columnTest(DriftKeys.ColumnTest test) {
        TestMethod method = test.method().map(TestMethod::of).orElse(TestMethod.AUTO);
        return new ColumnTest(method, test.threshold());
    }

    private ColumnRoles roles() {
        return new ColumnRoles(section.target().all(), section.prediction().all());
    }

    private Map<String, Double> importances(String path) {
        JsonNode document = Json.read(project.resolve(path));
        if (!document.isObject()
                || document.properties().stream()
                        .anyMatch(entry -> !entry.getValue().isNumber())) {
            throw new InvalidInputException(
                    path + " does not tell importances; write a JSON object of column names with a number each");
        }
        return Json.mapper().convertValue(document, new TypeReference<LinkedHashMap<String, Double>>() {});
    }

    private Watched watched(KnownMonitoring monitored) {
        Map<String, List<String>> embeddings = new LinkedHashMap<>();
        section.embeddings().forEach((name, columns) -> embeddings.put(name, columns.all()));
        return new Watched(
                section.multivariate().filter(DriftKeys.Multivariate::wanted).map(DriftChecks::multivariate),
                section.text().all(),
                TextRequest.USUAL,
                embeddings.isEmpty() ? Optional.empty() : Optional.of(EmbeddingRequest.of(embeddings)),
                section.performance().map(performance -> performance(performance, monitored)),
                section.service().map(service -> new ServiceChecks(project, environment).request(service, monitored)));
    }

    private static MultivariateRequest multivariate(DriftKeys.Multivariate keys) {
        MultivariateRequest usual = MultivariateRequest.USUAL;
        return new MultivariateRequest(
                (int) keys.number("sample", usual.sample()),
                (long) keys.number("seed", (double) usual.seed()),
                keys.number("aucThreshold", usual.aucThreshold()),
                keys.number("variance", usual.variance()),
                keys.number("sigmas", usual.sigmas()),
                keys.number("correlationThreshold", usual.correlationThreshold()),
                keys.number("alpha", usual.alpha()));
    }

    private PerformanceRequest performance(DriftKeys.Performance keys, KnownMonitoring monitored) {
        Task task = project.model()
                .task()
                .orElseThrow(() ->
                        project.error("/model/task", "is needed to watch performance: say one of " + Task.keys()));
        Evaluations evaluations = new Evaluations(project, environment);
        Roles roles = evaluations.roles();
        return new PerformanceRequest(
                task,
                source("served", keys.predictions(), keys),
                roles,
                keys.timestamp(),
                keys.window(),
                DriftWindows.zone(project, "/drift/performance/zone", keys.zone()),
                Instant.now(),
                keys.leastRows().orElse(PerformanceRequest.DEFAULT_LEAST_ROWS),
                keys.baselineWindows().orElse(PerformanceRequest.DEFAULT_BASELINE_WINDOWS),
                keys.reference().map(path -> source("referencePredictions", path, keys)),
                keys.estimate(),
                keys.features(),
                keys.metrics(),
                evaluations.options(),
                PerformanceRequest.DEFAULT_CONFIDENCE,
                monitored.acceptedMetrics(),
                keys.detectors().stream()
                        .map(detector -> new DetectorSpec(detector.method(), detector.metric()))
                        .toList(),
                monitored.detectors());
    }

    private DataSource source(String name, String path, DriftKeys.Performance keys) {
        return FileSource.below(
                project.folder(), name, path, keys.format(), keys.read().orElse(ReadOptions.SNIFFED));
    }
}
