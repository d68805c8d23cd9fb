package io.jenkins.plugins.mlcicd.review;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.report.HtmlReport;
import io.mlcicd.report.MetricChange;
import io.mlcicd.report.ModelChanges;
import io.mlcicd.report.Reference;
import java.util.List;
import java.util.Optional;

/** A build's documents beside those of its champion. */
public final class Review {

    private final Run<?, ?> run;
    private final List<Result<JsonNode>> documents;
    private final Optional<ChampionBuild> champion;
    private final Optional<Reference> reference;

    private Review(Run<?, ?> run, List<Result<JsonNode>> documents, Optional<ChampionBuild> champion) {
        this.run = run;
        this.documents = documents;
        this.champion = champion;
        this.reference = champion.flatMap(this::reference);
    }

    /** The review of a build with these documents. */
    public static Review of(Run<?, ?> run, List<Result<JsonNode>> documents) {
        return new Review(run, documents, ChampionBuild.of(run));
    }

    private Optional<Reference> reference(ChampionBuild build) {
        Run<?, ?> other = run.getParent().getBuildByNumber(build.getBuild());
        ModelBuildAction action = other == null ? null : other.getAction(ModelBuildAction.class);
        if (action == null) {
            return Optional.empty();
        }
        try {
            String url = "../../" + build.getBuild() + "/" + ModelBuildAction.URL_NAME + "/";
            return Optional.of(new Reference(
                    "build " + build.getDisplayName(), build.getWhy(), Optional.of(url), action.documents()));
        } catch (InvalidInputException e) {
            // Without its documents there is nothing to be held against.
            return Optional.empty();
        }
    }

    /** The page's content; escaped by the engine, which takes no markup from a document. */
    public String page() {
        return HtmlReport.body(documents, reference, new BuildLinks(run));
    }

    /** The champion; empty when there is none, or its documents are gone. */
    public Optional<ChampionBuild> champion() {
        return reference.isPresent() ? champion : Optional.empty();
    }

    /** What changed against it. */
    public List<ChangeView> changes() {
        return reference
                .map(before -> ModelChanges.between(before.documents(), documents).changed().stream()
                        .map(ChangeView::new)
                        .toList())
                .orElse(List.of());
    }

    /** How the metrics that tell most changed. */
    public List<MetricView> metrics() {
        return reference
                .map(before -> MetricChange.between(before.documents(), documents).stream()
                        .map(MetricView::new)
                        .toList())
                .orElse(List.of());
    }
}
