package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.ProfileDetails;
import java.util.List;

/** Profiles of data sets: a row for each column, with its distribution as a small picture. */
final class ProfileSection {

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
                element("td", DistributionPicture.draw(column)));
    }
}
