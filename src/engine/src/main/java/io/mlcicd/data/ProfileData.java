package io.mlcicd.data;

import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up data sets, so that contracts can be written from them and drift be measured against them. */
public final class ProfileData implements Operation<ProfileRequest, ProfileDetails> {

    private final DataEngines engines;

    /** Sums up data in this process. */
    public ProfileData() {
        this(DataEngines.EMBEDDED);
    }

    /** Sums up data where these engines are. */
    public ProfileData(DataEngines engines) {
        this.engines = engines;
    }

    /**
     * Profiles each data set; there are no gates. Metrics, for a data set called {@code train}: {@code train.rows},
     * {@code train.columns}, {@code train.nullShare} (0 to 1).
     *
     * @throws io.mlcicd.operation.InvalidInputException when a data set cannot be read, or two have the same name
     */
    @Override
    public Result<ProfileDetails> run(ProfileRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        DataSource.requireOwnNames(request.data());
        List<DataProfile> profiles = new ArrayList<>();
        List<Artifact> inputs = new ArrayList<>();
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (DataEngine engine = engines.open(request.data(), progress)) {
            for (DataSource source : request.data()) {
                progress.step(
                        "reading " + source.shown(),
                        (double) profiles.size() / request.data().size());
                DataProfile profile = Profiler.profile(engine, engine.open(source));
                Artifact input = engine.artifact(source);
                profiles.add(profile.withSources(List.of(input)));
                inputs.add(input);
                metrics.put(source.name() + ".rows", (double) profile.rows());
                metrics.put(
                        source.name() + ".columns", (double) profile.columns().size());
                metrics.put(source.name() + ".nullShare", profile.nullShare());
            }
        }
        progress.step("profiled " + profiles.size() + " data sets", 1);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.PROFILE,
                Tool.current(),
                Optional.empty(),
                Verdict.PASSED,
                started,
                Duration.between(started, Instant.now()).toNanos() / 1e9,
                inputs,
                metrics,
                List.of(),
                LineageRecord.EMPTY.withData(inputs),
                new ProfileDetails(profiles));
    }
}
