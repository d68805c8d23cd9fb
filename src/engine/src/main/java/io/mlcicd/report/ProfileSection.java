package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Histogram;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.TopValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Profiles of data sets: a row for each column, with its distribution as a small picture. */
final class ProfileSection {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 26;
    private static final int BARS = 20;

    private ProfileSection() {}

    static Markup draw(ProfileDetails profiles) {
        return Markup.join(profiles.data().stream().map(ProfileSection::draw).toList());
    }

    static Markup draw(DataProfile profile) {
        List<Markup> rows = profile.columns().stream().map(ProfileSection::row).toList();
        return Markup.join(List.of(
                element("h3", profile.name() + ": " + Numbers.count(profile.rows(), "row")),
                table(
                        List.of(
                                "Column",
                                "Type",
                                "Nulls" + NUMERIC,
                                "Distinct" + NUMERIC,
                                "Least",
                                "Greatest",
                                "Mean" + NUMERIC,
                                "Distribution"),
                        rows)));
    }

    private static Markup row(ColumnProfile column) {
        return element(
                "tr",
                element("th scope=\"row\"", column.name()),
                element("td class=\"soft\"", column.type().key()),
                element("td class=\"number\"", Numbers.percent(column.nullShare())),
                element("td class=\"number\"", (column.distinctExact() ? "" : "≈ ") + Numbers.plain(column.distinct())),
                element("td", column.min().orElse("")),
                element("td", column.max().orElse("")),
                element(
                        "td class=\"number\"",
                        column.type().isNumeric()
                                ? column.distribution()
                                        .map(spread -> Numbers.plain(spread.mean()))
                                        .orElse("")
                                : ""),
                element("td", picture(column)));
    }

    private static Markup picture(ColumnProfile column) {
        List<Long> counts = column.distribution()
                .map(spread -> spread.equalWidth())
                .map(Histogram::counts)
                .or(() -> column.topValues().map(ProfileSection::counts))
                .orElse(List.of());
        if (counts.isEmpty()) {
            return Markup.NONE;
        }
        long top = Math.max(1, Collections.max(counts));
        double slot = (double) WIDTH / counts.size();
        List<Markup> bars = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            double height = (double) counts.get(i) / top * HEIGHT;
            bars.add(element(String.format(
                    Locale.ROOT,
                    "rect class=\"current\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
                    i * slot,
                    HEIGHT - height,
                    Math.min(slot * 0.85, 20),
                    height)));
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
