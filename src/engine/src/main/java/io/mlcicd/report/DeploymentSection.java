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

    /** A figure of every stage. */
    private record Column(String title, String metric, DoubleFunction<String> form) {}

    private static final List<Column> FIGURES = List.of(
            new Column("Requests", "live.requests", value -> Numbers.plain(Math.round(value))),
            new Column("Errors", "live.errors.share", Numbers::percent),
            new Column("p95", "live.latency.p95", value -> Numbers.seconds(value / 1000)),
            new Column("Old p95", "live.old.latency.p95", value -> Numbers.seconds(value / 1000)),
            new Column("PSI", "live.prediction.psi", Numbers::plain));

    /** Those that only labels tell; a table without labels has no columns for them. */
    private static final List<Column> LABELLED = List.of(
            new Column("Labels", "live.labels", value -> Numbers.plain(Math.round(value))),
            new Column("Accuracy", "live.accuracy", Numbers::percent),
            new Column("Old accuracy", "live.old.accuracy", Numbers::percent),
            new Column("Mean absolute error", "live.mae", Numbers::plain),
            new Column("Old mean absolute error", "live.old.mae", Numbers::plain));

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
            parts.add(stages(details.stages()));
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

    private static Markup stages(List<StageReport> stages) {
        List<Column> columns = new ArrayList<>(FIGURES);
        LABELLED.stream()
                .filter(column ->
                        stages.stream().anyMatch(stage -> stage.figures().containsKey(column.metric())))
                .forEach(columns::add);
        List<String> titles = new ArrayList<>(List.of("Share", "Outcome"));
        columns.forEach(column -> titles.add(column.title() + NUMERIC));
        titles.addAll(List.of("Time" + NUMERIC, "Why"));
        return table(titles, stages.stream().map(stage -> row(stage, columns)).toList());
    }

    private static Markup row(StageReport stage, List<Column> columns) {
        String color = switch (stage.outcome()) {
            case "passed" -> "PASSED";
            case "failed" -> "FAILED";
            default -> "UNSTABLE";
        };
        String share = stage.share() == 0 ? "copies" : Numbers.plain(stage.share() * 100) + "\u00a0%";
        List<Markup> cells = new ArrayList<>(List.of(
                element("th scope=\"row\"", share),
                element("td", element("span class=\"badge " + color + "\"", stage.outcome()))));
        columns.forEach(column -> cells.add(figure(stage, column.metric(), column.form())));
        cells.add(element("td class=\"number\"", Numbers.seconds(stage.seconds())));
        // What a passed stage says are the figures beside it.
        cells.add(element("td", stage.outcome().equals("passed") ? "" : stage.message()));
        return element("tr", cells.toArray(Markup[]::new));
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
