package io.jenkins.plugins.mlcicd.history;

import io.mlcicd.gate.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One build in short.
 *
 * @param number its number
 * @param stamp tells whether the build has changed since; see {@link BuildFolders}
 * @param results whether it has results of ml-cicd; without, all that follows is empty
 * @param name its display name
 * @param started when it began
 * @param verdict what all stages said together
 * @param retraining why a retraining started it; empty when it did not
 * @param deployed whether it deployed a model, and all was well
 * @param comparedColumns how many columns drift checks compared; 0 without one
 * @param metrics metric name to value
 * @param models the models it was about
 * @param releases what it released, in order
 */
public record BuildEntry(
        int number,
        String stamp,
        boolean results,
        String name,
        Instant started,
        Verdict verdict,
        Optional<String> retraining,
        boolean deployed,
        int comparedColumns,
        Map<String, Measured> metrics,
        List<ModelVersion> models,
        List<ReleaseEntry> releases) {

    public BuildEntry {
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(verdict, "verdict");
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        models = models == null ? List.of() : List.copyOf(models);
        releases = releases == null ? List.of() : List.copyOf(releases);
    }

    /** A build that has nothing to do with models. */
    static BuildEntry without(int number, String stamp) {
        return new BuildEntry(
                number,
                stamp,
                false,
                "",
                Instant.EPOCH,
                Verdict.PASSED,
                Optional.empty(),
                false,
                0,
                Map.of(),
                List.of(),
                List.of());
    }
}
