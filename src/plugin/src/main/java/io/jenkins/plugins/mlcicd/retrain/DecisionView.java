package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.retrain.DecisionLog.Entry;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainDecision;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** A decision, as people and programs see it. */
@ExportedBean(defaultVisibility = 3)
public final class DecisionView {

    private final Job<?, ?> job;
    private final Kind kind;
    private final String reason;
    private final String message;
    private final Optional<Entry> entry;
    private final List<Finding> findings;
    private final Optional<String> source;
    private final Optional<Instant> until;

    private DecisionView(
            Job<?, ?> job,
            Kind kind,
            String reason,
            String message,
            Optional<Entry> entry,
            List<Finding> findings,
            Optional<String> source,
            Optional<Instant> until) {
        this.job = job;
        this.kind = kind;
        this.reason = reason;
        this.message = message;
        this.entry = entry;
        this.findings = findings;
        this.source = source;
        this.until = until;
    }

    static DecisionView of(Entry entry, Job<?, ?> job) {
        return new DecisionView(
                job,
                entry.kind(),
                entry.reason().key(),
                entry.message(),
                Optional.of(entry),
                entry.conditions(),
                entry.source(),
                entry.until());
    }

    static DecisionView of(Retraining.Preview preview, Job<?, ?> job) {
        RetrainDecision decision = preview.decision();
        return new DecisionView(
                job,
                decision.kind(),
                decision.reason().key(),
                decision.message(),
                Optional.empty(),
                preview.advice().conditions(),
                preview.source(),
                decision.until());
    }

    /** Nothing can be decided. */
    static DecisionView problem(String message, Job<?, ?> job) {
        return new DecisionView(
                job, Kind.NOT, "problem", message, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What was done: start, propose, pending or not. */
    @Exported
    public String getKind() {
        return kind.key();
    }

    public String getTitle() {
        return switch (kind) {
            case START -> Messages.DecisionView_start();
            case PROPOSE -> Messages.DecisionView_propose();
            case PENDING -> Messages.DecisionView_pending();
            case NOT -> Messages.DecisionView_not();
        };
    }

    /** The symbol beside the title. */
    public String getIcon() {
        return switch (kind) {
            case START -> "symbol-play";
            case PROPOSE -> "symbol-help-circle";
            case PENDING -> "symbol-build-scheduled";
            case NOT -> "symbol-remove-circle-outline plugin-ionicons-api";
        };
    }

    /** Why, for programs: condition, approved, declined, cooldown, quietHours, running, answered and so on. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** Why, for people. */
    @Exported
    public String getMessage() {
        return message;
    }

    /** When it was made last; empty for what would happen now. */
    @Exported
    public String getTime() {
        return entry.map(Entry::last).map(DecisionView::text).orElse("");
    }

    /** When the first of several that are alike was made. */
    @Exported
    public String getFirstTime() {
        return entry.map(Entry::first).map(DecisionView::text).orElse("");
    }

    /** How often it was made one after the other. */
    @Exported
    public int getTimes() {
        return entry.map(Entry::times).orElse(1);
    }

    /** When what is in the way is over; empty when that is not known. */
    @Exported
    public String getUntil() {
        return until.map(DecisionView::text).orElse("");
    }

    /** Who answered a proposal; empty when nobody did. */
    @Exported
    public String getBy() {
        return entry.flatMap(Entry::by).orElse("");
    }

    /** The build whose drift check was looked at, as {@code job#number}; empty when none was. */
    @Exported
    public String getSource() {
        return source.orElse("");
    }

    /** Where that build is, relative to Jenkins' own URL; empty when it is gone or the user may not see it. */
    public String getSourceUrl() {
        return source.map(DecisionView::url).orElse("");
    }

    private static String url(String id) {
        try {
            Run<?, ?> run = Run.fromExternalizableId(id);
            return run == null ? "" : run.getUrl();
        } catch (IllegalArgumentException | AccessDeniedException e) {
            return "";
        }
    }

    /** Number of the build that was started; 0 when none was, or it has not begun. */
    @Exported
    public int getBuild() {
        return entry.map(Entry::build)
                .filter(number -> number.isPresent())
                .map(number -> number.getAsInt())
                .orElse(0);
    }

    /** Where that build is, relative to Jenkins' own URL; empty when it is gone. */
    public String getBuildUrl() {
        Run<?, ?> run = getBuild() == 0 ? null : job.getBuildByNumber(getBuild());
        return run == null ? "" : run.getUrl();
    }

    /** Every condition that was looked at. */
    @Exported
    public List<FindingView> getConditions() {
        return findings.stream().map(FindingView::new).toList();
    }

    /** A condition and what became of it. */
    @ExportedBean(defaultVisibility = 4)
    public static final class FindingView {

        private final Finding finding;

        FindingView(Finding finding) {
            this.finding = finding;
        }

        @Exported
        public String getCondition() {
            return finding.condition().key();
        }

        /** holds, told, doesNotHold or unknown. */
        @Exported
        public String getState() {
            return finding.state().key();
        }

        public String getTitle() {
            return switch (finding.state()) {
                case HOLDS -> Messages.DecisionView_holds();
                case TOLD -> Messages.DecisionView_told();
                case DOES_NOT_HOLD -> Messages.DecisionView_doesNotHold();
                case UNKNOWN -> Messages.DecisionView_unknown();
            };
        }

        @Exported
        public String getMessage() {
            return finding.message();
        }
    }
}
