package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Curves side by side: of the positive class, then those of single classes as small multiples. */
final class CurveFigures {

    private static final int MOST_OF_CLASSES = 12;

    private CurveFigures() {}

    static Markup draw(Evaluation evaluation) {
        EvaluationDetails details = evaluation.details();
        JsonNode earlier = evaluation.document().details().path("curves");
        List<NamedCurve> curves = new ArrayList<>(details.plots());
        earlier(earlier, "roc").ifPresent(curves::add);
        earlier(earlier, "precisionRecall").ifPresent(curves::add);
        List<CalibrationBin> calibration =
                details.calibration().isEmpty() ? bins(earlier.path("calibration")) : details.calibration();
        List<Markup> whole = new ArrayList<>();
        Map<String, List<NamedCurve>> ofClasses = new LinkedHashMap<>();
        for (NamedCurve curve : curves) {
            if (curve.about().isEmpty()) {
                whole.add(curve(curve).draw());
            } else {
                ofClasses
                        .computeIfAbsent(curve.kind(), kind -> new ArrayList<>())
                        .add(curve);
            }
        }
        if (!calibration.isEmpty()) {
            whole.add(calibration(calibration));
        }
        if (!details.coverage().isEmpty()) {
            whole.add(coverage(details.coverage()));
        }
        List<Markup> parts = new ArrayList<>();
        if (!whole.isEmpty()) {
            parts.add(element("h3", "Curves"));
            parts.add(element("div class=\"figures\"", Markup.join(whole)));
        }
        ofClasses.forEach((kind, all) -> {
            parts.add(element("h3", name(kind) + " by class"));
            parts.add(element(
                    "div class=\"figures small\"",
                    Markup.join(all.stream()
                            .limit(MOST_OF_CLASSES)
                            .map(curve -> curve(curve).draw())
                            .toList())));
            parts.add(
                    all.size() > MOST_OF_CLASSES
                            ? MetricTable.more(all.size() - MOST_OF_CLASSES, "curve")
                            : Markup.NONE);
        });
        return Markup.join(parts);
    }

    private static String name(String kind) {
        return switch (kind) {
            case "roc" -> "ROC";
            case "precisionRecall" -> "Precision and recall";
            case "gain" -> "Gain";
            default -> kind;
        };
    }

    private static Curve curve(NamedCurve curve) {
        String title =
                name(curve.kind()) + curve.about().map(about -> " of " + about).orElse("");
        boolean small = curve.about().isPresent();
        return switch (curve.kind()) {
            case "precisionRecall" -> new Curve(title, "", "recall", "precision", curve.points(), false, false);
            case "gain" ->
                new Curve(
                        title,
                        small ? "" : "How many positives are found in the rows of the best scores; dashed: at random.",
                        "share of all rows",
                        "share of positives",
                        curve.points(),
                        true,
                        false);
            default ->
                new Curve(
                        title,
                        small ? "" : "Dashed: guessing.",
                        "false positive rate",
                        "true positive rate",
                        curve.points(),
                        true,
                        false);
        };
    }

    private static Markup calibration(List<CalibrationBin> bins) {
        List<Markup> rows = bins.stream()
                .map(bin -> element(
                        "tr",
                        numeric(Numbers.amount(bin.rows())),
                        numeric(Numbers.plain(bin.meanScore())),
                        numeric(Numbers.plain(bin.positiveShare()))))
                .toList();
        List<Point> points = bins.stream()
                .map(bin -> new Point(bin.meanScore(), bin.positiveShare()))
                .toList();
        return new Curve(
                        "Calibration",
                        "Whether scores can be taken for probabilities; dashed: they can.",
                        "mean score",
                        "share of positives",
                        points,
                        true,
                        true)
                .draw(table(
                        "Calibration",
                        List.of("Rows" + NUMERIC, "mean score" + NUMERIC, "share of positives" + NUMERIC),
                        rows));
    }

    private static Markup coverage(List<LevelCoverage> levels) {
        List<Point> points = levels.stream()
                .map(level -> new Point(level.level(), level.observed()))
                .toList();
        return new Curve(
                        "Calibration of the quantiles",
                        "How often the truth is at or below each; dashed: as often as it should be.",
                        "level",
                        "share of rows at or below",
                        points,
                        true,
                        true)
                .draw();
    }

    /** Earlier documents keep two curves of the positive class under another key. */
    private static Optional<NamedCurve> earlier(JsonNode curves, String kind) {
        List<Point> points = Json.mapper().convertValue(curves.path(kind), new TypeReference<List<Point>>() {});
        return points == null || points.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedCurve(kind, Optional.empty(), points));
    }

    private static List<CalibrationBin> bins(JsonNode bins) {
        List<CalibrationBin> all = Json.mapper().convertValue(bins, new TypeReference<List<CalibrationBin>>() {});
        return all == null ? List.of() : all;
    }
}
