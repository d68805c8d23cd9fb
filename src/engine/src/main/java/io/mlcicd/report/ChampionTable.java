package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** What the model was compared with, and the tests of whether the two differ. */
final class ChampionTable {

    private ChampionTable() {}

    static Markup draw(Champion champion) {
        Markup head = Markup.join(
                List.of(element("h3", "Against the champion"), element("p class=\"soft\"", sentence(champion))));
        return champion.tests().isEmpty() ? head : Markup.join(List.of(head, tests(champion.tests())));
    }

    /** What was compared with what. */
    static String sentence(Champion champion) {
        String when = champion.evaluated().isEmpty() ? "" : ", evaluated " + time(champion.evaluated());
        String how = champion.paired()
                ? ". Both models were judged by the same rows, row by row."
                : ". Its numbers are those of its own evaluation; differences are judged as if its rows were others.";
        return "Compared with " + champion.document() + when + how;
    }

    private static String time(String instant) {
        try {
            return HtmlReport.TIME.format(Instant.parse(instant));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }

    private static Markup tests(List<PairedTest> tests) {
        List<Markup> rows = tests.stream()
                .map(test -> element(
                        "tr",
                        element("th scope=\"row\"", test.name()),
                        element("td class=\"words\"", test.sentence()),
                        numeric(Numbers.plain(test.statistic())),
                        numeric(Numbers.chance(test.pValue()))))
                .toList();
        return table(
                "Tests of whether model and champion differ",
                List.of("Test", "What it says", "Statistic" + NUMERIC, "p" + NUMERIC),
                rows);
    }
}
