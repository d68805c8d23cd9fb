package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.scrolling;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.metric.Pictures.Confusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How often each class was taken for each, shaded by the share of the true class, and the commonest mistakes in words. */
final class ConfusionTable {

    private static final int MOST_CLASSES = 30;
    private static final int MOST_MISTAKES = 5;
    private static final double SHADES = 8;

    private ConfusionTable() {}

    static Markup draw(Confusion confusion) {
        List<Integer> shown = largest(confusion);
        List<Markup> rows = new ArrayList<>();
        for (int row : shown) {
            rows.add(row(confusion, shown, row));
        }
        List<Markup> names = shown.stream()
                .map(i -> element("th scope=\"col\"", confusion.classes().get(i)))
                .toList();
        Markup table = element(
                "table class=\"confusion\"",
                element("caption", "Rows by true class (down) and predicted class (across)"),
                element("thead", element("tr", element("td", "true ↓ predicted →"), Markup.join(names))),
                element("tbody", Markup.join(rows)));
        int left = confusion.classes().size() - shown.size();
        return Markup.join(List.of(
                element("h3", "Confusion"),
                scrolling("Confusion", table),
                left > 0 ? MetricTable.more(left, "smaller class") : Markup.NONE,
                mistakes(confusion)));
    }

    private static Markup row(Confusion confusion, List<Integer> shown, int row) {
        double total = Math.max(Double.MIN_VALUE, support(confusion, row));
        List<Markup> cells = new ArrayList<>();
        cells.add(element("th scope=\"row\"", confusion.classes().get(row)));
        for (int column : shown) {
            double count = confusion.counts().get(row).get(column);
            int shade = (int) Math.max(0, Math.min(SHADES, Math.ceil(SHADES * count / total)));
            cells.add(element("td class=\"shade" + shade + "\"", Numbers.amount(count)));
        }
        return element("tr", Markup.join(cells));
    }

    /** The classes with the most rows, in their own order. */
    private static List<Integer> largest(Confusion confusion) {
        return IntStream.range(0, confusion.classes().size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -support(confusion, i)))
                .limit(MOST_CLASSES)
                .sorted()
                .toList();
    }

    private static double support(Confusion confusion, int row) {
        return confusion.counts().get(row).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private record Mistake(int actual, int predicted, double rows) {}

    /** Of two classes the matrix says it well enough. */
    private static Markup mistakes(Confusion confusion) {
        int classes = confusion.classes().size();
        if (classes < 3) {
            return Markup.NONE;
        }
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double rows = confusion.counts().get(i).get(j);
                if (i != j && rows > 0) {
                    mistakes.add(new Mistake(i, j, rows));
                }
            }
        }
        List<Markup> items = mistakes.stream()
                .sorted(Comparator.comparing((Mistake mistake) -> -mistake.rows()))
                .limit(MOST_MISTAKES)
                .map(mistake -> element("li", sentence(confusion, mistake)))
                .toList();
        return items.isEmpty()
                ? Markup.NONE
                : Markup.join(List.of(
                        element("p class=\"soft\"", "The commonest mistakes:"), element("ul", Markup.join(items))));
    }

    private static String sentence(Confusion confusion, Mistake mistake) {
        String actual = confusion.classes().get(mistake.actual());
        return "%s taken for %s: %s, %s of all %s"
                .formatted(
                        actual,
                        confusion.classes().get(mistake.predicted()),
                        mistake.rows() == 1 ? "1 row" : Numbers.amount(mistake.rows()) + " rows",
                        Numbers.percent(mistake.rows() / support(confusion, mistake.actual())),
                        actual);
    }
}
