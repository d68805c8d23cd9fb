package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;

import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.evaluation.EvaluationDetails.Fairness;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import io.mlcicd.report.Passage.Grid;
import io.mlcicd.report.Passage.Heading;
import io.mlcicd.report.Passage.Items;
import io.mlcicd.report.Passage.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation in words and tables, for model cards and summaries. */
final class EvaluationPassages {

    private static final int MOST_METRICS = 200;
    private static final int MOST_SLICES = 50;
    private static final int MOST_EXAMPLES = 3;
    private static final int MOST_FAILURES = 10;

    private final Evaluation evaluation;
    private final int level;

    /**
     * The passages of that evaluation.
     *
     * @param level of their headings
     */
    EvaluationPassages(Evaluation evaluation, int level) {
        this.evaluation = evaluation;
        this.level = level;
    }

    /** Metrics with intervals, the champion and what has changed. */
    List<Passage> metrics(String caption, List<JudgedMetric> metrics) {
        if (metrics.isEmpty()) {
            return List.of();
        }
        boolean judged = metrics.stream().anyMatch(metric -> metric.interval().isPresent());
        boolean compared = metrics.stream().anyMatch(metric -> metric.change().isPresent());
        List<String> heads = new ArrayList<>(List.of("Metric", "Value" + NUMERIC));
        if (judged) {
            heads.add(evaluation.intervalHead() + NUMERIC);
        }
        if (compared) {
            heads.addAll(List.of("Champion" + NUMERIC, "Change" + NUMERIC, "Verdict"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (JudgedMetric metric : metrics.stream().limit(MOST_METRICS).toList()) {
            List<String> row = new ArrayList<>(List.of(metric.name(), metric.rounded()));
            if (judged) {
                row.add(metric.limits());
            }
            if (compared) {
                row.add(metric.championRounded());
                row.add(metric.changeText());
                row.add(metric.shift().map(Shift::text).orElse(""));
            }
            rows.add(row);
        }
        return grid(new Grid(caption, heads, rows), metrics.size() - MOST_METRICS, "metric");
    }

    /** How intervals were found. */
    List<String> methods() {
        return evaluation.details().intervals().values().stream()
                .map(MetricInterval::method)
                .distinct()
                .toList();
    }

    /** The worst slices and the behavioural tests that failed: what a reviewer must not miss. */
    List<String> warnings(int mostSlices) {
        List<String> warnings = new ArrayList<>();
        evaluation.details().worstSlices().stream()
                .limit(mostSlices)
                .map(WorstSlice::sentence)
                .forEach(warnings::add);
        warnings.addAll(EvaluationLines.failedBehaviour(evaluation));
        return warnings;
    }

    List<Passage> slices() {
        List<Passage> passages = new ArrayList<>();
        SliceTable.bySlicing(evaluation.details().slices()).forEach((slicing, slices) -> {
            passages.add(new Heading(level, "Slices by " + slicing));
            passages.addAll(slices(slicing, slices));
        });
        return passages;
    }

    private List<Passage> slices(String slicing, List<SliceMetrics> all) {
        List<SliceMetrics> slices = SliceTable.largest(all, MOST_SLICES);
        List<String> names = SliceTable.metrics(evaluation, slices);
        List<String> heads = new ArrayList<>(List.of(slicing, "Rows" + NUMERIC));
        names.forEach(name -> heads.add(name + NUMERIC));
        List<List<String>> rows = new ArrayList<>();
        for (SliceMetrics slice : slices) {
            List<String> row = new ArrayList<>(List.of(
                    slice.value() + (slice.gated() ? "" : " (too small for gates)"), Numbers.plain(slice.rows())));
            names.forEach(name -> row.add(
                    slice.metrics().containsKey(name)
                            ? Evaluation.metric(slice, name).text()
                            : ""));
            rows.add(row);
        }
        return grid(new Grid("Slices by " + slicing, heads, rows), all.size() - slices.size(), "slice");
    }

    List<Passage> worstSlices() {
        List<String> sentences = evaluation.details().worstSlices().stream()
                .map(WorstSlice::sentence)
                .toList();
        return sentences.isEmpty()
                ? List.of()
                : List.of(new Heading(level, "Where it does worst"), new Items(sentences));
    }

    List<Passage> fairness() {
        List<Passage> passages = new ArrayList<>();
        for (Fairness fairness : evaluation.details().fairness()) {
            passages.add(new Heading(level, "Fairness by " + fairness.column()));
            passages.add(new Paragraph(fairness.sentence()));
            passages.add(new Grid(
                    "Groups by " + fairness.column(),
                    List.of(
                            fairness.column(),
                            "Rows" + NUMERIC,
                            "Predicted positive" + NUMERIC,
                            "Of its positives" + NUMERIC,
                            "Of its negatives" + NUMERIC),
                    fairness.groups().stream()
                            .limit(MOST_SLICES)
                            .map(group -> List.of(
                                    group.value(),
                                    Numbers.plain(group.rows()),
                                    Numbers.percent(group.selectionRate()),
                                    FairnessTable.share(group.truePositiveRate()),
                                    FairnessTable.share(group.falsePositiveRate())))
                            .toList()));
            passages.add(new Grid(
                    "Measures of fairness by " + fairness.column(),
                    List.of("Measure", "Value" + NUMERIC, evaluation.intervalHead() + NUMERIC),
                    fairness.measures().entrySet().stream()
                            .map(measure -> FairnessTable.metric(evaluation, fairness.column(), measure))
                            .map(measure -> List.of(measure.name(), measure.rounded(), measure.limits()))
                            .toList()));
        }
        return passages;
    }

    List<Passage> behaviour() {
        List<Behaviour> tests = evaluation.details().behaviour();
        if (tests.isEmpty()) {
            return List.of();
        }
        List<Passage> passages = new ArrayList<>();
        passages.add(new Heading(level, "Behavioural tests"));
        passages.add(new Grid(
                "Behavioural tests",
                List.of("Test", "Outcome", "What is expected", "Rows" + NUMERIC, "Share that behaves" + NUMERIC),
                tests.stream()
                        .map(test -> List.of(
                                test.name(),
                                BehaviourTable.outcome(evaluation, test).name().toLowerCase(Locale.ROOT),
                                BehaviourTable.expected(test),
                                Numbers.plain(test.rows()),
                                BehaviourTable.share(evaluation, test).text()))
                        .toList()));
        List<String> examples = tests.stream()
                .flatMap(test ->
                        test.examples().stream().limit(MOST_EXAMPLES).map(example -> test.name() + ": " + example))
                .toList();
        if (!examples.isEmpty()) {
            passages.add(new Items(examples));
        }
        return passages;
    }

    List<Passage> tests() {
        if (evaluation.details().tests().isEmpty()) {
            return List.of();
        }
        List<Passage> passages = new ArrayList<>();
        passages.add(new Heading(level, "The model's own tests"));
        passages.add(new Grid(
                "The model's own tests",
                List.of("Suite", "Tests" + NUMERIC, "Failed" + NUMERIC, "Broken" + NUMERIC, "Skipped" + NUMERIC),
                evaluation.details().tests().stream()
                        .map(suite -> List.of(
                                suite.name(),
                                Numbers.plain(suite.tests()),
                                Numbers.plain(suite.failed()),
                                Numbers.plain(suite.errors()),
                                Numbers.plain(suite.skipped())))
                        .toList()));
        List<String> failures = evaluation.details().tests().stream()
                .flatMap(suite -> suite.failures().stream())
                .limit(MOST_FAILURES)
                .toList();
        if (!failures.isEmpty()) {
            passages.add(new Items(failures));
        }
        return passages;
    }

    List<Passage> champion() {
        return evaluation
                .details()
                .champion()
                .map(champion -> {
                    List<Passage> passages = new ArrayList<>();
                    passages.add(new Heading(level, "Against the champion"));
                    passages.add(new Paragraph(ChampionTable.sentence(champion)));
                    if (!champion.tests().isEmpty()) {
                        passages.add(new Items(champion.tests().stream()
                                .map(test -> test.name() + ": " + test.sentence())
                                .toList()));
                    }
                    return List.copyOf(passages);
                })
                .orElse(List.of());
    }

    private static List<Passage> grid(Grid grid, int left, String noun) {
        return left > 0
                ? List.of(
                        grid, new Paragraph("and " + Numbers.count(left, "more " + noun) + ", in the result document"))
                : List.of(grid);
    }
}
