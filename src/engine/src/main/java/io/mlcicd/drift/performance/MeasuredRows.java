package io.mlcicd.drift.performance;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.data.Relation;
import io.mlcicd.document.ScratchFolder;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.MeasuredPredictions;
import io.mlcicd.evaluation.SliceSpec;
import io.mlcicd.evaluation.Slicing;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evaluation measured of labelled rows, all and by groups such as windows.
 *
 * @param whole all rows
 * @param groups by index
 * @param notes by how much metrics of all rows may be off, where these were added up
 */
record MeasuredRows(Group whole, Map<Integer, Group> groups, List<String> notes) {

    /** Metrics of a group, with those intervals that there are. */
    record Group(long rows, Map<String, Double> metrics, Map<String, MetricInterval> intervals) {}

    /**
     * Evaluates the labelled rows of a table, in which a column of whole numbers tells the group: where they are when they
     * are too many to be handed over, else in this process.
     */
    static MeasuredRows of(
            PerformanceRequest request,
            WatchedRows rows,
            String table,
            String column,
            Optional<String> positive,
            Confidence confidence)
            throws InterruptedException {
        RoleNames names = RoleNames.of(request.task(), request.roles());
        String list = Stream.concat(names.all(true).stream().map(DataEngine::quote), Stream.of(column))
                .collect(Collectors.joining(", "));
        String labelled = "SELECT %s FROM %s WHERE %s = 1".formatted(list, table, rows.labelled());
        if (rows.labelledRows() > rows.engine().mostHandedOver()) {
            Relation relation = new Relation(
                    rows.relation().source(), "(" + labelled + ")", columns(rows.relation(), names, column));
            MeasuredPredictions measured = MeasuredPredictions.of(
                    evaluation(request, relation.source(), positive, confidence, column),
                    rows.engine(),
                    relation,
                    request.task());
            return of(measured.metrics(), measured.details(), measured.errors());
        }
        try (ScratchFolder scratch = ScratchFolder.create("performance")) {
            Path file = scratch.path().resolve("labelled.parquet");
            String inOrder = rows.engine().dialect().keepsOrder() ? "" : " ORDER BY " + rows.place();
            rows.engine().export(labelled + inOrder, file);
            FileSource source = new FileSource(
                    rows.relation().source().name(),
                    file.toString(),
                    rows.file(),
                    Optional.of(Format.PARQUET),
                    ReadOptions.SNIFFED);
            Result<EvaluationDetails> result =
                    new EvaluateModel().run(evaluation(request, source, positive, confidence, column), Progress.NONE);
            return of(result.metrics(), result.details(), List.of());
        }
    }

    private static List<Column> columns(Relation relation, RoleNames names, String group) {
        return Stream.concat(
                        names.all(true).stream().map(name -> relation.find(name).orElseThrow()),
                        Stream.of(new Column(group, ColumnType.INTEGER)))
                .toList();
    }

    private static EvaluationRequest evaluation(
            PerformanceRequest request,
            DataSource source,
            Optional<String> positive,
            Confidence confidence,
            String column) {
        return EvaluationRequest.of(
                        new Model("watched", Optional.of(request.task())),
                        new EvaluationRequest.Judged.Predictions(request.task(), source),
                        RoleNames.evaluated(request.roles(), positive))
                .withOptions(request.options())
                .withConfidence(confidence)
                .withSlicing(new Slicing(
                        List.of(SliceSpec.of(column)), Slicing.DEFAULT_MIN_SIZE, List.of(), Optional.empty()));
    }

    private static MeasuredRows of(Map<String, Double> metrics, EvaluationDetails details, List<String> notes) {
        Map<Integer, Group> groups = new LinkedHashMap<>();
        for (SliceMetrics slice : details.slices()) {
            groups.put(Integer.parseInt(slice.value()), new Group(slice.rows(), slice.metrics(), slice.intervals()));
        }
        return new MeasuredRows(new Group(details.rows(), metrics, details.intervals()), Map.copyOf(groups), notes);
    }
}
