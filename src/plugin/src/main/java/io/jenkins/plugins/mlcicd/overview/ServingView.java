package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.lineage.ModelState.Serving;
import io.jenkins.plugins.mlcicd.lineage.NodeView;
import io.mlcicd.lineage.Digest;
import java.time.temporal.ChronoUnit;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What serves in an environment. */
@ExportedBean(defaultVisibility = 3)
public final class ServingView {

    private final String environment;
    private final Serving serving;

    ServingView(String environment, Serving serving) {
        this.environment = environment;
        this.serving = serving;
    }

    /** The environment's name; empty without environments. */
    @Exported
    public String getEnvironment() {
        return environment;
    }

    /** The release's id. */
    @Exported
    public String getRelease() {
        return serving.release();
    }

    /** Digest of the model; null when it is not known. */
    @CheckForNull
    @Exported
    public String getModelDigest() {
        return serving.digest().map(Digest::value).orElse(null);
    }

    /** Since when, as ISO 8601 has it. */
    @Exported
    public String getSince() {
        return serving.since().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** How long ago that is. */
    public String getAge() {
        return Times.since(serving.since());
    }

    /** Who approved it; null when nobody was asked. */
    @CheckForNull
    @Exported
    public String getApprovedBy() {
        return serving.approvedBy().orElse(null);
    }

    /** Number of the build that released it. */
    @Exported
    public int getBuild() {
        return serving.build();
    }

    /** What people call the version: the beginning of the release's id, or of the model's digest. */
    public String getVersion() {
        return NodeView.shortened(
                serving.release().isEmpty()
                        ? serving.digest().map(Digest::value).orElse("")
                        : serving.release());
    }

    /** Where its lineage is, relative to Jenkins' own URL. */
    @Exported
    public String getLineageUrl() {
        return NodeView.url(serving.deployment());
    }
}
