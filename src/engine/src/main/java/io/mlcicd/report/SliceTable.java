package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.head;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.scrolling;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Each slice's main metrics with their intervals, the first as a forest plot beside the numbers. */
final class SliceTable {

    private static final int MOST_SLICES = 50;
    private static final int MOST_METRICS = 4;

    private SliceTable() {}

    static Markup draw(Evaluation evaluation) {
        List<Markup> parts = new ArrayList<>();
        bySlicing(evaluation.details().slices()).forEach((slicing, slices) -> {
            parts.add(element("h3", "Slices by " + slicing));
            parts.add(table(evaluation, slicing, slices));
            parts.add(
                    slices.size() > MOST_SLICES ? MetricTable.more(slices.size() - MOST_SLICES, "slice") : Markup.NONE);
        });
        return Markup.join(parts);
    }

    /** The slices of each slicing, in the document's order. */
    static Map<String, List<SliceMetrics>> bySlicing(List<SliceMetrics> slices) {
        Map<String, List<SliceMetrics>> bySlicing = new LinkedHashMap<>();
        slices.forEach(slice -> bySlicing
                .computeIfAbsent(slice.column(), column -> new ArrayList<>())
                .add(slice));
        return bySlicing;
    }

    /** The main metrics that slices have. */
    static List<String> metrics(Evaluation evaluation, List<SliceMetrics> slices) {
        Set<String> names = new LinkedHashSet<>();
        slices.forEach(slice -> names.addAll(slice.metrics().keySet()));
        names.remove("rows");
        return MainMetrics.of(evaluation.details().task(), names).stream()
                .limit(MOST_METRICS)
                .toList();
    }

    /** The largest, in their own order. */
    static List<SliceMetrics> largest(List<SliceMetrics> slices, int most) {
        if (slices.size() <= most) {
            return slices;
        }
        return IntStream.range(0, slices.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -slices.get(i).rows()))
                .limit(most)
                .sorted()
                .map(slices::get)
                .toList();
    }

    private static Markup table(Evaluation evaluation, String slicing, List<SliceMetrics> all) {
        List<SliceMetrics> slices = largest(all, MOST_SLICES);
        List<String> names = metrics(evaluation, slices);
        Optional<String> first = names.stream().findFirst();
        Double whole = first.map(evaluation.document().metrics()::get).orElse(null);
        ForestPlot plot = new ForestPlot(
                slices.stream()
                        .flatMap(slice -> first.flatMap(name -> metric(slice, name)).stream())
                        .toList(),
                whole == null ? OptionalDouble.empty() : OptionalDouble.of(whole));
        String caption = caption(evaluation, slicing, first, whole);
        List<Markup> heads = new ArrayList<>(List.of(head(slicing), head("Rows" + NUMERIC)));
        first.ifPresent(name -> heads.add(plot.head()));
        names.forEach(name -> heads.add(head(name + NUMERIC)));
        List<Markup> rows = new ArrayList<>();
        for (SliceMetrics slice : slices) {
            rows.add(row(slice, names, plot));
        }
        return scrolling(
                "Slices by " + slicing,
                element(
                        "table",
                        element("caption", caption),
                        element("thead", element("tr", Markup.join(heads))),
                        element("tbody", Markup.join(rows))));
    }

    private static String caption(Evaluation evaluation, String slicing, Optional<String> first, Double whole) {
        boolean judged = evaluation.details().slices().stream()
                .anyMatch(slice -> !slice.intervals().isEmpty());
        return first.map(name -> "Drawn: " + name + " of each " + slicing
                        + (judged ? " with its " + evaluation.confidence() + " interval" : "")
                        + (whole == null ? "" : "; the dashed line is " + Numbers.plain(whole) + ", that of all rows"))
                .orElse("Slices by " + slicing);
    }

    private static Markup row(SliceMetrics slice, List<String> names, ForestPlot plot) {
        List<Markup> cells = new ArrayList<>();
        cells.add(element(
                "th scope=\"row\"",
                Markup.text(slice.value()),
                slice.gated() ? Markup.NONE : element("span class=\"soft\"", " (too small for gates)")));
        cells.add(numeric(Numbers.plain(slice.rows())));
        names.stream().findFirst().ifPresent(name -> cells.add(plot.cell(metric(slice, name))));
        names.forEach(name ->
                cells.add(numeric(metric(slice, name).map(JudgedMetric::text).orElse(""))));
        return element("tr", Markup.join(cells));
    }

    private static Optional<JudgedMetric> metric(SliceMetrics slice, String name) {
        return slice.metrics().containsKey(name) ? Optional.of(Evaluation.metric(slice, name)) : Optional.empty();
    }
}
