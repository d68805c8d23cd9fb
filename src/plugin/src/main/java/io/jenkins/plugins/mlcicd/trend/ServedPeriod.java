package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.history.ReleaseEntry;
import java.time.Instant;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How long a model served somewhere, by whose approval; or a batch that was made with it. */
@ExportedBean(defaultVisibility = 3)
public final class ServedPeriod {

    private final ReleaseEntry release;
    private final int build;
    private final Optional<Instant> until;

    ServedPeriod(ReleaseEntry release, int build, Optional<Instant> until) {
        this.release = release;
        this.build = build;
        this.until = until;
    }

    ReleaseEntry release() {
        return release;
    }

    Optional<Instant> until() {
        return until;
    }

    /** The build that released it. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** The model's name. */
    @Exported
    public String getModel() {
        return release.model();
    }

    /** Digest of the model's content; null when the release does not tell. */
    @CheckForNull
    @Exported
    public String getDigest() {
        return release.digest().orElse(null);
    }

    /** The digest's first digits; empty without one. */
    public String getShortDigest() {
        return Version.brief(release.digest());
    }

    /** Digest of the image's manifest; null for files. */
    @CheckForNull
    @Exported
    public String getImageDigest() {
        return release.imageDigest().orElse(null);
    }

    public String getShortImageDigest() {
        return Version.brief(release.imageDigest());
    }

    /** The environment or, without any, the deployment. */
    @Exported
    public String getPlace() {
        return release.place();
    }

    /** The deployment's name. */
    @Exported
    public String getDeployment() {
        return release.deployment();
    }

    /** The kind of target, such as {@code process}. */
    @Exported
    public String getTarget() {
        return release.target();
    }

    /** Where it answers; null for a batch. */
    @CheckForNull
    @Exported
    public String getUrl() {
        return release.url().orElse(null);
    }

    /** Whether the URL is one that a browser can go to. */
    public boolean isReachable() {
        return release.url().filter(url -> url.matches("https?://.*")).isPresent();
    }

    /** The release's id. */
    @Exported
    public String getRelease() {
        return release.release();
    }

    /** Since when, in ISO 8601. */
    @Exported
    public String getSince() {
        return release.at().toString();
    }

    public String getSinceText() {
        return Times.text(release.at());
    }

    /** Until when, in ISO 8601; null while it serves. */
    @CheckForNull
    @Exported
    public String getUntil() {
        return until.map(Instant::toString).orElse(null);
    }

    public String getUntilText() {
        return until.map(Times::text).orElse("");
    }

    /** Who approved it; null when nobody was asked. */
    @CheckForNull
    @Exported
    public String getApprovedBy() {
        return release.approvedBy().orElse(null);
    }

    /** Whether it is a batch, which serves nobody. */
    @Exported
    public boolean isBatch() {
        return release.batch();
    }

    /** Whether it serves now. */
    @Exported
    public boolean isServing() {
        return until.isEmpty() && !release.batch();
    }
}
