package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Passage.Folded;
import io.mlcicd.report.Passage.Heading;
import io.mlcicd.report.Passage.Items;
import io.mlcicd.report.Passage.Paragraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as Markdown that fits a comment on a pull request: the verdict, what failed, the main metrics against the
 * champion, where the model does worst; the rest folded away. Texts from data can neither be markup nor call anybody.
 */
public final class PullRequestSummary {

    /** GitHub takes comments of 65,536 characters. */
    static final int MOST_BYTES = 60_000;

    private static final int MAIN_METRICS = 6;
    private static final int WORST_SLICES = 3;

    private PullRequestSummary() {}

    /** The comment; at most {@value #MOST_BYTES} bytes in UTF-8. */
    public static String markdown(List<Result<JsonNode>> documents) {
        List<Result<JsonNode>> stages =
                documents.stream().flatMap(HtmlReport::unfold).toList();
        List<Passage> passages = new ArrayList<>();
        passages.add(new Heading(3, HtmlReport.name(documents) + ": " + HtmlReport.verdict(documents)));
        passages.add(new Paragraph(gates(stages)));
        passages.addAll(GatePassages.failed(stages));
        for (Result<JsonNode> stage : stages) {
            if (stage.stage() == Stage.EVALUATE) {
                evaluation(Evaluation.of(stage), passages);
            }
        }
        passages.add(new Items(stages.stream()
                .map(stage -> HtmlReport.title(stage) + ", " + stage.verdict() + ": " + Headline.of(stage))
                .toList()));
        for (Result<JsonNode> stage : stages) {
            if (stage.stage() == Stage.EVALUATE) {
                details(Evaluation.of(stage), passages);
            }
        }
        List<Passage> all = GatePassages.all(stages);
        fold("All gates", all, passages);
        fold("Lineage", lineage(documents), passages);
        MarkdownText text = new MarkdownText(MOST_BYTES);
        passages.forEach(passage -> passage.write(text));
        return text.finish();
    }

    private static String gates(List<Result<JsonNode>> stages) {
        List<Outcome> outcomes = stages.stream()
                .flatMap(stage -> stage.gates().stream())
                .map(GateResult::outcome)
                .toList();
        long failed = outcomes.stream().filter(Outcome.FAILED::equals).count();
        long skipped = outcomes.stream().filter(Outcome.SKIPPED::equals).count();
        if (outcomes.isEmpty()) {
            return "There were no gates.";
        }
        return (failed == 0
                        ? Numbers.count(outcomes.size() - skipped, "gate") + " held"
                        : failed + " of " + Numbers.count(outcomes.size(), "gate") + " failed")
                + (skipped == 0 ? "." : ", " + skipped + " skipped.");
    }

    private static void evaluation(Evaluation evaluation, List<Passage> passages) {
        EvaluationPassages numbers = new EvaluationPassages(evaluation, 4);
        passages.addAll(numbers.metrics("Main metrics", evaluation.main(MAIN_METRICS)));
        evaluation
                .details()
                .champion()
                .map(ChampionTable::sentence)
                .map(Paragraph::new)
                .ifPresent(passages::add);
        List<String> warnings = numbers.warnings(WORST_SLICES);
        if (!warnings.isEmpty()) {
            passages.add(new Items(warnings));
        }
    }

    private static void details(Evaluation evaluation, List<Passage> passages) {
        EvaluationPassages numbers = new EvaluationPassages(evaluation, 4);
        List<JudgedMetric> metrics = evaluation.metrics();
        fold("All metrics", numbers.metrics("All metrics", metrics), passages);
        fold("Slices", numbers.slices(), passages);
        fold("Fairness", numbers.fairness(), passages);
        List<Passage> tests = new ArrayList<>(numbers.behaviour());
        tests.addAll(numbers.tests());
        fold("Tests", tests, passages);
        fold("Champion", numbers.champion(), passages);
        List<String> notes = evaluation.details().notes();
        fold("Notes", notes.isEmpty() ? List.of() : List.of(new Items(notes)), passages);
    }

    private static List<Passage> lineage(List<Result<JsonNode>> documents) {
        LineageRecord lineage = documents.stream().map(Result::lineage).reduce(LineageRecord.EMPTY, LineageRecord::and);
        List<String> lines = LineageText.of(lineage).lines().map(String::strip).toList();
        return lines.isEmpty() ? List.of() : List.of(new Items(lines));
    }

    private static void fold(String summary, List<Passage> content, List<Passage> passages) {
        if (!content.isEmpty()) {
            passages.add(new Folded(summary, content));
        }
    }
}
