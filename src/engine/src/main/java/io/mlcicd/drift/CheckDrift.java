package io.mlcicd.drift;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.drift.DriftDetails.MissingColumn;
import io.mlcicd.drift.Plan.Planned;
import io.mlcicd.drift.performance.PerformanceWatch;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import io.mlcicd.retrain.Monitoring;
import io.mlcicd.retrain.RetrainAdvice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the distributions of current data with those of a reference, column by column.
 *
 * <p>Numbers are put into ten bins of equal frequency in the reference, texts and booleans into their categories, rows
 * without a value into a bin of their own. Left out unless named are dates and timestamps, which move on by nature, and
 * texts of which more than half are different.
 *
 * <p>Metrics: {@code drift.share} (drifted over compared columns, 0 to 1), {@code drift.columns} (number of drifted
 * columns), {@code drift.compared} (number of compared columns), {@code drift.missingColumns} (number of columns that
 * one side lacks), and for each compared column {@code <column>.psi}, {@code <column>.js}, of numbers {@code
 * <column>.ks} and {@code <column>.ks.pValue}, of categories {@code <column>.chi2} and {@code <column>.chi2.pValue}.
 */
public final class CheckDrift implements Operation<DriftRequest, DriftDetails> {

    private final DataEngines engines;

    /** Compares data in this process. */
    public CheckDrift() {
        this(DataEngines.EMBEDDED);
    }

    /** Compares data where these engines are. */
    public CheckDrift(DataEngines engines) {
        this.engines = engines;
    }

    /**
     * @throws InvalidInputException when a side cannot be read or has no rows, when a named column is unknown or cannot
     *     be compared, when no column is left to compare, or when a gate names a metric that does not exist
     */
    @Override
    public Result<DriftDetails> run(DriftRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        long start = System.nanoTime();
        try (DataEngine engine = engines.open(sources(request), progress)) {
            progress.step("reading the reference", 0);
            Side reference = open(engine, request.reference());
            ComparedData before = rows(reference);
            progress.step("reading the current data", 0.2);
            Side current = open(engine, request.current());
            ComparedData now = rows(current);

            Selection selection = Selection.of(request, reference.columns(), current.columns());
            progress.step("looking over the columns", 0.4);
            Plan plan = Plan.of(
                    selection,
                    reference.overview(selection.unclearInReference()),
                    current.overview(selection.unclearInCurrent()));
            Set<String> wanted = request.gates().stream().map(Gate::metric).collect(Collectors.toSet());
            List<Comparison> comparisons = compare(engine, reference, current, before, now, plan, progress);
            List<ColumnDrift> columns = judge(request, wanted, comparisons).judge(comparisons);

            Beside beside = Beside.of(request.watched(), engine, reference, current, plan, progress);
            Map<String, Double> metrics = DriftMetrics.of(columns, selection.missing(), request.roles(), wanted);
            metrics.putAll(beside.metrics());
            List<GateResult> gates = DriftGates.hold(request.gates(), metrics, columns, selection.missing());
            List<Artifact> data = Stream.concat(reference.data().stream(), current.data().stream())
                    .toList();
            List<Artifact> inputs = new ArrayList<>(List.of(reference.input(), current.input()));
            inputs.addAll(beside.inputs());
            Monitoring monitoring = Monitoring.of(
                    started, inputs, metrics, drifted(columns, selection.missing()), gates, beside.alarms());
            RetrainAdvice advice = request.policy().advise(request.evidence().with(monitoring), started);
            LineageRecord lineage = request.known().withData(data);
            DriftDetails details = new DriftDetails(
                    before,
                    now,
                    request.tests(),
                    columns,
                    selection.missing(),
                    plan.notCompared(),
                    beside.together(),
                    beside.texts(),
                    beside.embeddings(),
                    beside.performance(),
                    beside.service(),
                    beside.notes(),
                    advice);
            return new Result<>(
                    Result.SCHEMA_VERSION,
                    Stage.DRIFT,
                    Tool.current(),
                    request.model(),
                    Verdict.of(gates),
                    started,
                    (System.nanoTime() - start) / 1e9,
                    List.copyOf(inputs),
                    metrics,
                    gates,
                    lineage,
                    details);
        }
    }

    private static Map<String, String> drifted(List<ColumnDrift> columns, List<MissingColumn> missing) {
        Map<String, String> drifted = new LinkedHashMap<>();
        columns.stream().filter(ColumnDrift::drifted).forEach(column -> drifted.put(column.name(), column.message()));
        missing.forEach(column -> drifted.put(
                column.name(),
                "the %s data do not have it".formatted(column.missingFrom().key())));
        return drifted;
    }

    private static Judge judge(DriftRequest request, Set<String> wanted, List<Comparison> comparisons) {
        List<String> features = comparisons.stream()
                .map(comparison -> comparison.column().name())
                .filter(name -> request.roles().of(name) == ColumnRole.FEATURE)
                .toList();
        Weights weights = Weights.of(features, request.importances());
        return new Judge(request.tests(), request.roles(), weights, wanted);
    }

    /** All that is read: a cluster starts one application for it. */
    private static List<DataSource> sources(DriftRequest request) {
        Stream<DataSource> sides =
                Stream.of(request.reference(), request.current()).flatMap(side -> side.sources().stream());
        Stream<DataSource> watched =
                request.watched().performance().stream().flatMap(watch -> PerformanceWatch.sources(watch).stream());
        return Stream.concat(sides, watched).distinct().toList();
    }

    private static Side open(DataEngine engine, DriftSide side) throws InterruptedException {
        if (side instanceof DriftSide.Raw raw) {
            return RawSide.open(engine, raw);
        }
        if (side instanceof DriftSide.Profiles profiles) {
            return MergedProfileSide.open(engine, profiles);
        }
        return ProfileSide.open((DriftSide.Profile) side);
    }

    private static ComparedData rows(Side side) throws InterruptedException {
        ComparedData summary = side.summary();
        if (summary.rows() == 0) {
            throw new InvalidInputException(
                    summary.path() + " has no rows; drift needs at least one row on both sides");
        }
        return summary;
    }

    private static List<Comparison> compare(
            DataEngine engine,
            Side reference,
            Side current,
            ComparedData before,
            ComparedData now,
            Plan plan,
            Progress progress)
            throws InterruptedException {
        List<Planned> numeric = new ArrayList<>();
        List<Planned> categorical = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (Planned column : plan.columns()) {
            if (column.changedTo().isPresent()) {
                comparisons.add(TypeChange.of(column, before.rows(), now.rows()));
            } else {
                (column.kind() == ColumnKind.NUMERIC ? numeric : categorical).add(column);
            }
        }
        progress.step("comparing %d numeric columns".formatted(numeric.size()), 0.6);
        comparisons.addAll(new NumericComparison(engine, reference, current, before.rows(), now.rows())
                .of(numeric, NumberReader.blockOfProcess()));
        progress.step("comparing %d categorical columns".formatted(categorical.size()), 0.9);
        comparisons.addAll(new CategoricalComparison(reference, current, before.rows(), now.rows()).of(categorical));
        Map<String, Comparison> byName = comparisons.stream()
                .collect(Collectors.toMap(comparison -> comparison.column().name(), Function.identity()));
        return plan.columns().stream().map(column -> byName.get(column.name())).toList();
    }
}
