package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.deployment.BatchDetails;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.DeploymentDetails.SmokeResult;
import java.util.ArrayList;
import java.util.List;

/** What serves now and what the smoke requests answered; or what a batch wrote. */
final class DeploymentSection {

    private DeploymentSection() {}

    static Markup draw(DeploymentDetails details) {
        List<Markup> parts = new ArrayList<>();
        details.reason()
                .ifPresent(reason -> parts.add(element(
                        "p", element("span class=\"badge FAILED\"", "rolled back"), Markup.text(" " + reason))));
        parts.add(element(
                "p",
                Markup.text("release "),
                element("code", details.release()),
                Markup.text(details.switched() ? " has the traffic at " + details.url() : " was given up"),
                Markup.text(details.previous()
                        .map(previous -> details.switched()
                                ? ", in place of release " + previous
                                : "; release " + previous + " keeps the traffic")
                        .orElse(""))));
        if (!details.smoke().isEmpty()) {
            parts.add(table(
                    List.of("Smoke request", "Outcome", "Status" + NUMERIC, "Time" + NUMERIC, "Answer"),
                    details.smoke().stream().map(DeploymentSection::row).toList()));
        }
        return Markup.join(parts);
    }

    private static Markup row(SmokeResult smoke) {
        String color = smoke.passed() ? "PASSED" : "FAILED";
        return element(
                "tr",
                element("th scope=\"row\"", smoke.name()),
                element("td", element("span class=\"badge " + color + "\"", smoke.passed() ? "passed" : "failed")),
                element("td class=\"number\"", String.valueOf(smoke.status())),
                element("td class=\"number\"", Numbers.seconds(smoke.millis() / 1000)),
                element("td", smoke.message()));
    }

    static Markup draw(BatchDetails details) {
        String outcome = details.published()
                ? "published " + Numbers.count(details.rows(), "row") + " to " + details.output()
                : "not published: " + details.reason().orElse("the output is not as it should be");
        return Markup.join(List.of(
                element("p", outcome), element("p", element("code", String.join(" ", details.command())))));
    }
}
