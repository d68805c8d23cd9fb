package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import io.mlcicd.report.Passage.Grid;
import io.mlcicd.report.Passage.Heading;
import io.mlcicd.report.Passage.Items;
import io.mlcicd.report.Passage.OwnWords;
import io.mlcicd.report.Passage.Paragraph;
import io.mlcicd.report.Passage.Picture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands in a model card, section by section, in the order of Mitchell et al. */
final class CardContents {

    private static final int MAIN = 8;

    private final List<Result<JsonNode>> stages;
    private final Evaluation evaluation;
    private final LineageRecord lineage;
    private final EvaluationPassages numbers;
    private final List<Passage> card = new ArrayList<>();

    /**
     * The contents of the card.
     *
     * @param stages documents of single stages
     * @param evaluation the one among them that the card is about
     * @param lineage what is known of the model by all documents
     */
    CardContents(List<Result<JsonNode>> stages, Evaluation evaluation, LineageRecord lineage) {
        this.stages = stages;
        this.evaluation = evaluation;
        this.lineage = lineage;
        this.numbers = new EvaluationPassages(evaluation, 3);
    }

    List<Passage> passages(Optional<String> about) {
        card.add(new Heading(1, "Model card: " + name()));
        details();
        about.filter(words -> !words.isBlank())
                .ifPresentOrElse(words -> card.add(new OwnWords(words)), this::unknownUse);
        decision();
        factors();
        metrics();
        data();
        analyses();
        caveats();
        return List.copyOf(card);
    }

    private String name() {
        return evaluation.document().model().map(Model::name).orElse("a model");
    }

