package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;

/** What all stages say together, and why, in one sentence for a reviewer. */
public final class VerdictSentence {

    private static final int REASONS = 2;

    private VerdictSentence() {}

    /** The sentence; documents of a run stand for those of its stages. */
    public static String of(List<Result<JsonNode>> documents) {
        List<Result<JsonNode>> stages =
                documents.stream().flatMap(HtmlReport::unfold).toList();
        Verdict verdict = HtmlReport.verdict(documents);
        return switch (verdict) {
            case PASSED -> "Accepted: " + held(stages) + quality(stages) + ".";
            case UNSTABLE -> "Accepted with warnings: " + reasons(stages, verdict) + ".";
            case FAILED -> "Refused: " + reasons(stages, verdict) + ".";
        };
    }

    private static String held(List<Result<JsonNode>> stages) {
        long all = stages.stream()
                .flatMap(stage -> stage.gates().stream())
                .filter(gate -> gate.outcome() == Outcome.PASSED)
                .count();
        return all == 0
                ? "no gate was asked"
                : all == 1 ? "the gate held" : "all " + Numbers.plain(all) + " gates held";
    }

    private static String quality(List<Result<JsonNode>> stages) {
        return stages.stream()
                .filter(stage -> stage.stage() == Stage.EVALUATE)
                .flatMap(stage -> Evaluation.of(stage).main(1).stream().limit(1))
                .map(metric -> ", " + metric.name() + " is " + metric.text()
                        + (metric.championRounded().isEmpty() ? "" : " (champion " + metric.championRounded() + ")"))
                .findFirst()
                .orElse("");
    }

    private static String reasons(List<Result<JsonNode>> stages, Verdict verdict) {
        List<String> reasons = new ArrayList<>();
        for (Result<JsonNode> stage : stages) {
            if (stage.verdict() != verdict) {
                continue;
            }
            List<String> gates = stage.gates().stream()
                    .filter(gate -> Verdict.of(List.of(gate)) == verdict)
                    .map(GateResult::message)
                    .toList();
            reasons.addAll(gates.isEmpty() ? List.of(Headline.of(stage)) : gates);
        }
        String told = String.join("; ", reasons.subList(0, Math.min(REASONS, reasons.size())));
        return reasons.size() <= REASONS
                ? told
                : told + "; and " + Numbers.count(reasons.size() - REASONS, "more gate");
    }
}
