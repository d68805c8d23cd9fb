package io.jenkins.plugins.mlcicd.result;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.review.ChampionBuild;
import io.jenkins.plugins.mlcicd.review.ChangeView;
import io.jenkins.plugins.mlcicd.review.MetricView;
import io.jenkins.plugins.mlcicd.review.Review;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What ml-cicd has to say about a build. The documents are files in the build's folder; the build's own XML holds their
 * summaries.
 */
@ExportedBean
public final class ModelBuildAction implements RunAction2, BuildBadgeAction {

    /** The last part of the page's URL, on builds and on jobs. */
    public static final String URL_NAME = "ml-cicd";

    /** The page's icon. */
    public static final String ICON = "symbol-analytics-outline plugin-ionicons-api";

    private static final Logger LOGGER = Logger.getLogger(ModelBuildAction.class.getName());

    private transient Run<?, ?> run;
    private final List<StageSummary> summaries = new ArrayList<>();

    private ModelBuildAction(Run<?, ?> run) {
        this.run = run;
    }

    /** Attaches a result document to a build; steps of parallel branches may do so at the same time. */
    public static ModelBuildAction record(Run<?, ?> run, Result<JsonNode> result) throws IOException {
        return record(run, result, GatePlaces.NONE);
    }

    /** Attaches a result document, and where its gates stand in the project's file. */
    public static ModelBuildAction record(Run<?, ?> run, Result<JsonNode> result, GatePlaces places)
            throws IOException {
        ModelBuildAction action;
        synchronized (ModelBuildAction.class) {
            action = run.getAction(ModelBuildAction.class);
            if (action == null) {
                action = new ModelBuildAction(run);
                run.addAction(action);
            }
        }
        action.add(result, places);
        run.save();
        return action;
    }

    /**
     * Keeps an evaluation's predictions beside its document, for comparisons by later builds.
     *
     * @param judged the digest of the file of predictions
     */
    public void keepPredictions(Digest judged, byte[] predictions) {
        AtomicFiles.write(EvaluateModel.keptPredictions(folder(), judged), out -> out.write(predictions));
    }

