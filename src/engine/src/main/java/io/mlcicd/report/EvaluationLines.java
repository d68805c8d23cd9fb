package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;

/** What a person at a terminal is told of an evaluation beside its headline and its gates. */
public final class EvaluationLines {

    private static final int MOST_METRICS = 4;

    private EvaluationLines() {}

    /**
     * A line for each main metric that a champion is compared in, one for the worst slice, and one for each behavioural
     * test that failed; none for documents of other stages.
     */
    public static List<String> of(Result<JsonNode> document) {
        if (document.stage() != Stage.EVALUATE) {
            return List.of();
        }
        Evaluation evaluation = Evaluation.of(document);
        List<String> lines = new ArrayList<>();
        evaluation.main(MOST_METRICS).stream()
                .filter(metric -> metric.change().isPresent())
                .map(EvaluationLines::change)
                .forEach(lines::add);
        evaluation.details().worstSlices().stream()
                .limit(1)
                .map(WorstSlice::sentence)
                .map(sentence -> "worst slice: " + sentence)
                .forEach(lines::add);
        lines.addAll(failedBehaviour(evaluation));
        return lines;
    }

    private static String change(JudgedMetric metric) {
        return "%s %s, champion %s: %s, %s"
                .formatted(
                        metric.name(),
                        metric.rounded(),
                        metric.championRounded(),
                        metric.changeText(),
                        metric.shift().orElseThrow().word());
    }

    /** A sentence for each behavioural test that failed. */
    static List<String> failedBehaviour(Evaluation evaluation) {
        return evaluation.details().behaviour().stream()
                .filter(test -> BehaviourTable.outcome(evaluation, test) == Outcome.FAILED)
                .map(EvaluationLines::sentence)
                .toList();
    }

    private static String sentence(Behaviour test) {
        String example = test.examples().stream()
                .findFirst()
                .map(first -> ", such as " + first)
                .orElse("");
        return "behaviour '%s' (%s): broken in %s of %s%s"
                .formatted(
                        test.name(),
                        BehaviourTable.expected(test),
                        Numbers.plain(test.rows() - test.passed()),
                        Numbers.count(test.rows(), "row"),
                        example);
    }
}
