package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.lineage.ModelState.Drift;
import io.jenkins.plugins.mlcicd.lineage.NodeView;
import io.mlcicd.gate.Verdict;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How the newest drift check came out. */
@ExportedBean(defaultVisibility = 3)
public final class DriftView {

    private final Drift drift;

    DriftView(Drift drift) {
        this.drift = drift;
    }

    static Optional<DriftView> of(Optional<Drift> drift) {
        return drift.map(DriftView::new);
    }

    /** {@code calm}, {@code drifted} when a gate failed, {@code retrain} when the check calls for a new model. */
    @Exported
    public String getState() {
        if (drift.retrain()) {
            return "retrain";
        }
        return drift.verdict() == Verdict.PASSED ? "calm" : "drifted";
    }

    /** The state in a person's words, with a sign, so that it is not told by colour alone. */
    public String getTitle() {
        return switch (getState()) {
            case "retrain" -> Messages.DriftView_retrain();
            case "drifted" -> Messages.DriftView_drifted();
            default -> Messages.DriftView_calm();
        };
    }

    /** Share of the columns that drifted, 0 to 1; null when the check did not compare columns. */
    @CheckForNull
    @Exported
    public Double getShare() {
        return drift.share().isPresent() ? drift.share().getAsDouble() : null;
    }

    /** That share as a percentage; empty when there is none. */
    public String getPercent() {
        return drift.share().isPresent()
                ? String.format(Locale.ROOT, "%.0f %%", 100 * drift.share().getAsDouble())
                : "";
    }

    /** Number of the build. */
    @Exported
    public int getBuild() {
        return drift.build();
    }

    /** Where its lineage is, relative to Jenkins' own URL. */
    @Exported
    public String getLineageUrl() {
        return NodeView.url(drift.node());
    }
}
