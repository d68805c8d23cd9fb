package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.head;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.scrolling;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Each class against all others, its F1 as a forest plot beside the numbers. */
final class ClassTable {

    private static final int MOST = 50;

    private ClassTable() {}

    static Markup draw(Evaluation evaluation) {
        List<ClassMetrics> all = evaluation.details().classes();
        if (all.isEmpty()) {
            return Markup.NONE;
        }
        List<ClassMetrics> classes = largest(all);
        List<JudgedMetric> f1 = classes.stream()
                .map(one -> metric(evaluation, "f1", one, one.f1()))
                .toList();
        Double mean = evaluation.document().metrics().get("f1.macro");
        ForestPlot plot = new ForestPlot(f1, mean == null ? OptionalDouble.empty() : OptionalDouble.of(mean));
        boolean specificity = classes.stream().anyMatch(one -> one.specificity().isPresent());
        List<Markup> heads = new ArrayList<>(List.of(
                head("Class"),
                head("Rows" + NUMERIC),
                plot.head(),
                head("F1" + NUMERIC),
                head("Precision" + NUMERIC),
                head("Recall" + NUMERIC)));
        if (specificity) {
            heads.add(head("Specificity" + NUMERIC));
        }
        List<Markup> rows = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            rows.add(row(evaluation, classes.get(i), f1.get(i), plot, specificity));
        }
        String caption = "Drawn: F1 of each class"
                + (mean == null ? "" : "; the dashed line is their mean, " + Numbers.plain(mean));
        Markup table = element(
                "table",
                element("caption", caption),
                element("thead", element("tr", Markup.join(heads))),
                element("tbody", Markup.join(rows)));
        int left = all.size() - classes.size();
        return Markup.join(List.of(
                element("h3", "Classes"),
                scrolling("Classes", table),
                left > 0 ? MetricTable.more(left, "smaller class") : Markup.NONE));
    }

    private static Markup row(
            Evaluation evaluation, ClassMetrics one, JudgedMetric f1, ForestPlot plot, boolean specificity) {
        List<Markup> cells = new ArrayList<>(List.of(
                element("th scope=\"row\"", one.name()),
                numeric(Numbers.amount(one.support())),
                plot.cell(Optional.of(f1)),
                numeric(f1.text()),
                numeric(metric(evaluation, "precision", one, one.precision()).text()),
                numeric(metric(evaluation, "recall", one, one.recall()).text())));
        if (specificity) {
            cells.add(numeric(
                    one.specificity().isPresent()
                            ? metric(
                                            evaluation,
                                            "specificity",
                                            one,
                                            one.specificity().getAsDouble())
                                    .text()
                            : ""));
        }
        return element("tr", Markup.join(cells));
    }

    private static JudgedMetric metric(Evaluation evaluation, String kind, ClassMetrics one, double value) {
        String name = kind + "." + one.name();
        return JudgedMetric.alone(name, value, evaluation.interval(name));
    }

    private static List<ClassMetrics> largest(List<ClassMetrics> classes) {
        Set<ClassMetrics> largest = classes.stream()
                .sorted(Comparator.comparing((ClassMetrics one) -> -one.support()))
                .limit(MOST)
                .collect(Collectors.toSet());
        return classes.stream().filter(largest::contains).toList();
    }
}
