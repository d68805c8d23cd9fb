package io.jenkins.plugins.mlcicd.review;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.JobHistory;
import io.jenkins.plugins.mlcicd.history.ModelVersion;
import io.jenkins.plugins.mlcicd.history.ReleaseEntry;
import io.mlcicd.gate.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The earlier build whose model a build's model is held against: the one that evaluated the model that was released last or,
 * while none was, the one whose evaluation was accepted last. Evaluations choose their champion likewise.
 */
@ExportedBean(defaultVisibility = 3)
public final class ChampionBuild {

    private final BuildEntry build;
    private final Optional<ReleaseEntry> release;

    private ChampionBuild(BuildEntry build, Optional<ReleaseEntry> release) {
        this.build = build;
        this.release = release;
    }

    /** The champion that builds before that one knew. */
    static Optional<ChampionBuild> of(Run<?, ?> run) {
        List<BuildEntry> builds = JobHistory.of(run.getParent()).builds();
        Optional<String> model = builds.stream()
                .filter(build -> build.number() == run.getNumber())
                .flatMap(build -> build.models().stream())
                .map(ModelVersion::model)
                .findFirst();
        List<BuildEntry> before = builds.stream()
                .filter(build -> build.number() < run.getNumber())
                .toList();
        return model.flatMap(name -> among(before, name));
    }

    private static Optional<ChampionBuild> among(List<BuildEntry> builds, String model) {
        Optional<ReleaseEntry> released = builds.stream()
                .flatMap(build -> build.releases().stream())
                .filter(release -> release.model().equals(model))
                .reduce((first, second) -> second);
        Optional<ChampionBuild> ofRelease = released.flatMap(release -> newest(
                        builds,
                        model,
                        version ->
                                release.digest().isPresent() && version.digest().equals(release.digest()))
                .map(build -> new ChampionBuild(build, released)));
        return ofRelease.or(
                () -> newest(builds, model, version -> true).map(build -> new ChampionBuild(build, Optional.empty())));
    }

    private static Optional<BuildEntry> newest(List<BuildEntry> builds, String model, Predicate<ModelVersion> wanted) {
        return builds.stream()
                .filter(build -> build.models().stream()
                        .anyMatch(version -> version.model().equals(model)
                                && version.evaluated().isPresent()
                                && version.evaluated().get() != Verdict.FAILED
                                && wanted.test(version)))
                .reduce((first, second) -> second);
    }

    @Exported
    public int getBuild() {
        return build.number();
    }

    @Exported
    public String getDisplayName() {
        return build.name();
    }

    /** Where it was released; null when it was only accepted. */
    @CheckForNull
    @Exported
    public String getReleasedTo() {
        return release.map(ReleaseEntry::place).orElse(null);
    }

    /** Why it is the champion, for people. */
    @Exported
    public String getWhy() {
        return release.map(known -> Messages.ChampionBuild_released(known.place()))
                .orElseGet(Messages::ChampionBuild_accepted);
    }
}
