package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One self-contained page: the verdict first, then gates, each stage with its charts, inputs and lineage. It needs no
 * script and no network, so it can be archived, mailed and shown under a strict Content-Security-Policy.
 */
public final class HtmlReport {

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Marks the head of a column of numbers. */
    static final String NUMERIC = " #";

    private static final List<Stage> READING_ORDER = List.of(
            Stage.EVALUATE,
            Stage.VALIDATE,
            Stage.PROFILE,
            Stage.DRIFT,
            Stage.PACKAGE,
            Stage.DEPLOY,
            Stage.TRAIN,
            Stage.RUN);

    private HtmlReport() {}

    /** Draws the page from these documents; a document of a whole run stands for those of its stages. */
    public static String of(List<Result<JsonNode>> documents) {
        return of(documents, Optional.empty());
    }

    /** The same page, which says besides what changed against the champion. */
    public static String of(List<Result<JsonNode>> documents, Optional<Reference> champion) {
        return page(
                name(documents) + ": " + verdict(documents),
                element("main", content(documents, champion, LineageLinks.NONE)));
    }

    /** The page's content alone, of a model that is held against no other, without links. */
    public static String body(List<Result<JsonNode>> documents) {
        return body(documents, Optional.empty(), LineageLinks.NONE);
    }

    /**
     * The page's content alone, for a page of somebody else's: all texts are escaped, there is no script and no inline
     * style. It looks right under {@link #stylesheet}.
     */
    public static String body(List<Result<JsonNode>> documents, Optional<Reference> champion, LineageLinks links) {
        return content(documents, champion, links).html();
    }

    /** The style sheet. */
    public static String stylesheet() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order in which a reviewer asks: is it accepted, what is new, how good is it, on what data, where from. */
    private static Markup content(List<Result<JsonNode>> documents, Optional<Reference> champion, LineageLinks links) {
        List<Result<JsonNode>> stages =
                documents.stream().flatMap(HtmlReport::unfold).toList();
        List<Markup> body = new ArrayList<>();
        body.add(head(documents, stages));
        if (stages.size() > 1) {
            body.add(strip(stages));
        }
        champion.ifPresent(reference -> body.add(ChangesSection.draw(reference, documents)));
        if (stages.stream().anyMatch(stage -> stage.stage() != Stage.VALIDATE)) {
            body.add(gates(stages));
        }
        stages.stream()
                .sorted(Comparator.comparingInt(stage -> READING_ORDER.indexOf(stage.stage())))
                .forEach(stage -> body.add(section(stage)));
        body.add(LineageSection.draw(
                documents.stream().map(Result::lineage).reduce(LineageRecord.EMPTY, LineageRecord::and),
                LineagePicture.draw(stages, links)));
        body.add(inputs(stages));
        body.add(computed(stages));
        body.add(element("footer", footer(documents)));
        return Markup.join(body);
    }

    static Verdict verdict(List<Result<JsonNode>> documents) {
        return documents.stream().map(Result::verdict).reduce(Verdict.PASSED, Verdict::and);
    }

    static String name(List<Result<JsonNode>> documents) {
        return documents.stream()
                .flatMap(document -> document.model().stream())
                .findFirst()
                .map(Model::name)
                .orElse("Data");
    }

    /** A document, or those of the stages of a run. */
    static Stream<Result<JsonNode>> unfold(Result<JsonNode> document) {
        if (document.stage() != Stage.RUN) {
            return Stream.of(document);
        }
        List<Result<JsonNode>> stages = new ArrayList<>();
        document.details()
                .path("stages")
                .forEach(stage -> stages.add(ResultDocuments.of(stage, "a stage of the run", JsonNode.class)));
        return stages.stream();
    }

    private static Markup head(List<Result<JsonNode>> documents, List<Result<JsonNode>> stages) {
        Verdict verdict = verdict(documents);
        long failed = stages.stream()
                .flatMap(stage -> stage.gates().stream())
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .count();
        long all = stages.stream().mapToLong(stage -> stage.gates().size()).sum();
        double seconds = documents.stream().mapToDouble(Result::seconds).sum();
        String sentence = (failed == 0
                        ? Numbers.count(all, "gate") + " held"
                        : Numbers.count(failed, "gate") + " of " + all + " failed")
                + " · " + Numbers.seconds(seconds);
        return element(
                "div class=\"verdict " + verdict + "\"",
                element(
                        "div",
                        element("h1", name(documents)),
                        element("p class=\"sentence\"", VerdictSentence.of(documents)),
                        element("p class=\"soft\"", TIME.format(documents.get(0).started()) + " · " + sentence)),
                element("span class=\"word " + verdict + "\"", verdict.toString()));
    }

    private static Markup strip(List<Result<JsonNode>> stages) {
        return element(
                "ol class=\"stages\"",
                Markup.join(stages.stream()
                        .map(stage -> element(
                                "li class=\"" + stage.verdict() + "\"",
                                element(
                                        "a"
                                                + attribute(
                                                        "href",
                                                        "#" + stage.stage().key()),
                                        element("b", title(stage)),
                                        element("span class=\"soft\"", Numbers.seconds(stage.seconds())))))
                        .toList()));
    }

