package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationDetails.CalibrationBin;
import io.mlcicd.evaluation.EvaluationDetails.ClassMetrics;
import io.mlcicd.evaluation.EvaluationDetails.Confusion;
import io.mlcicd.evaluation.EvaluationDetails.Curves;
import io.mlcicd.evaluation.EvaluationDetails.Point;
import io.mlcicd.evaluation.EvaluationDetails.ResidualBin;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Metrics, the champion beside them, confusion, classes, slices and curves. */
final class EvaluationSection {

    private EvaluationSection() {}

    static Markup draw(Map<String, Double> metrics, EvaluationDetails details) {
        List<Markup> parts = new ArrayList<>();
        parts.add(tiles(metrics, details.champion().map(EvaluationDetails.Champion::metrics)));
        details.confusion().ifPresent(confusion -> parts.add(confusion(confusion)));
        if (!details.classes().isEmpty()) {
            parts.add(classes(details.classes()));
        }
        slices(details.slices()).forEach(parts::add);
        details.curves().ifPresent(curves -> parts.add(curves(curves)));
        if (!details.residuals().isEmpty()) {
            parts.add(residuals(details.residuals()));
        }
        details.notes().forEach(note -> parts.add(element("p class=\"soft\"", note)));
        return Markup.join(parts);
    }

    /** Metrics of single classes are in a table of their own. */
    private static Markup tiles(Map<String, Double> metrics, Optional<Map<String, Double>> champion) {
        List<Markup> tiles = metrics.entrySet().stream()
                .filter(metric -> !metric.getKey().equals("rows"))
                .filter(metric -> !metric.getKey().contains(".")
                        || metric.getKey().endsWith(".macro")
                        || metric.getKey().endsWith(".ovr"))
                .map(metric -> tile(metric.getKey(), metric.getValue(), champion.map(all -> all.get(metric.getKey()))))
                .toList();
        return element("div class=\"tiles\"", Markup.join(tiles));
    }

    private static Markup tile(String name, double value, Optional<Double> champion) {
        String change = champion.map(reference -> String.format(Locale.ROOT, ", champion %+.4f", value - reference))
                .orElse("");
        return element("div class=\"tile\"", element("b", Numbers.plain(value)), element("span", name + change));
    }

    private static Markup confusion(Confusion confusion) {
        List<Markup> head = new ArrayList<>();
        head.add(element("th", "true ↓ predicted →"));
        confusion.classes().forEach(name -> head.add(element("th scope=\"col\"", name)));
        List<Markup> rows = new ArrayList<>();
        rows.add(element("tr", Markup.join(head)));
        for (int i = 0; i < confusion.classes().size(); i++) {
            List<Long> counts = confusion.counts().get(i);
            long total = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
            List<Markup> cells = new ArrayList<>();
            cells.add(element("th scope=\"row\"", confusion.classes().get(i)));
            for (long count : counts) {
                int shade = (int) Math.ceil(8.0 * count / total);
                cells.add(element("td class=\"shade" + shade + "\"", String.valueOf(count)));
            }
            rows.add(element("tr", Markup.join(cells)));
        }
        return Markup.join(
                List.of(element("h3", "Confusion"), element("table class=\"confusion\"", Markup.join(rows))));
    }

    private static Markup classes(List<ClassMetrics> classes) {
        List<Markup> rows = classes.stream()
                .map(one -> element(
                        "tr",
                        element("th scope=\"row\"", one.name()),
                        number(one.support()),
                        number(one.precision()),
                        number(one.recall()),
                        number(one.f1())))
                .toList();
        List<Bars.Bar> bars = classes.stream()
                .map(one -> new Bars.Bar(one.name(), one.f1(), Numbers.plain(one.f1())))
                .toList();
        return Markup.join(List.of(
                element("h3", "Classes"),
                element("p class=\"soft\"", "F1 by class"),
                Bars.draw(bars, 1),
                table(
                        List.of("Class", "Rows" + NUMERIC, "Precision" + NUMERIC, "Recall" + NUMERIC, "F1" + NUMERIC),
                        rows)));
    }

