package io.mlcicd.evaluation;

import io.mlcicd.data.Row;
import io.mlcicd.evaluation.EvaluationDetails.Fairness;
import io.mlcicd.evaluation.FairnessMeasure.Deviations;
import io.mlcicd.evaluation.GroupOutcomes.Rate;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.PoissonWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How differently a binary model treats groups, by the criteria of M. Hardt, E. Price and N. Srebro, "Equality of
 * opportunity in supervised learning", NIPS 2016, named as in Fairlearn. Each is a metric {@code
 * fairness.<slicing>.<measure>} with an interval from resampling the counts of every group, truth and prediction.
 */
final class FairnessMeasures {

    private final CodedRows rows;
    private final Slicing slicing;
    private final String decision;
    private final Confidence confidence;
    private final EvaluationDraft draft;

    private FairnessMeasures(
            CodedRows rows, Slicing slicing, String decision, Confidence confidence, EvaluationDraft draft) {
        this.rows = rows;
        this.slicing = slicing;
        this.decision = decision;
        this.confidence = confidence;
        this.draft = draft;
    }

    /** Adds what is found, and its metrics, to the draft; a note where groups cannot be compared. */
    static void measure(
            CodedRows rows, Slicing slicing, MetricOptions options, Confidence confidence, EvaluationDraft draft)
            throws InterruptedException {
        if (rows.rows().task() != Task.BINARY) {
            draft.note("fairness was not measured: its measures are those of binary decisions, but the task is "
                    + rows.rows().task().key());
            return;
        }
        JudgedColumns columns = rows.columns(Side.MODEL);
        new FairnessMeasures(rows, slicing, Decisions.ofRow(columns, options), confidence, draft).run();
    }

    private void run() throws InterruptedException {
        List<Fairness> found = new ArrayList<>();
        for (SliceGroups groups : rows.groups()) {
            if (slicing.fairness().contains(groups.grouping().name())) {
                List<GroupOutcomes> compared = compared(groups);
                if (compared.size() < 2) {
                    draft.note("fairness by %s was not measured: %s, and it takes two to be compared"
                            .formatted(
                                    groups.grouping().name(),
                                    compared.isEmpty()
                                            ? "no group has " + slicing.minSize() + " rows or more"
                                            : "only '%s' has %d rows or more"
                                                    .formatted(compared.get(0).name(), slicing.minSize())));
                } else {
                    found.add(fairness(groups.grouping().name(), compared));
                }
            }
        }
        draft.fairness(List.copyOf(found));
    }

    /** The groups with enough rows, in the order of reports. */
    private List<GroupOutcomes> compared(SliceGroups groups) throws InterruptedException {
        double[][][] cells = new double[groups.values().size()][4][2];
        for (Row row : rows.engine()
                .query(("SELECT %s AS g, actual AS a, %s AS p, SUM(CAST(weight AS DOUBLE)) AS w,"
                                + " SUM(CAST(weight AS DOUBLE) * weight) AS ww FROM %s GROUP BY 1, 2, 3")
                        .formatted(groups.column(), decision, rows.from()))) {
            double[] cell = cells[(int) row.count("g")][(int) (2 * row.count("a") + row.count("p"))];
            cell[0] = row.number("w").orElse(0);
            cell[1] = row.number("ww").orElse(0);
        }
        List<GroupOutcomes> compared = new ArrayList<>();
        List<String> small = new ArrayList<>();
        for (int g = 0; g < cells.length; g++) {
            if (groups.sizes().get(g) < slicing.minSize()) {
                small.add(groups.values().get(g));
            } else if (Arrays.stream(cells[g]).anyMatch(cell -> cell[0] > 0)) {
                compared.add(
                        GroupOutcomes.of(groups.values().get(g), groups.sizes().get(g), cells[g]));
            }
        }
        if (!small.isEmpty() && compared.size() > 1) {
            draft.note("fairness by %s leaves out groups of fewer than %d rows: %s"
                    .formatted(groups.grouping().name(), slicing.minSize(), String.join(", ", small)));
        }
        return compared;
    }

    private Fairness fairness(String name, List<GroupOutcomes> groups) {
        Deviations deviations = deviations(groups);
        Map<String, Double> measures = new LinkedHashMap<>();
        for (FairnessMeasure measure : FairnessMeasure.values()) {
            OptionalDouble value = measure.of(groups);
            if (value.isPresent()) {
                Estimate estimate = measure.estimate(value.getAsDouble(), deviations);
                measures.put(measure.key(), value.getAsDouble());
                draft.metric("fairness." + name + "." + measure.key(), estimate);
            }
        }
        undefined(name, "positive rows, which true positive rates are of", groups, Rate.TRUE_POSITIVES);
        undefined(name, "negative rows, which false positive rates are of", groups, Rate.FALSE_POSITIVES);
        return new Fairness(
                name,
                groups.stream().map(GroupOutcomes::told).toList(),
                measures,
                FairnessSentence.of(name, groups, draft.metrics(), confidence));
    }

    private void undefined(String name, String what, List<GroupOutcomes> groups, Rate rate) {
        List<String> without = groups.stream()
                .filter(group -> Double.isNaN(group.rate(rate)))
                .map(GroupOutcomes::name)
                .toList();
        if (!without.isEmpty()) {
            draft.note("fairness by %s: %s has no %s, and is left out of that comparison"
                    .formatted(name, String.join(", ", without), what));
        }
    }

    private Deviations deviations(List<GroupOutcomes> groups) {
        Deviations deviations = new Deviations(groups, confidence.resamples());
        for (int i = 0; i < confidence.resamples(); i++) {
            deviations.draw(i, new PoissonWeights(confidence.seed() + i));
        }
        return deviations;
    }
}
