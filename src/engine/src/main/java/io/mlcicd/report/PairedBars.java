package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two distributions over the same bins, side by side: the reference pale, the current one strong. */
final class PairedBars {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 120;
    private static final int FOOT = 18;

    /**
     * One bin.
     *
     * @param label what falls into it
     * @param reference the reference's share, 0 to 1
     * @param current the current share, 0 to 1
     */
    record Bin(String label, double reference, double current) {}

    private PairedBars() {}

    static Markup draw(String title, List<Bin> bins) {
        if (bins.isEmpty()) {
            return Markup.NONE;
        }
        double top = bins.stream()
                .mapToDouble(bin -> Math.max(bin.reference(), bin.current()))
                .max()
                .orElse(1);
        double slot = (double) WIDTH / bins.size();
        List<Markup> bars = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            double left = i * slot;
            bars.add(bar("reference", left + slot * 0.1, slot * 0.4, bin.reference(), top, bin));
            bars.add(bar("current", left + slot * 0.5, slot * 0.4, bin.current(), top, bin));
        }
        bars.add(element("text class=\"axis\" x=\"0\" y=\"" + (HEIGHT + FOOT - 4) + "\"", shorten(first(bins))));
        bars.add(element(
                "text class=\"axis\" text-anchor=\"end\" x=\"" + WIDTH + "\" y=\"" + (HEIGHT + FOOT - 4) + "\"",
                shorten(bins.get(bins.size() - 1).label())));
        String opening = "svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + (HEIGHT + FOOT) + "\""
                + attribute("aria-label", title);
        return element(opening, Markup.join(bars));
    }

    private static String first(List<Bin> bins) {
        return bins.get(0).label();
    }

    private static Markup bar(String kind, double x, double width, double share, double top, Bin bin) {
        double height = top == 0 ? 0 : share / top * (HEIGHT - 4);
        String place = String.format(
                Locale.ROOT,
                "rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
                kind,
                x,
                HEIGHT - height,
                width,
                height);
        String tip = bin.label() + ": reference " + Numbers.percent(bin.reference()) + ", current "
                + Numbers.percent(bin.current());
        return element(place, element("title", tip));
    }

    private static String shorten(String label) {
        return label.length() > 24 ? label.substring(0, 23) + "…" : label;
    }
}
