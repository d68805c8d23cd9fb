package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.packaging.ImageLayer;
import io.mlcicd.packaging.PackagingDetails;
import io.mlcicd.packaging.recognition.RecognisedModel;
import io.mlcicd.packaging.recognition.Signature;
import io.mlcicd.packaging.supplychain.SupplyChainDetails;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.serving.ServingProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The image: its digest, where it went, and its layers. */
final class PackagingSection {

    private static final int MOST_FIELDS = 20;

    private PackagingSection() {}

    static Markup draw(PackagingDetails details) {
        List<Markup> layers =
                details.layers().stream().map(PackagingSection::row).toList();
        return Markup.join(List.of(
                element("p", element("code", details.image().digest().value())),
                element(
                        "p class=\"soft\"",
                        "base " + details.base() + ", " + String.join(", ", details.platforms())
                                + details.tarball()
                                        .map(tar -> ", kept in " + tar)
                                        .orElse("")
                                + details.pushed()
                                        .map(name -> ", pushed as " + name)
                                        .orElse(", not pushed")
                                + details.served().map(PackagingSection::served).orElse("")),
                table(List.of("Layer", "Files" + NUMERIC, "Size" + NUMERIC, "Digest"), layers),
                table(List.of("Model", ""), facts(details))));
    }

    private static List<Markup> facts(PackagingDetails details) {
        List<Markup> rows = new ArrayList<>();
        details.recognised().ifPresent(model -> {
            rows.add(fact("Kind", model.kind().label() + versions(model)));
            if (!model.signature().inputs().isEmpty()) {
                rows.add(fact("Inputs", fields(model.signature().inputs())));
            }
            if (!model.signature().outputs().isEmpty()) {
                rows.add(fact("Outputs", fields(model.signature().outputs())));
            }
            rows.add(fact(
                    "Dependencies",
                    model.dependencies().isEmpty()
                            ? "none declared"
                            : "%d declared in %s"
                                    .formatted(
                                            model.dependencies().size(), String.join(", ", model.dependencyFiles()))));
            model.notes().forEach(note -> rows.add(fact("Note", note)));
        });
        details.pickles()
                .findings()
                .forEach(finding -> rows.add(
                        fact("Pickle, " + finding.level().name().toLowerCase(Locale.ROOT), finding.sentence())));
        details.pickles().problems().forEach(problem -> rows.add(fact("Pickle", problem)));
        details.licences().denied().forEach(denied -> rows.add(fact("Licence not permitted", denied)));
        SupplyChainDetails along = details.supplyChain();
        rows.add(fact(
                "Bill of materials",
                along.components() == 0 ? "not written" : Numbers.count(along.components(), "component")));
        rows.add(fact(
                "Signature",
                along.signed().map(algorithm -> "signed, " + algorithm).orElse("not signed")));
        if (!along.files().isEmpty()) {
            rows.add(fact(
                    "Beside the image",
                    along.files().stream()
                            .map(file -> file.substring(file.lastIndexOf('/') + 1))
                            .collect(Collectors.joining(", "))));
        }
        if (!along.attached().isEmpty()) {
            rows.add(fact("In the registry", String.join(", ", along.attached())));
        }
        return rows;
    }

    private static String versions(RecognisedModel model) {
        return model.versions().entrySet().stream()
                .map(version -> ", %s %s".formatted(version.getKey(), version.getValue()))
                .collect(Collectors.joining());
    }

    private static String fields(List<Signature.Field> fields) {
        return fields.stream()
                .limit(MOST_FIELDS)
                .map(field -> "%s %s%s"
                        .formatted(
                                field.name(),
                                field.type().orElse(""),
                                field.shape().isEmpty() ? "" : "[" + String.join(", ", field.shape()) + "]")
                        .strip())
                .collect(Collectors.joining(", "));
    }

    private static Markup fact(String name, String value) {
        return element("tr", element("td", name), element("td", value));
    }

    private static String served(ServeReport report) {
        return report.failure()
                .map(why -> "; does not serve: " + why)
                .orElseGet(() -> "; answered %s %s"
                        .formatted(
                                Numbers.count(report.answers().size(), "request"),
                                report.protocol() == ServingProtocol.OWN
                                        ? "rightly"
                                        : "as " + report.protocol().key() + " promises"));
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