    private static List<Markup> slices(List<SliceMetrics> slices) {
        Map<String, List<SliceMetrics>> byColumn = new LinkedHashMap<>();
        slices.forEach(slice -> byColumn.computeIfAbsent(slice.column(), column -> new ArrayList<>())
                .add(slice));
        List<Markup> parts = new ArrayList<>();
        byColumn.forEach((column, ofColumn) -> {
            List<String> names = ofColumn.stream()
                    .flatMap(slice -> slice.metrics().keySet().stream())
                    .distinct()
                    .filter(name -> List.of(
                                    "accuracy", "balancedAccuracy", "f1", "f1.macro", "rocAuc", "rmse", "mae", "r2")
                            .contains(name))
                    .toList();
            List<String> heads = new ArrayList<>(List.of(column, "Rows" + NUMERIC));
            names.forEach(name -> heads.add(name + NUMERIC));
            parts.add(element("h3", "Slices by " + column));
            names.stream().findFirst().ifPresent(first -> parts.add(bars(ofColumn, first)));
            parts.add(table(
                    heads, ofColumn.stream().map(slice -> row(slice, names)).toList()));
        });
        return parts;
    }

    private static Markup bars(List<SliceMetrics> slices, String metric) {
        List<Bars.Bar> bars = slices.stream()
                .filter(slice -> slice.metrics().containsKey(metric))
                .map(slice -> new Bars.Bar(
                        slice.value(),
                        slice.metrics().get(metric),
                        Numbers.plain(slice.metrics().get(metric))))
                .toList();
        boolean share = bars.stream().allMatch(bar -> bar.value() >= 0 && bar.value() <= 1);
        return Markup.join(
                List.of(element("p class=\"soft\"", metric + " of each slice"), Bars.draw(bars, share ? 1 : 0)));
    }

    private static Markup row(SliceMetrics slice, List<String> names) {
        List<Markup> cells = new ArrayList<>();
        cells.add(element("th scope=\"row\"", slice.value() + (slice.gated() ? "" : " (too small for gates)")));
        cells.add(number(slice.rows()));
        names.forEach(name -> cells.add(
                slice.metrics().containsKey(name) ? number(slice.metrics().get(name)) : element("td", "")));
        return element("tr", Markup.join(cells));
    }

    private static Markup curves(Curves curves) {
        List<Markup> figures = new ArrayList<>();
        figures.add(Curve.draw("ROC", "false positive rate", "true positive rate", points(curves.roc()), true));
        figures.add(Curve.draw("Precision and recall", "recall", "precision", points(curves.precisionRecall()), false));
        if (!curves.calibration().isEmpty()) {
            List<Curve.Point> calibration = curves.calibration().stream()
                    .map((CalibrationBin bin) -> new Curve.Point(bin.meanScore(), bin.positiveShare()))
                    .toList();
            figures.add(Curve.draw("Calibration", "mean score", "share of positives", calibration, true));
        }
        return Markup.join(List.of(element("h3", "Curves"), element("div class=\"figures\"", Markup.join(figures))));
    }

    private static List<Curve.Point> points(List<Point> points) {
        return points.stream()
                .map(point -> new Curve.Point(point.x(), point.y()))
                .toList();
    }

    private static Markup residuals(List<ResidualBin> bins) {
        List<Bars.Bar> bars = bins.stream()
                .map(bin -> new Bars.Bar(
                        Numbers.plain(bin.from()) + " to " + Numbers.plain(bin.to()),
                        (double) bin.rows(),
                        Numbers.plain(bin.rows())))
                .toList();
        return Markup.join(List.of(element("h3", "Errors (prediction minus label)"), Bars.draw(bars, 0)));
    }

    private static Markup number(long value) {
        return element("td class=\"number\"", Numbers.plain(value));
    }

    private static Markup number(double value) {
        return element("td class=\"number\"", Numbers.plain(value));
    }
}
