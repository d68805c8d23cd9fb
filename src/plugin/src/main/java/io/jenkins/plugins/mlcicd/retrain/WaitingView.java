package io.jenkins.plugins.mlcicd.retrain;

import io.mlcicd.retrain.RetrainState.Waiting;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A start that waits. */
@ExportedBean(defaultVisibility = 3)
public final class WaitingView {

    private final Waiting waiting;

    WaitingView(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Names it, for an answer. */
    @Exported
    public String getId() {
        return waiting.id();
    }

    @Exported
    public String getSince() {
        return DecisionView.text(waiting.since());
    }

    /** A sentence for each thing that called for it. */
    @Exported
    public List<String> getReasons() {
        return waiting.reasons();
    }

    /** Who agreed to it; empty when nobody did. */
    @Exported
    public String getApprovedBy() {
        return waiting.approvedBy().orElse("");
    }
}
