package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.ModelVersion;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.report.Forge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model of one content: the build that made it, how it did, where it served. */
@ExportedBean(defaultVisibility = 3)
public final class Version {

    private static final int DIGITS = 12;
    private static final String ALGORITHM = "sha256:";

    private final String model;
    private final String digest;
    private final BuildEntry first;
    private BuildEntry last;
    private ModelVersion said;
    private final List<ServedPeriod> served = new ArrayList<>();

    Version(BuildEntry build, ModelVersion said) {
        this.model = said.model();
        this.digest = said.digest().orElseThrow();
        this.first = build;
        this.last = build;
        this.said = said;
    }

    /** A later build had the same model; what it said last of its quality counts. */
    void seen(BuildEntry build, ModelVersion now) {
        last = build;
        boolean judged = now.evaluated().isPresent() || said.evaluated().isEmpty();
        ModelVersion judgement = judged ? now : said;
        said = new ModelVersion(
                model,
                said.digest(),
                said.commit().or(now::commit),
                said.remote().or(now::remote),
                now.image().or(said::image),
                now.imageDigest().or(said::imageDigest),
                judgement.verdict(),
                judgement.evaluated(),
                judgement.main(),
                said.data());
    }

    void served(ServedPeriod period) {
        served.add(period);
    }

    Instant made() {
        return first.started();
    }

    static String brief(Optional<String> digest) {
        String digits = digest.orElse("").replaceFirst("^" + ALGORITHM, "");
        return digits.substring(0, Math.min(DIGITS, digits.length()));
    }

    /** The model's name. */
    @Exported
    public String getModel() {
        return model;
    }

    /** Digest of the model's content. */
    @Exported
    public String getDigest() {
        return digest;
    }

    public String getShortDigest() {
        return brief(Optional.of(digest));
    }

    /** The first build that had it. */
    @Exported
    public int getBuild() {
        return first.number();
    }

    public String getBuildName() {
        return first.name();
    }

    /** The last build that had it. */
    @Exported
    public int getLastBuild() {
        return last.number();
    }

    public String getLastBuildName() {
        return last.name();
    }

    /** When the first build began, in ISO 8601. */
    @Exported
    public String getMade() {
        return first.started().toString();
    }

    public String getMadeText() {
        return Times.text(first.started());
    }

    /** Id of the commit of its code; null without one. */
    @CheckForNull
    @Exported
    public String getCommit() {
        return said.commit().orElse(null);
    }

    public String getShortCommit() {
        return brief(said.commit());
    }

    /** The commit's page, where the forge is known; null otherwise. */
    @CheckForNull
    @Exported
    public String getCommitUrl() {
        return said.remote()
                .flatMap(remote -> said.commit().flatMap(commit -> Forge.commit(remote, commit)))
                .orElse(null);
    }

    /** What the stages of the build that judged it last said together. */
    @Exported
    public String getVerdict() {
        return said.verdict().name();
    }

    public String getIcon() {
        return StageSummary.icon(said.verdict());
    }

    /** The metrics that tell most. */
    @Exported
    public Map<String, Double> getMetrics() {
        return said.main();
    }

    /** Its image's name; null without one. */
    @CheckForNull
    @Exported
    public String getImage() {
        return said.image().orElse(null);
    }

    /** Digest of its image's manifest; null without one. */
    @CheckForNull
    @Exported
    public String getImageDigest() {
        return said.imageDigest().orElse(null);
    }

    public String getShortImageDigest() {
        return brief(said.imageDigest());
    }

    /** Where it served or serves, the newest first. */
    @Exported
    public List<ServedPeriod> getServed() {
        return Collections.unmodifiableList(served);
    }

    /** Whether it serves anywhere now. */
    @Exported
    public boolean isServing() {
        return served.stream().anyMatch(ServedPeriod::isServing);
    }
}