    private void details() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Name", name()));
        evaluation.details().task().map(Task::key).ifPresent(task -> rows.add(List.of("Task", task)));
        lineage.model().ifPresent(model -> rows.add(List.of("Model", artifact(model))));
        lineage.commit()
                .ifPresent(commit -> rows.add(List.of(
                        "Code",
                        commit.sha()
                                + commit.branch().map(branch -> " on " + branch).orElse("")
                                + (commit.dirty() ? ", with uncommitted changes" : "")
                                + commit.remote()
                                        .map(remote -> ", from " + remote)
                                        .orElse(""))));
        lineage.training().ifPresent(training -> rows.add(List.of("Trained by", String.join(" ", training.command()))));
        lineage.image()
                .ifPresent(image -> rows.add(List.of(
                        "Image", image.reference() + ", " + image.digest().value())));
        lineage.deployment()
                .ifPresent(deployment -> rows.add(List.of(
                        "Deployed",
                        deployment.name() + " (" + deployment.target() + "), release " + deployment.release()
                                + deployment.url().map(url -> ", at " + url).orElse("") + ", since "
                                + deployment.at())));
        rows.add(List.of(
                "Evaluated", HtmlReport.TIME.format(evaluation.document().started())));
        rows.add(List.of(
                "Card drawn by",
                evaluation.document().tool().name() + " "
                        + evaluation.document().tool().version()));
        card.add(new Heading(2, "Model details"));
        card.add(new Grid("Model details", List.of("What", "Which"), rows));
    }

    private static String artifact(Artifact artifact) {
        return artifact.path() + ", " + Numbers.bytes(artifact.bytes()) + ", "
                + artifact.digest().value();
    }

    /** Documents cannot tell what a model is for; that nobody said it, a reader should know. */
    private void unknownUse() {
        card.add(new Heading(2, "Intended use"));
        card.add(new Paragraph("Nobody has stated the intended use, the uses that are out of scope, or ethical"
                + " considerations. They come from a Markdown file that is named by --about."));
    }

    private void decision() {
        card.add(new Heading(2, "Decision"));
        card.add(new Paragraph("Verdict: " + HtmlReport.verdict(stages) + "."));
        List<Passage> gates = GatePassages.all(stages);
        card.addAll(gates.isEmpty() ? List.of(new Paragraph("There were no gates.")) : gates);
    }

    private void factors() {
        Set<String> slicings =
                SliceTable.bySlicing(evaluation.details().slices()).keySet();
        List<String> factors = new ArrayList<>();
        if (!slicings.isEmpty()) {
            factors.add("Looked at by: " + String.join("; ", slicings) + ".");
        }
        Set<String> fairness = new LinkedHashSet<>();
        evaluation.details().fairness().forEach(each -> fairness.add(each.column()));
        if (!fairness.isEmpty()) {
            factors.add("Groups that are to be treated alike: " + String.join("; ", fairness) + ".");
        }
        if (!evaluation.details().worstSlices().isEmpty()) {
            factors.add("Slices on which the model does worst were searched for.");
        }
        card.add(new Heading(2, "Factors"));
        card.add(factors.isEmpty() ? new Paragraph("No slices were looked at by themselves.") : new Items(factors));
    }

    private void metrics() {
        EvaluationDetails details = evaluation.details();
        List<String> how = new ArrayList<>();
        how.add("Measures: " + String.join(", ", names()) + ".");
        details.positive().ifPresent(positive -> how.add("The positive class is " + positive + "."));
        if (!details.intervals().isEmpty()) {
            how.add("Uncertainty: " + evaluation.confidence() + " confidence intervals ("
                    + String.join(", ", numbers.methods()) + ").");
        }
        details.thresholds().stream()
                .filter(threshold -> threshold.why().isPresent())
                .map(threshold -> "Threshold %s (%s): precision %s, recall %s."
                        .formatted(
                                Numbers.plain(threshold.threshold()),
                                threshold.why().get(),
                                Numbers.plain(threshold.precision()),
                                Numbers.plain(threshold.recall())))
                .forEach(how::add);
        card.add(new Heading(2, "Metrics"));
        card.add(new Items(how));
    }

    private List<String> names() {
        return evaluation.main(MAIN).stream().map(JudgedMetric::name).toList();
    }

    private void data() {
        card.add(new Heading(2, "Evaluation data"));
        if (evaluation.details().rows() > 0) {
            card.add(new Paragraph(Numbers.count(evaluation.details().rows(), "row") + "."));
        }
        artifacts("Files that were read", evaluation.document().inputs());
        card.add(new Heading(2, "Training data"));
        if (lineage.data().isEmpty()) {
            card.add(new Paragraph("Not known from the documents."));
        }
        artifacts("Data sets", lineage.data());
        stages.stream()
                .filter(stage -> stage.stage() == Stage.VALIDATE || stage.stage() == Stage.DRIFT)
                .map(stage -> new Paragraph(HtmlReport.title(stage) + ": " + Headline.of(stage) + "."))
                .forEach(card::add);
    }

    private void artifacts(String caption, List<Artifact> artifacts) {
        if (!artifacts.isEmpty()) {
            card.add(new Grid(
                    caption,
                    List.of("Name", "Path", "Size" + NUMERIC, "Digest"),
                    artifacts.stream()
                            .map(each -> List.of(
                                    each.name(),
                                    each.path(),
                                    Numbers.bytes(each.bytes()),
                                    each.digest().value()))
                            .toList()));
        }
    }

    private void analyses() {
        card.add(new Heading(2, "Quantitative analyses"));
        card.addAll(numbers.metrics("All metrics", evaluation.metrics()));
        card.add(new Picture(CurveFigures.draw(evaluation)));
        card.addAll(numbers.champion());
        card.addAll(numbers.worstSlices());
        card.addAll(numbers.slices());
        card.addAll(numbers.fairness());
        card.addAll(numbers.behaviour());
        card.addAll(numbers.tests());
    }

    private void caveats() {
        List<String> caveats = new ArrayList<>(evaluation.details().notes());
        long small = evaluation.details().slices().stream()
                .filter(slice -> !slice.gated())
                .count();
        if (small > 0) {
            caveats.add(Numbers.count(small, "slice") + " had too few rows to be held against gates.");
        }
        evaluation.document().gates().stream()
                .filter(gate -> gate.outcome() == Outcome.SKIPPED)
                .map(GateResult::message)
                .forEach(caveats::add);
        stages.stream()
                .filter(stage -> stage.stage() == Stage.DRIFT)
                .flatMap(stage -> reasons(stage).stream())
                .map(reason -> "Retraining is recommended: " + reason)
                .forEach(caveats::add);
        if (evaluation.details().intervals().isEmpty()) {
            caveats.add("The metrics have no confidence intervals; chance may have made small differences.");
        }
        card.add(new Heading(2, "Caveats and recommendations"));
        card.add(caveats.isEmpty() ? new Paragraph("None were found.") : new Items(caveats));
    }

    private static List<String> reasons(Result<JsonNode> drift) {
        JsonNode retrain = drift.details().path("retrain");
        List<String> reasons = new ArrayList<>();
        if (retrain.path("recommended").asBoolean()) {
            retrain.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        }
        return reasons;
    }
}
