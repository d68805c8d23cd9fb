package io.mlcicd.drift;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.drift.Plan.Planned;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /**
     * @throws InvalidInputException when a side cannot be read or has no rows, when a named column is unknown or cannot
     *     be compared, when no column is left to compare, or when a gate names a metric that does not exist
     */
    @Override
    public Result<DriftDetails> run(DriftRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        long start = System.nanoTime();
        try (DataEngine engine = DataEngine.embedded(raw(request))) {
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
                    reference.overview(selection.referenceColumns(), true),
                    current.overview(selection.currentColumns(), false));
            List<ColumnDrift> columns = compare(engine, reference, current, before, now, plan, progress).stream()
                    .map(comparison -> comparison.judge(request.test()))
                    .toList();

            Map<String, Double> metrics = DriftMetrics.of(columns, selection.missing());
            List<GateResult> gates = DriftGates.hold(request.gates(), metrics, selection.missing());
            List<Artifact> data = Stream.concat(reference.data().stream(), current.data().stream())
                    .toList();
            LineageRecord lineage = request.known().withData(data);
            DriftDetails details = new DriftDetails(
                    before,
                    now,
                    request.test(),
                    columns.stream().sorted(byWeight(request.test())).toList(),
                    selection.missing(),
                    plan.notCompared(),
                    RetrainAdvice.of(gates));
            return new Result<>(
                    Result.SCHEMA_VERSION,
                    Stage.DRIFT,
                    Tool.current(),
                    request.model(),
                    Verdict.of(gates),
                    started,
                    (System.nanoTime() - start) / 1e9,
                    List.of(reference.input(), current.input()),
                    metrics,
                    gates,
                    lineage,
                    details);
        }
    }

    private static List<DataSource> raw(DriftRequest request) {
        return Stream.of(request.reference(), request.current())
                .filter(DriftSide.Raw.class::isInstance)
                .map(side -> ((DriftSide.Raw) side).source())
                .toList();
    }

    private static Side open(DataEngine engine, DriftSide side) throws InterruptedException {
        if (side instanceof DriftSide.Raw raw) {
            return RawSide.open(engine, raw.source());
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
        ExactKolmogorovSmirnov exact = reference instanceof RawSide one && current instanceof RawSide other
                ? ExactKolmogorovSmirnov.between(engine, one, other)
                : ExactKolmogorovSmirnov.NONE;
        progress.step("comparing %d numeric columns".formatted(numeric.size()), 0.6);
        comparisons.addAll(new NumericComparison(reference, current, before.rows(), now.rows()).of(numeric, exact));
        progress.step("comparing %d categorical columns".formatted(categorical.size()), 0.9);
        comparisons.addAll(new CategoricalComparison(reference, current, before.rows(), now.rows()).of(categorical));
        Map<String, Comparison> byName = comparisons.stream()
                .collect(Collectors.toMap(comparison -> comparison.column().name(), Function.identity()));
        return plan.columns().stream().map(column -> byName.get(column.name())).toList();
    }

    /** What a reader must see first: drifted columns, changed types among them, then the farthest from the threshold. */
    private static Comparator<ColumnDrift> byWeight(ColumnTest test) {
        return Comparator.comparing(ColumnDrift::drifted)
                .thenComparing(column -> column.changedTo().isPresent())
                .thenComparingDouble(column -> test.suiting(column.kind()).severity(column.value()))
                .thenComparingDouble(column -> column.distances().psi())
                .reversed()
                .thenComparing(ColumnDrift::name);
    }
}