    /** The predictions that were kept of that file; empty when none were. */
    public Optional<byte[]> keptPredictions(Digest judged) {
        Path file = EvaluateModel.keptPredictions(folder(), judged);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read " + file);
            return Optional.empty();
        }
    }

    private synchronized void add(Result<JsonNode> result, GatePlaces places) throws IOException {
        String file = (summaries.size() + 1) + "-" + result.stage().key() + ".json";
        Files.createDirectories(folder());
        AtomicFiles.write(folder().resolve(file), Json.write(result));
        summaries.add(new StageSummary(file, result, places));
    }

    /** Every stage that was run, in that order. */
    @Exported(visibility = 2)
    public synchronized List<StageSummary> getResults() {
        return List.copyOf(summaries);
    }

    /** What all stages say together. */
    @Exported(visibility = 2)
    public String getVerdict() {
        return verdict().name();
    }

    /** The newest result of a stage. */
    public Optional<StageSummary> newest(Stage stage) {
        return getResults().stream()
                .filter(summary -> summary.getStage().equals(stage.key()))
                .reduce((first, second) -> second);
    }

    /** The newest document of a stage; empty when there is none, or it was deleted, or this version cannot read it. */
    public Optional<Result<JsonNode>> newestDocument(Stage stage) {
        return newest(stage).flatMap(this::read);
    }

    private Optional<Result<JsonNode>> read(StageSummary summary) {
        try {
            return Optional.of(ResultDocuments.read(folder().resolve(summary.getFile())));
        } catch (InvalidInputException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read " + summary.getFile() + " of " + run);
            return Optional.empty();
        }
    }

    /** A document as it is on disk, which costs less than to hold it against its schema again; empty when it is gone. */
    public Optional<JsonNode> tree(StageSummary summary) {
        try {
            return Optional.of(Json.read(folder().resolve(summary.getFile())));
        } catch (InvalidInputException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read " + summary.getFile() + " of " + run);
            return Optional.empty();
        }
    }

    /**
     * The documents of a stage that were not refused, newest first. A document that was deleted, or that this version cannot
     * read, is left out.
     */
    public List<Result<JsonNode>> accepted(Stage stage) {
        return documents(stage, summary -> !summary.getVerdict().equals(Verdict.FAILED.name()));
    }

    /** All documents of a stage, newest first, but those that cannot be read. */
    public List<Result<JsonNode>> all(Stage stage) {
        return documents(stage, summary -> true);
    }

    private List<Result<JsonNode>> documents(Stage stage, Predicate<StageSummary> wanted) {
        List<Result<JsonNode>> documents = new ArrayList<>();
        for (StageSummary summary : getResults()) {
            if (summary.getStage().equals(stage.key()) && wanted.test(summary)) {
                read(summary).ifPresent(document -> documents.add(0, document));
            }
        }
        return documents;
    }

    /** What the page shows. */
    public ReportPage getPage() {
        try {
            return new ReportPage(Review.of(run, documents()).page(), null);
        } catch (InvalidInputException e) {
            return new ReportPage("", e.getMessage());
        }
    }

    /** The build that this one is held against; null when there is none. */
    @CheckForNull
    @Exported(visibility = 2)
    public ChampionBuild getChampion() {
        return review().flatMap(Review::champion).orElse(null);
    }

    /** What the model was made of otherwise than the champion. */
    @Exported(visibility = 2)
    public List<ChangeView> getChanges() {
        return review().map(Review::changes).orElse(List.of());
    }

    /** How its metrics changed against the champion. */
    @Exported(visibility = 2)
    public List<MetricView> getMetricChanges() {
        return review().map(Review::metrics).orElse(List.of());
    }

    private Optional<Review> review() {
        try {
            return Optional.of(Review.of(run, documents()));
        } catch (InvalidInputException e) {
            LOGGER.log(Level.FINE, "a document is missing or broken", e);
            return Optional.empty();
        }
    }

    /**
     * All documents, in the order of the stages.
     *
     * @throws InvalidInputException when one is missing or cannot be read
     */
    public List<Result<JsonNode>> documents() {
        List<Result<JsonNode>> documents = new ArrayList<>();
        for (StageSummary summary : getResults()) {
            documents.add(ResultDocuments.read(folder().resolve(summary.getFile())));
        }
        return documents;
    }

    /** What the build's results can be taken away as: a model card, a summary for a pull request, metrics. */
    public List<String> getDownloads() {
        return Downloads.of(getResults()).stream().map(Downloads::file).toList();
    }

    /** Serves {@code downloads/model-card.md} and the like. */
    public void doDownloads(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        String name = request.getRestOfPath().replaceFirst("^/", "");
        Optional<Downloads> download =
                Downloads.of(name).filter(found -> getDownloads().contains(name));
        if (download.isEmpty()) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        String content;
        try {
            content = download.get().draw(documents());
        } catch (InvalidInputException e) {
            LOGGER.log(Level.FINE, "a document is missing or broken", e);
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        response.setContentType(download.get().type());
        // A page of its own has its own style sheet, which Jenkins' Content-Security-Policy would keep from it.
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.getWriter().write(content);
    }

    /** Serves {@code documents/1-validate.json}. */
    public void doDocuments(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        String name = request.getRestOfPath().replaceFirst("^/", "");
        boolean known =
                getResults().stream().anyMatch(summary -> summary.getFile().equals(name));
        if (!known || !Files.exists(folder().resolve(name))) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Content-Disposition", "inline; filename=\"" + name + "\"");
        Files.copy(folder().resolve(name), response.getOutputStream());
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Where the page's style sheet is, relative to Jenkins' own URL. */
    public String getStylesheet() {
        return ReportStyle.url();
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getIcon() {
        return StageSummary.icon(verdict());
    }

    @Override
    public String getIconFileName() {
        return ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelBuildAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        this.run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        this.run = loaded;
    }

    private Verdict verdict() {
        return getResults().stream()
                .map(summary -> Verdict.valueOf(summary.getVerdict()))
                .reduce(Verdict.PASSED, Verdict::and);
    }

    private Path folder() {
        return run.getRootDir().toPath().resolve(URL_NAME);
    }
}
