package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.ScratchFolder;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.EvaluationRequest;
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
 */
record MeasuredRows(Group whole, Map<Integer, Group> groups) {

    /** Metrics of a group, with those intervals that there are. */
    record Group(long rows, Map<String, Double> metrics, Map<String, MetricInterval> intervals) {}

    /** Evaluates the labelled rows of a table, in which a column of whole numbers tells the group. */
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
        try (ScratchFolder scratch = ScratchFolder.create("performance")) {
            Path file = scratch.path().resolve("labelled.parquet");
            rows.engine().export("SELECT %s FROM %s WHERE %s = 1".formatted(list, table, rows.labelled()), file);
            FileSource source = new FileSource(
                    rows.relation().source().name(),
                    file.toString(),
                    rows.file(),
                    Optional.of(Format.PARQUET),
                    ReadOptions.SNIFFED);
            EvaluationRequest evaluation = EvaluationRequest.of(
                            new Model("watched", Optional.of(request.task())),
                            new EvaluationRequest.Judged.Predictions(request.task(), source),
                            RoleNames.evaluated(request.roles(), positive))
                    .withOptions(request.options())
                    .withConfidence(confidence)
                    .withSlicing(new Slicing(
                            List.of(SliceSpec.of(column)), Slicing.DEFAULT_MIN_SIZE, List.of(), Optional.empty()));
            return of(new EvaluateModel().run(evaluation, Progress.NONE));
        }
    }

    private static MeasuredRows of(Result<EvaluationDetails> result) {
        EvaluationDetails details = result.details();
        Map<Integer, Group> groups = new LinkedHashMap<>();
        for (SliceMetrics slice : details.slices()) {
            groups.put(Integer.parseInt(slice.value()), new Group(slice.rows(), slice.metrics(), slice.intervals()));
        }
        return new MeasuredRows(new Group(details.rows(), result.metrics(), details.intervals()), Map.copyOf(groups));
    }
}
