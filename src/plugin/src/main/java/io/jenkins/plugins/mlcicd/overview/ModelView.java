package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.lineage.ControllerLineage;
import io.jenkins.plugins.mlcicd.lineage.ModelState;
import io.jenkins.plugins.mlcicd.lineage.ModelState.Metric;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.jenkins.plugins.mlcicd.retrain.NextRetraining;
import io.jenkins.plugins.mlcicd.retrain.RetrainAction;
import java.io.File;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How one model of a job stands; for somebody who may read the job. */
@ExportedBean(defaultVisibility = 2)
public final class ModelView {

    private static final MathContext DIGITS = new MathContext(4);

    private final ModelState state;
    private final Job<?, ?> job;
    private final NextRetraining retraining;

    private ModelView(ModelState state, Job<?, ?> job) {
        this.state = state;
        this.job = job;
        this.retraining = NextRetraining.of(job);
    }

    /** Empty when the job is gone or the current user may not read it. */
    static Optional<ModelView> of(ModelState state) {
        return state.job().readable().map(job -> new ModelView(state, job));
    }

    /** The models of a job that the current user may read; none when it has none, or is a folder. */
    public static List<ModelView> of(Item item) {
        return ControllerLineage.get().models(item.getFullName()).stream()
                .flatMap(state -> of(state).stream())
                .toList();
    }

    /** The model's name. */
    @Exported
    public String getName() {
        return state.model();
    }

    /** Full name of the job. */
    @Exported
    public String getJob() {
        return job.getFullName();
    }

    public String getJobDisplayName() {
        return job.getFullDisplayName();
    }

    /** The job's page, relative to Jenkins' own URL. */
    @Exported
    public String getJobUrl() {
        return job.getUrl();
    }

    /** Number of the newest build that did something with the model. */
    @Exported
    public int getBuild() {
        return state.build();
    }

    /** The report of that build, relative to Jenkins' own URL; empty when it was deleted. */
    @Exported
    public String getBuildUrl() {
        return new File(job.getBuildDir(), String.valueOf(state.build())).exists()
                ? job.getUrl() + state.build() + "/" + ModelBuildAction.URL_NAME + "/"
                : "";
    }

    /** What that build's stages say together. */
    @Exported
    public String getVerdict() {
        return state.verdict().name();
    }

    public String getVerdictTitle() {
        return switch (state.verdict()) {
            case PASSED -> Messages.ModelView_passed();
            case UNSTABLE -> Messages.ModelView_unstable();
            case FAILED -> Messages.ModelView_failed();
        };
    }

    public String getIcon() {
        return StageSummary.icon(state.verdict());
    }

    /** For sorting, the worst last. */
    public int getVerdictOrder() {
        return state.verdict().ordinal();
    }

    /** When that build last said something, as ISO 8601 has it. */
    @Exported
    public String getAt() {
        return state.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public String getAge() {
        return Times.since(state.at());
    }

    /** Name of the model's main metric; null when it was not evaluated. */
    @CheckForNull
    @Exported
    public String getMetric() {
        return state.metric().map(Metric::name).orElse(null);
    }

    @CheckForNull
    @Exported
    public Double getMetricValue() {
        return state.metric().map(Metric::value).orElse(null);
    }

    /** The value with four digits. */
    public String getMetricText() {
        return state.metric()
                .map(metric -> Double.isFinite(metric.value())
                        ? new BigDecimal(metric.value())
                                .round(DIGITS)
                                .stripTrailingZeros()
                                .toPlainString()
                        : String.valueOf(metric.value()))
                .orElse("");
    }

    /** What the model's users meet; null when nothing is known to serve. */
    @CheckForNull
    @Exported
    public ServingView getProduction() {
        return state.production()
                .map(name -> new ServingView(name, state.serving().get(name)))
                .orElse(null);
    }

    /** What serves in each environment. */
    @Exported
    public List<ServingView> getEnvironments() {
        return state.serving().entrySet().stream()
                .map(each -> new ServingView(each.getKey(), each.getValue()))
                .toList();
    }

    /** The environments besides the one that the model's users meet. */
    public List<ServingView> getOtherEnvironments() {
        String main = state.production().orElse("");
        return getEnvironments().stream()
                .filter(each -> !each.getEnvironment().equals(main))
                .toList();
    }

    /** The newest drift check; null when there was none. */
    @CheckForNull
    @Exported
    public DriftView getDrift() {
        return DriftView.of(state.drift()).orElse(null);
    }

    /** {@code proposed}, {@code pending}, {@code scheduled} or {@code none}. */
    @Exported
    public String getRetraining() {
        if (retraining.proposedSince().isPresent()) {
            return "proposed";
        }
        if (retraining.pendingSince().isPresent()) {
            return "pending";
        }
        return retraining.scheduled().isPresent() ? "scheduled" : "none";
    }

    /** Since when a start waits or, when none does, when the schedule is due; null for neither. */
    @CheckForNull
    @Exported
    public String getRetrainingTime() {
        return retrainingTime()
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }

    private Optional<Instant> retrainingTime() {
        return retraining.proposedSince().or(retraining::pendingSince).or(retraining::scheduled);
    }

    /** The next retraining in a person's words; empty for none. */
    public String getRetrainingText() {
        String time = retrainingTime()
                .map(at -> getRetraining().equals("scheduled") ? Times.until(at) : Times.since(at))
                .orElse("");
        return switch (getRetraining()) {
            case "proposed" -> Messages.ModelView_proposed(time);
            case "pending" -> Messages.ModelView_pending(time);
            case "scheduled" -> Messages.ModelView_scheduled(time);
            default -> "";
        };
    }

    /** Where retrainings are told of, relative to Jenkins' own URL. */
    public String getRetrainingUrl() {
        return job.getUrl() + RetrainAction.URL_NAME + "/";
    }

    /** For a filter by text. */
    boolean matches(String text) {
        return (getName() + " " + getJob() + " " + getJobDisplayName() + " " + getVerdict())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    @Exported
    public String getUrl() {
        return job.getUrl() + ModelBuildAction.URL_NAME + "/";
    }
}
