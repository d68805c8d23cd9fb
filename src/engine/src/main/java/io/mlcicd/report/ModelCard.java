package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A model card (M. Mitchell et al., "Model Cards for Model Reporting", FAT* 2019): what the model is, what decided about
 * it, how well it does, for whom, and what to mind. It is drawn from the newest evaluation among the documents; what other
 * stages tell of the same model (data, image, deployment, drift) is added.
 */
public final class ModelCard {

    private ModelCard() {}

    /** Whether there is an evaluation among the documents, without which there is no card. */
    public static boolean canBeDrawn(List<Result<JsonNode>> documents) {
        return evaluation(documents.stream().flatMap(HtmlReport::unfold).toList())
                .isPresent();
    }

    /** The card as Markdown, without words of the user's own. */
    public static String markdown(List<Result<JsonNode>> documents) {
        return markdown(documents, Optional.empty());
    }

    /**
     * The card as Markdown.
     *
     * @param about the user's own Markdown on intended use and the like, put in as it is
     * @throws InvalidInputException when none of the documents is an evaluation
     */
    public static String markdown(List<Result<JsonNode>> documents, Optional<String> about) {
        MarkdownText text = new MarkdownText(Integer.MAX_VALUE);
        passages(documents, about).forEach(passage -> passage.write(text));
        return text.finish();
    }

    /** The card as a self-contained page, without words of the user's own. */
    public static String html(List<Result<JsonNode>> documents) {
        return html(documents, Optional.empty());
    }

    /**
     * The card as a self-contained page.
     *
     * @param about the user's own Markdown; headings, paragraphs, lists and code blocks are drawn, all else is plain text
     * @throws InvalidInputException when none of the documents is an evaluation
     */
    public static String html(List<Result<JsonNode>> documents, Optional<String> about) {
        List<Markup> sections = new ArrayList<>();
        List<Markup> section = new ArrayList<>();
        String title = "";
        for (Passage passage : passages(documents, about)) {
            if (passage instanceof Passage.Heading heading && heading.level() <= 2) {
                close(sections, section);
                title = title.isEmpty() ? heading.words() : title;
            } else if (passage instanceof Passage.OwnWords) {
                close(sections, section);
            }
            section.add(passage.draw());
        }
        close(sections, section);
        return HtmlReport.page(title, element("main class=\"model-card\"", Markup.join(sections)));
    }

    private static void close(List<Markup> sections, List<Markup> section) {
        if (!section.isEmpty()) {
            // The title stands above all sections, in none.
            sections.add(sections.isEmpty() ? Markup.join(section) : element("section", Markup.join(section)));
            section.clear();
        }
    }

    private static List<Passage> passages(List<Result<JsonNode>> documents, Optional<String> about) {
        List<Result<JsonNode>> stages =
                documents.stream().flatMap(HtmlReport::unfold).toList();
        Result<JsonNode> newest = evaluation(stages)
                .orElseThrow(() -> new InvalidInputException(
                        "a model card is drawn from an evaluation, and none of the documents is one; give the result"
                                + " document of evaluate, or that of a run with one"));
        LineageRecord lineage = documents.stream().map(Result::lineage).reduce(LineageRecord.EMPTY, LineageRecord::and);
        return new CardContents(stages, Evaluation.of(newest), lineage).passages(about);
    }

    private static Optional<Result<JsonNode>> evaluation(List<Result<JsonNode>> stages) {
        return stages.stream()
                .filter(stage -> stage.stage() == Stage.EVALUATE)
                .max(Comparator.comparing(Result::started));
    }
}
