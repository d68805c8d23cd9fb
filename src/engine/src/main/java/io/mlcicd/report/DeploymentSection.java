package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.deployment.BatchDetails;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.strategy.StageReport;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What serves now and what the smoke requests answered; or what a batch wrote. */
final class DeploymentSection {

    private DeploymentSection() {}

    static Markup draw(DeploymentDetails details) {
        List<Markup> parts = new ArrayList<>();
        details.reason()
                .ifPresent(reason -> parts.add(element(
                        "p",
                        element("span class=\"badge FAILED\"", details.rolledBack() ? "rolled back" : "failed"),
                        Markup.text(" " + reason))));
        parts.add(element(
                "p",
                Markup.text("release "),
                element("code", details.release()),
                Markup.text(details.serves() ? " has the traffic at " + details.url() : " was given up"),
                Markup.text(details.previous()
                        .filter(previous -> !previous.equals(details.release()))
                        .map(previous -> details.switched()
                                ? ", in place of release " + previous
                                : "; release " + previous + " keeps the traffic")
                        .orElse(""))));
        described(details).ifPresent(parts::add);
        details.recovered().ifPresent(found -> parts.add(element("p", found)));
        if (!details.stages().isEmpty()) {
            parts.add(table(
                    List.of(
                            "Share",
                            "Outcome",
                            "Requests" + NUMERIC,
                            "Errors" + NUMERIC,
                            "p95" + NUMERIC,
                            "Old p95" + NUMERIC,
                            "PSI" + NUMERIC,
                            "Time" + NUMERIC,
                            "Why"),
                    details.stages().stream().map(DeploymentSection::row).toList()));
        }
        if (!details.smoke().isEmpty()) {
            parts.add(table(
                    List.of("Smoke request", "Outcome", "Status" + NUMERIC, "Time" + NUMERIC, "Answer"),
                    details.smoke().stream().map(DeploymentSection::row).toList()));
        }
        return Markup.join(parts);
    }

    private static Optional<Markup> described(DeploymentDetails details) {
        List<String> facts = new ArrayList<>();
        details.environment().ifPresent(name -> facts.add("environment " + name));
        if (!details.stages().isEmpty()) {
            facts.add("strategy " + details.strategy());
        }
        details.promotedFrom().ifPresent(name -> facts.add("moved on from " + name));
        details.approvedBy().ifPresent(name -> facts.add("approved by " + name));
        return facts.isEmpty() ? Optional.empty() : Optional.of(element("p", String.join(", ", facts)));
    }

    private static Markup row(StageReport stage) {
        String color = switch (stage.outcome()) {
            case "passed" -> "PASSED";
            case "failed" -> "FAILED";
            default -> "UNSTABLE";
        };
        String share = stage.share() == 0 ? "copies" : Numbers.percent(stage.share());
        return element(
                "tr",
                element("th scope=\"row\"", share),
                element("td", element("span class=\"badge " + color + "\"", stage.outcome())),
                figure(stage, "live.requests", value -> Numbers.plain(Math.round(value))),
                figure(stage, "live.errors.share", Numbers::percent),
                figure(stage, "live.latency.p95", value -> Numbers.seconds(value / 1000)),
                figure(stage, "live.old.latency.p95", value -> Numbers.seconds(value / 1000)),
                figure(stage, "live.prediction.psi", Numbers::plain),
                element("td class=\"number\"", Numbers.seconds(stage.seconds())),
                element("td", stage.message()));
    }

    private static Markup figure(StageReport stage, String metric, DoubleFunction<String> form) {
        Double value = stage.figures().get(metric);
        return element("td class=\"number\"", value == null ? "" : form.apply(value));
    }

    private static Markup row(ServeAnswer smoke) {
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
