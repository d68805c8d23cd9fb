package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDraft.SliceEstimates;
import io.mlcicd.evaluation.Measuring.Everything;
import io.mlcicd.evaluation.Measuring.Measured;
import io.mlcicd.evaluation.Resampling.Replicates;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.TaskMetrics;
import io.mlcicd.operation.Progress;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics of coded rows with their uncertainty, of all rows and of every slice, beside the champion's when it is known. */
final class PredictionJudge {

    /** More resamples of small groups would cost more than their intervals are worth. */
    private static final int MOST_RESAMPLES_OF_SLICES = 400;

    private final CodedRows rows;
    private final TaskMetrics task;
    private final Confidence confidence;
    private final int minSliceSize;

    PredictionJudge(CodedRows rows, TaskMetrics task, Confidence confidence, int minSliceSize) {
        this.rows = rows;
        this.task = task;
        this.confidence = confidence;
        this.minSliceSize = minSliceSize;
    }

    /**
     * The same group of rows under both models.
     *
     * @param mine metrics of the model
     * @param champions metrics of the champion; empty when its predictions are not known
     * @param changes metric name to the change against the champion
     */
    record Group(Map<String, Estimate> mine, Map<String, Estimate> champions, Map<String, Estimate> changes) {}

    /**
     * What was judged.
     *
     * @param whole all rows
     * @param slices by grouping and value
     */
    record Judged(Group whole, List<List<Group>> slices) {}

    /** Measures, and tells what is to be shown of all rows. */
    Judged judge(EvaluationDraft draft, Progress progress) throws InterruptedException {
        JudgedColumns columns = rows.columns(Side.MODEL);
        List<JudgedColumns> sides = new ArrayList<>(List.of(columns));
        if (rows.withChampion()) {
            sides.add(rows.columns(Side.CHAMPION));
        }
        Sampling samples = new Sampling(rows, SampleLayout.of(task, sides), confidence, minSliceSize, task);
        Measuring measuring = new Measuring(rows, task, samples);
        progress.step("computing metrics", 0.3);
        Everything mine = measuring.of(columns);
        task.describe(columns, mine.whole().tallies(), draft);
        Optional<Everything> champions = Optional.empty();
        if (rows.withChampion()) {
            progress.step("computing the champion's metrics", 0.5);
            champions = Optional.of(measuring.of(sides.get(1)));
        }
        measuring.notes().forEach(draft::error);
        progress.step("computing confidence intervals", 0.6);
        samples.complete(mine);
        Group whole = group(
                mine.whole(), champions.map(Everything::whole), samples.whole(mine.whole()), confidence.resamples());
        List<List<Group>> slices = new ArrayList<>();
        for (int g = 0; g < rows.groups().size(); g++) {
            SliceGroups groups = rows.groups().get(g);
            List<Group> values = new ArrayList<>();
            for (int v = 0; v < groups.values().size(); v++) {
                int at = v;
                int of = g;
                Group group = group(
                        mine.slices().get(g).get(v),
                        champions.map(all -> all.slices().get(of).get(at)),
                        samples.slice(g, v, mine.slices().get(g).get(v)),
                        Math.min(confidence.resamples(), MOST_RESAMPLES_OF_SLICES));
                values.add(group);
                long size = groups.sizes().get(v);
                draft.slice(new SliceEstimates(
                        groups.grouping().name(), groups.values().get(v), size, size >= minSliceSize, group.mine()));
            }
            slices.add(values);
        }
        return new Judged(whole, slices);
    }

    private Group group(Measured mine, Optional<Measured> champions, Optional<Resampling> resampling, int resamples)
            throws InterruptedException {
        List<Replicates> replicates =
                resampling.isPresent() ? resampling.get().draw(resamples, confidence.seed()) : List.of();
        Map<String, Estimate> own = estimates(mine, replicates.stream().findFirst());
        if (champions.isEmpty()) {
            return new Group(own, Map.of(), Map.of());
        }
        Map<String, Estimate> theirs =
                estimates(champions.get(), replicates.size() > 1 ? Optional.of(replicates.get(1)) : Optional.empty());
        Map<String, Estimate> changes = new LinkedHashMap<>();
        Optional<Replicates> differences =
                replicates.size() > 1 ? Optional.of(replicates.get(0).minus(replicates.get(1))) : Optional.empty();
        own.forEach((name, estimate) -> {
            Estimate champion = theirs.get(name);
            if (champion != null) {
                double change = estimate.value() - champion.value();
                Optional<Uncertainty> uncertainty = task.withoutInterval().contains(name)
                        ? Optional.empty()
                        : differences.flatMap(all -> all.of(name, change)).map(Uncertainty.class::cast);
                changes.put(name, new Estimate(change, uncertainty));
            }
        });
        return new Group(own, theirs, changes);
    }

    private Map<String, Estimate> estimates(Measured measured, Optional<Replicates> replicates) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        measured.metrics().forEach((name, value) -> {
            Optional<Uncertainty> uncertainty =
                    Optional.ofNullable(measured.uncertainties().get(name));
            if (uncertainty.isEmpty() && !task.withoutInterval().contains(name)) {
                uncertainty = replicates.flatMap(all -> all.of(name, value)).map(Uncertainty.class::cast);
            }
            estimates.put(name, new Estimate(value, uncertainty));
        });
        return estimates;
    }
}
