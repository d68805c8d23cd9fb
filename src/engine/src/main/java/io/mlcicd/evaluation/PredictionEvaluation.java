package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.metric.BinaryMetrics;
import io.mlcicd.evaluation.metric.MulticlassMetrics;
import io.mlcicd.evaluation.metric.MultilabelMetrics;
import io.mlcicd.evaluation.metric.QuantileMetrics;
import io.mlcicd.evaluation.metric.RankingMetrics;
import io.mlcicd.evaluation.metric.RegressionMetrics;
import io.mlcicd.evaluation.metric.TaskMetrics;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The evaluation of predictions in a file. */
final class PredictionEvaluation {

    /** Predictions of more rows are not kept for later comparisons: the file would be larger than it is worth. */
    static final long MOST_KEPT = 2_000_000;

    private final EvaluationRequest request;
    private final DataEngines engines;
    private final EvaluationDraft draft;
    private final ChampionComparison comparison;
    private final Progress progress;

    PredictionEvaluation(
            EvaluationRequest request,
            DataEngines engines,
            EvaluationDraft draft,
            ChampionComparison comparison,
            Progress progress) {
        this.request = request;
        this.engines = engines;
        this.draft = draft;
        this.comparison = comparison;
        this.progress = progress;
    }

    /** Judges, and returns the number of rows. */
    long judge(Task task, DataSource data, Roles roles, List<Artifact> inputs) throws InterruptedException {
        progress.step("reading " + data.shown(), 0.05);
        List<DataSource> sources = new ArrayList<>(List.of(data));
        comparison.predictions().ifPresent(sources::add);
        try (DataEngine engine = engines.open(sources, progress)) {
            JudgedRows rows = measure(engine, engine.open(data), task, roles);
            progress.step("digesting " + data.shown(), 0.95);
            Artifact judgedFile = engine.artifact(data);
            inputs.add(judgedFile);
            keep(rows, judgedFile);
            if (comparison.predictions().isPresent()) {
                inputs.add(engine.artifact(comparison.predictions().get()));
            }
            return rows.rows();
        }
    }

    /** Measures rows that an engine has open. */
    JudgedRows measure(DataEngine engine, Relation relation, Task task, Roles roles) throws InterruptedException {
        Predictions file = new Predictions(engine, relation);
        List<Grouping> groupings = new ArrayList<>();
        for (SliceSpec spec : request.slicing().slices()) {
            groupings.add(Grouping.of(spec, file));
        }
        RoleColumns columns = RoleColumns.find(task, roles, file);
        JudgedRows rows =
                JudgedRows.read(file, task, roles, columns, groupings, described(file, columns), identified());
        Optional<String> both = comparison.predictions().isPresent()
                ? ChampionRows.beside(
                        rows, comparison.source(), comparison.predictions().get(), draft)
                : Optional.empty();
        CodedRows coded = CodedRows.of(rows, both.orElse(rows.table()), both.isPresent(), groupings);
        TaskMetrics metrics = metrics(task, coded);
        PredictionJudge.Judged judged = new PredictionJudge(
                        coded, metrics, request.confidence(), request.slicing().minSize())
                .judge(draft, progress);
        judged.whole().mine().forEach(draft::metric);
        if (both.isPresent()) {
            comparison.paired(coded, judged, draft);
        }
        further(file, coded);
        return rows;
    }

    /** Whether rows must be told apart, by the champion's or by a later model's. */
    private boolean identified() {
        return comparison.predictions().isPresent() || request.keep().isPresent();
    }

    /** A data set by its content. */
    Artifact artifact(DataSource data) throws InterruptedException {
        try (DataEngine engine = engines.open(List.of(data), progress)) {
            engine.open(data);
            return engine.artifact(data);
        }
    }

    private void further(Predictions file, CodedRows coded) throws InterruptedException {
        if (!request.custom().isEmpty()) {
            progress.step("computing metrics of your own", 0.8);
            CustomMetrics.measure(file, request.custom(), request.confidence(), draft);
        }
        if (!request.slicing().fairness().isEmpty()) {
            FairnessMeasures.measure(coded, request.slicing(), request.options(), request.confidence(), draft);
        }
        if (request.slicing().search().isPresent()) {
            progress.step("searching for the worst slices", 0.85);
            WorstSlices.search(coded, request.slicing().search().get(), request.options(), draft);
        }
    }

    private void keep(JudgedRows rows, Artifact file) throws InterruptedException {
        boolean inFile = request.judged() instanceof EvaluationRequest.Judged.Predictions;
        if (request.keep().isPresent() && inFile && rows.rows() <= MOST_KEPT) {
            rows.engine()
                    .export(
                            rows.export(),
                            EvaluateModel.keptPredictions(request.keep().get(), file.digest()));
        }
    }

    /** The columns by which the worst slices are searched for: those named, else all without a role. */
    private List<Column> described(Predictions file, RoleColumns columns) {
        if (request.slicing().search().isEmpty()) {
            return List.of();
        }
        List<String> named = request.slicing().search().get().columns();
        if (!named.isEmpty()) {
            return named.stream()
                    .map(name -> file.column(name, "a column that describes slices"))
                    .toList();
        }
        Set<Column> roles = new HashSet<>(columns.actual().values());
        roles.addAll(columns.predicted().values());
        columns.query().ifPresent(roles::add);
        columns.weight().ifPresent(roles::add);
        columns.id().ifPresent(roles::add);
        return file.relation().columns().stream()
                .filter(column -> !roles.contains(column))
                .toList();
    }

    private TaskMetrics metrics(Task task, CodedRows rows) throws InterruptedException {
        return switch (task) {
            case BINARY -> new BinaryMetrics(request.options(), areProbabilities(rows));
            case MULTICLASS -> new MulticlassMetrics(request.options(), areProbabilities(rows));
            case MULTILABEL -> new MultilabelMetrics(request.options(), areProbabilities(rows));
            case REGRESSION -> new RegressionMetrics();
            case QUANTILE -> new QuantileMetrics();
            case RANKING -> {
                requireRelevance(rows);
                yield new RankingMetrics(request.options());
            }
        };
    }

    /** Whether all scores lie between 0 and 1. */
    private static boolean areProbabilities(CodedRows rows) throws InterruptedException {
        List<String> scores = rows.rows().columns().predicted().keySet().stream()
                .filter(name -> name.startsWith("score"))
                .toList();
        if (scores.isEmpty()) {
            return false;
        }
        String list = scores.stream()
                .map(name -> "MIN(" + name + ") >= 0 AND MAX(" + name + ") <= 1")
                .collect(Collectors.joining(" AND "));
        Row row = rows.engine()
                .query("SELECT CASE WHEN " + list + " THEN 1 ELSE 0 END AS fit FROM "
                        + rows.rows().table())
                .get(0);
        return row.count("fit") == 1;
    }

    private static void requireRelevance(CodedRows rows) throws InterruptedException {
        Row row = rows.engine()
                .query("SELECT MIN(actual) AS least FROM " + rows.rows().table())
                .get(0);
        if (row.number("least").orElse(0) < 0) {
            throw new InvalidInputException("%s: column '%s' (the relevance) has %s; relevance is 0 or more"
                    .formatted(
                            rows.rows().file().file(),
                            rows.rows().roles().label().orElseThrow(),
                            row.number("least").getAsDouble()));
        }
    }
}
