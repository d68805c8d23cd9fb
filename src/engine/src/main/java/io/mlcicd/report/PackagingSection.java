package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.packaging.ImageLayer;
import io.mlcicd.packaging.PackagingDetails;
import java.util.List;

/** The image: its digest, where it went, and its layers. */
final class PackagingSection {

    private PackagingSection() {}

    static Markup draw(PackagingDetails details) {
        List<Markup> layers =
                details.layers().stream().map(PackagingSection::row).toList();
        return Markup.join(List.of(
                element("p", element("code", details.image().digest().value())),
                element(
                        "p class=\"soft\"",
                        "base " + details.base() + ", " + details.platform()
                                + details.tarball()
                                        .map(tar -> ", kept in " + tar)
                                        .orElse("")
                                + details.pushed()
                                        .map(name -> ", pushed as " + name)
                                        .orElse(", not pushed")),
                table(List.of("Layer", "Files" + NUMERIC, "Size" + NUMERIC, "Digest"), layers)));
    }

    private static Markup row(ImageLayer layer) {
        return element(
                "tr",
                element("td", layer.name()),
                element(
                        "td class=\"number\"",
                        layer.files().isPresent() ? String.valueOf(layer.files().getAsInt()) : ""),
                element("td class=\"number\"", Numbers.bytes(layer.bytes())),
                element("td", element("code", layer.digest().value())));
    }
}
