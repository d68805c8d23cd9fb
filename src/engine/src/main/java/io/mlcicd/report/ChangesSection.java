package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.operation.Result;
import io.mlcicd.report.ModelChanges.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What changed against the champion: how the model does, and what it was made of otherwise. */
final class ChangesSection {

    private static final int MOST_NAMED = 12;

    private ChangesSection() {}

    static Markup draw(Reference champion, List<Result<JsonNode>> documents) {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h2", "What changed against the champion"));
        Markup title = champion.url()
                .map(url -> element("a" + attribute("href", url), champion.title()))
                .orElseGet(() -> Markup.text(champion.title()));
        String why = champion.why().isEmpty() ? "." : ", " + champion.why() + ".";
        parts.add(element("p class=\"soft\"", Markup.text("Compared with "), title, Markup.text(why)));
        List<MetricChange> metrics = MetricChange.between(champion.documents(), documents);
        if (!metrics.isEmpty()) {
            parts.add(table(
                    "How the model does beside the champion",
                    List.of(
                            "Metric",
                            "Better is",
                            "Champion" + NUMERIC,
                            "This model" + NUMERIC,
                            "Change" + NUMERIC,
                            "Verdict"),
                    metrics.stream().map(ChangesSection::row).toList()));
        }
        ModelChanges changes = ModelChanges.between(champion.documents(), documents);
        if (!changes.changed().isEmpty()) {
            parts.add(table(
                    "What the model was made of otherwise",
                    List.of("What", "Before", "Now"),
                    changes.changed().stream().map(ChangesSection::row).toList()));
        }
        sentence(changes).ifPresent(text -> parts.add(element("p class=\"soft\"", text)));
        return element("section id=\"changes\"", Markup.join(parts));
    }

    private static Optional<String> sentence(ModelChanges changes) {
        List<String> same = changes.same();
        if (same.isEmpty()) {
            return changes.changed().isEmpty()
                    ? Optional.of("The documents do not tell what the two were made of.")
                    : Optional.empty();
        }
        String named = String.join(", ", same.subList(0, Math.min(MOST_NAMED, same.size())));
        return Optional.of("Unchanged: " + named
                + (same.size() > MOST_NAMED ? " and " + (same.size() - MOST_NAMED) + " more" : "") + ".");
    }

    private static Markup row(MetricChange change) {
        String better = MetricDirection.higherIsBetter(change.name())
                .map(higher -> higher ? "↑ higher" : "↓ lower")
                .orElse("–");
        JudgedMetric metric = change.judged();
        return element(
                "tr",
                element("th scope=\"row\"", change.name()),
                element("td class=\"soft\"", better),
                numeric(metric.championRounded()),
                numeric(metric.text()),
                numeric(metric.changeText()),
                element("td", metric.shift().map(Shift::badge).orElse(Markup.NONE)));
    }

    private static Markup row(Change change) {
        Markup name = change.url()
                .map(url -> element(
                        "a rel=\"noopener noreferrer\"" + attribute("href", url), change.kind() + " " + change.name()))
                .orElseGet(() -> Markup.text(change.kind() + " " + change.name()));
        return element("tr", element("th scope=\"row\"", name), cell(change.before()), cell(change.after()));
    }

    private static Markup cell(String text) {
        return text.isEmpty() ? element("td class=\"soft\"", "not there") : element("td", element("code", text));
    }
}
