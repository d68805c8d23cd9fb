package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.Histogram;
import io.mlcicd.data.TopValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A column's distribution, small: a histogram of what has an order, else its most frequent values. */
final class DistributionPicture {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 26;
    private static final int BARS = 20;
    private static final double LEAST_SEEN = 0.8;

    private DistributionPicture() {}

    /** The picture; nothing for a column of which no distribution is known. */
    static Markup draw(ColumnProfile column) {
        List<Long> counts = column.distribution()
                .map(spread -> spread.equalWidth())
                .map(Histogram::counts)
                .or(() -> column.topValues().map(DistributionPicture::counts))
                .orElse(List.of());
        if (counts.isEmpty()) {
            return Markup.NONE;
        }
        long top = Math.max(1, Collections.max(counts));
        double slot = (double) WIDTH / counts.size();
        List<Markup> bars = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                // A few values far away are what a reviewer looks for, so that they must not vanish.
                double height = Math.max(LEAST_SEEN, (double) counts.get(i) / top * HEIGHT);
                bars.add(element(String.format(
                        Locale.ROOT,
                        "rect class=\"current\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
                        i * slot,
                        HEIGHT - height,
                        Math.min(slot * 0.85, 20),
                        height)));
            }
        }
        return element(
                "svg role=\"img\" width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\""
                        + attribute("aria-label", "Distribution of " + column.name()),
                Markup.join(bars));
    }

    private static List<Long> counts(TopValues values) {
        return values.values().stream()
                .limit(BARS)
                .map(TopValues.ValueCount::count)
                .toList();
    }
}