    private static Markup gates(List<Result<JsonNode>> stages) {
        List<Markup> rows = stages.stream()
                .flatMap(stage -> stage.gates().stream().map(gate -> new GateOfStage(stage.stage(), gate)))
                .filter(gate -> gate.stage() != Stage.VALIDATE || gate.gate().outcome() == Outcome.FAILED)
                .sorted(Comparator.comparing(gate -> gate.gate().outcome() != Outcome.FAILED))
                .map(HtmlReport::row)
                .toList();
        if (rows.isEmpty()) {
            return Markup.NONE;
        }
        return element(
                "section id=\"gates\"",
                element("h2", "Gates"),
                table(List.of("Outcome", "Stage", "What decided", "If it fails"), rows));
    }

    private record GateOfStage(Stage stage, GateResult gate) {}

    private static Markup row(GateOfStage row) {
        Outcome outcome = row.gate().outcome();
        String color = outcome == Outcome.FAILED
                ? switch (row.gate().gate().criticality()) {
                    case FAILURE -> "FAILED";
                    case UNSTABLE -> "UNSTABLE";
                    case NOTE -> "NOTE";
                }
                : outcome.name();
        return element(
                "tr",
                element(
                        "td",
                        element(
                                "span class=\"badge " + color + "\"",
                                outcome.name().toLowerCase(Locale.ROOT))),
                element("td", row.stage().key()),
                element("td", row.gate().message()),
                element(
                        "td class=\"soft\"",
                        row.gate().gate().criticality().name().toLowerCase(Locale.ROOT)));
    }

    private static Markup section(Result<JsonNode> stage) {
        return element(
                "section" + attribute("id", stage.stage().key()),
                element("h2", title(stage)),
                element("p class=\"soft\"", Headline.of(stage)),
                StageSections.draw(stage));
    }

    static String title(Result<JsonNode> stage) {
        boolean batch = stage.details().path("target").asText().equals("batch");
        String key = batch ? "batch" : stage.stage().key();
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    private static Markup inputs(List<Result<JsonNode>> stages) {
        List<Markup> rows = stages.stream()
                .flatMap(stage -> stage.inputs().stream())
                .distinct()
                .map(HtmlReport::row)
                .toList();
        return rows.isEmpty()
                ? Markup.NONE
                : element(
                        "section id=\"inputs\"",
                        element("h2", "Inputs"),
                        table(List.of("Name", "Path", "Size" + NUMERIC, "Digest"), rows));
    }

    /** Which engines computed, and why, where somebody or the size of the data chose them. */
    private static Markup computed(List<Result<JsonNode>> stages) {
        List<Markup> rows = stages.stream()
                .flatMap(stage -> stage.computed().stream()
                        .map(there -> element(
                                "tr",
                                element("td", title(stage)),
                                element("td", there.engine()),
                                element("td", there.where()),
                                element("td", there.why()))))
                .toList();
        return rows.isEmpty()
                ? Markup.NONE
                : element(
                        "section id=\"computed\"",
                        element("h2", "Computed with"),
                        table(List.of("Stage", "Engine", "Where", "Why"), rows));
    }

    private static Markup row(Artifact artifact) {
        return element(
                "tr",
                element("td", artifact.name()),
                element("td", artifact.path()),
                element("td class=\"number\"", Numbers.bytes(artifact.bytes())),
                element("td", element("code", artifact.digest().value())));
    }

    /** A table; a head that ends in {@value #NUMERIC} stands above numbers. */
    static Markup table(List<String> heads, List<Markup> rows) {
        Markup head = Markup.join(heads.stream().map(HtmlReport::head).toList());
        return element("table", element("thead", element("tr", head)), element("tbody", Markup.join(rows)));
    }

    /** A table that says what it is; it scrolls by itself where it is wider than the screen, by keys, too. */
    static Markup table(String caption, List<String> heads, List<Markup> rows) {
        Markup head = Markup.join(heads.stream().map(HtmlReport::head).toList());
        return scrolling(
                caption,
                element(
                        "table",
                        element("caption", caption),
                        element("thead", element("tr", head)),
                        element("tbody", Markup.join(rows))));
    }

    /** Puts something wide into a region of its own. */
    static Markup scrolling(String name, Markup wide) {
        return element("div class=\"scroll\" role=\"region\" tabindex=\"0\"" + attribute("aria-label", name), wide);
    }

    /** A cell with a number as text. */
    static Markup numeric(String text) {
        return element("td class=\"number\"", text);
    }

    static Markup head(String text) {
        return text.endsWith(NUMERIC)
                ? element("th scope=\"col\" class=\"number\"", text.substring(0, text.length() - NUMERIC.length()))
                : element("th scope=\"col\"", text);
    }

    private static String footer(List<Result<JsonNode>> documents) {
        Result<JsonNode> first = documents.get(0);
        return first.tool().name() + " " + first.tool().version() + " · result schema " + first.schemaVersion();
    }

    static String page(String title, Markup body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                %s
                <style>
                %s</style>
                </head>
                <body>
                %s
                </body>
                </html>
                """.formatted(element("title", title).html(), stylesheet(), body.html());
    }
}
