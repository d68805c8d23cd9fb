package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Behavioural tests: what is expected, how many rows behave, and rows that do not. */
final class BehaviourTable {

    private static final int MOST_EXAMPLES = 10;

    private BehaviourTable() {}

    static Markup draw(Evaluation evaluation) {
        List<Behaviour> tests = evaluation.details().behaviour();
        if (tests.isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "Behavioural tests"));
        parts.add(table(
                "What each expects, and in how many rows the model does it",
                List.of("Outcome", "Test", "What is expected", "Rows" + NUMERIC, "Behave" + NUMERIC, "Share" + NUMERIC),
                tests.stream().map(test -> row(evaluation, test)).toList()));
        tests.stream()
                .filter(test -> !test.examples().isEmpty())
                .map(BehaviourTable::examples)
                .forEach(parts::add);
        return Markup.join(parts);
    }

    private static Markup row(Evaluation evaluation, Behaviour test) {
        Outcome outcome = outcome(evaluation, test);
        JudgedMetric share = share(evaluation, test);
        return element(
                "tr",
                element(
                        "td",
                        element(
                                "span class=\"badge " + outcome + "\"",
                                outcome.name().toLowerCase(Locale.ROOT))),
                element("th scope=\"row\"", test.name()),
                element("td", expected(test)),
                numeric(Numbers.plain(test.rows())),
                numeric(Numbers.plain(test.passed())),
                numeric(share.text()));
    }

    /** The share of rows that behave. */
    static JudgedMetric share(Evaluation evaluation, Behaviour test) {
        String name = metric(test);
        return JudgedMetric.alone(
                name, test.rows() == 0 ? 0 : (double) test.passed() / test.rows(), evaluation.interval(name));
    }

    /** The metric that gates hold. */
    static String metric(Behaviour test) {
        return "behaviour." + test.name();
    }

    /** What its gates say; where it has none, whether all rows behave. */
    static Outcome outcome(Evaluation evaluation, Behaviour test) {
        List<Outcome> gates = evaluation.document().gates().stream()
                .filter(gate -> gate.gate().metric().equals(metric(test)))
                .map(GateResult::outcome)
                .toList();
        if (gates.contains(Outcome.FAILED)) {
            return Outcome.FAILED;
        }
        return gates.isEmpty() && test.passed() < test.rows() ? Outcome.FAILED : Outcome.PASSED;
    }

    /** What is expected of a row, in words. */
    static String expected(Behaviour test) {
        return switch (test.kind().toLowerCase(Locale.ROOT)) {
            case "invariance" -> "the change must not matter";
            case "increase" -> "the changed case must not get less";
            case "decrease" -> "the changed case must not get more";
            case "minimum" -> "the answer must be the expected one";
            default -> test.kind();
        };
    }

    private static Markup examples(Behaviour test) {
        List<Markup> items = test.examples().stream()
                .limit(MOST_EXAMPLES)
                .map(example -> element("li", example))
                .toList();
        long failed = test.rows() - test.passed();
        Markup more = failed > items.size() ? MetricTable.more(failed - items.size(), "row") : Markup.NONE;
        return element(
                "details open",
                element(
                        "summary",
                        test.name() + ": " + Numbers.count(failed, "row") + " of " + Numbers.plain(test.rows())
                                + " that did not behave"),
                element("ul", Markup.join(items)),
                more);
    }
}
