package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails;
import java.util.ArrayList;
import java.util.List;

/** What a reviewer wants to know of an evaluation, the most telling first. */
final class EvaluationSection {

    private EvaluationSection() {}

    static Markup draw(Evaluation evaluation) {
        EvaluationDetails details = evaluation.details();
        List<Markup> parts = new ArrayList<>();
        parts.add(MetricTiles.draw(evaluation));
        details.champion().ifPresent(champion -> parts.add(ChampionTable.draw(champion)));
        parts.add(WorstSliceList.draw(details.worstSlices()));
        parts.add(SliceTable.draw(evaluation));
        parts.add(FairnessTable.draw(evaluation));
        parts.add(BehaviourTable.draw(evaluation));
        parts.add(TestTable.draw(details.tests()));
        parts.add(CurveFigures.draw(evaluation));
        parts.add(ThresholdTable.draw(details.thresholds()));
        details.confusion().ifPresent(confusion -> parts.add(ConfusionTable.draw(confusion)));
        parts.add(ClassTable.draw(evaluation));
        parts.add(ResidualBars.draw(details.residuals()));
        parts.add(MetricTable.draw(evaluation));
        parts.add(notes(details.notes()));
        return Markup.join(parts);
    }

    private static Markup notes(List<String> notes) {
        return notes.isEmpty()
                ? Markup.NONE
                : Markup.join(List.of(
                        element("h3", "To mind"),
                        element(
                                "ul class=\"soft\"",
                                Markup.join(notes.stream()
                                        .map(note -> element("li", note))
                                        .toList()))));
    }
}
