package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import io.mlcicd.evaluation.SliceSearch.Finding;
import io.mlcicd.evaluation.metric.MetricOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The search for the slices on which the model does worst. */
final class WorstSlices {

    private WorstSlices() {}

    /** Adds what is found to the draft; a note says so when nothing is. */
    static void search(CodedRows rows, Slicing.Search search, MetricOptions options, EvaluationDraft draft)
            throws InterruptedException {
        Optional<SliceLoss> loss = SliceLoss.of(rows.rows().task(), rows, options);
        if (loss.isEmpty()) {
            draft.note("the worst slices were not searched for, since a ranked document by itself is neither right nor"
                    + " wrong; name slices of queries instead");
            return;
        }
        List<DescribingColumn> columns = DescribingColumns.of(rows, search.minRows());
        if (columns.isEmpty()) {
            draft.note("the worst slices were not searched for: no column is left to describe them, beside those with a"
                    + " role, ids, lists and structures");
            return;
        }
        SliceTable table = SliceTable.of(rows, loss.get(), columns);
        boolean wrongOrRight = loss.get().wrongOrRight();
        SliceSearch looking = new SliceSearch(table, search, wrongOrRight, table.all());
        List<Finding> findings = looking.run();
        if (looking.columnsLeftOut()) {
            draft.note("the search for the worst slices had too many columns to combine all; it combined those that"
                    + " make the greatest difference by themselves");
        }
        if (findings.isEmpty()) {
            draft.note(
                    "the search for the worst slices looked at %s and found none on which the model does worse than elsewhere, beyond chance"
                            .formatted(Wording.count(looking.looked(), "slice")));
        }
        boolean weighted = rows.rows().columns().weight().isPresent();
        List<WorstSlice> told = new ArrayList<>();
        SliceSelection selection = new SliceSelection(table, search, wrongOrRight, looking.leastDifference());
        for (Finding finding : selection.of(findings)) {
            told.add(told(finding, table, loss.get(), looking.looked(), weighted));
        }
        draft.worstSlices(List.copyOf(told));
    }

    private static WorstSlice told(Finding finding, SliceTable table, SliceLoss loss, long looked, boolean weighted) {
        List<String> conditions =
                finding.conditions().stream().map(table::words).toList();
        double value = finding.moments().mean();
        double rest = finding.rest().mean();
        String rows = Wording.count(finding.moments().rows(), "row") + (weighted ? ", by weight," : "");
        String sentence = "where %s, %s (%s after correction for %s)"
                .formatted(
                        String.join(" and ", conditions),
                        loss.sentence(
                                value, rows, rest, Wording.count(finding.rest().rows())),
                        Wording.pValue(finding.pValue()),
                        Wording.count(looked, "slice"));
        return new WorstSlice(
                conditions,
                sentence,
                finding.moments().rows(),
                loss.metric(),
                value,
                rest,
                finding.pValue(),
                finding.effect());
    }
}
