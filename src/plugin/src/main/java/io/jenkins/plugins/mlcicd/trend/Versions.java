package io.jenkins.plugins.mlcicd.trend;

import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.ModelVersion;
import io.jenkins.plugins.mlcicd.history.ReleaseEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that a job's builds made, and where they served: a release serves until another takes its place in the same
 * deployment. What was released, or taken back, outside of the job's builds is not known here.
 */
final class Versions {

    private final List<Version> all;
    private final List<ServedPeriod> periods;

    private Versions(List<Version> all, List<ServedPeriod> periods) {
        this.all = all;
        this.periods = periods;
    }

    private record Id(String model, String digest) {}

    private record Place(String deployment, Optional<String> environment, boolean batch) {}

    private record Released(ReleaseEntry release, int build) {}

    /** Those of builds, the oldest first. */
    static Versions of(List<BuildEntry> builds) {
        Map<Id, Version> versions = new LinkedHashMap<>();
        List<Released> releases = new ArrayList<>();
        for (BuildEntry build : builds) {
            for (ModelVersion model : build.models()) {
                model.digest().ifPresent(digest -> {
                    Id id = new Id(model.model(), digest);
                    Version known = versions.get(id);
                    if (known == null) {
                        versions.put(id, new Version(build, model));
                    } else {
                        known.seen(build, model);
                    }
                });
            }
            build.releases().forEach(release -> releases.add(new Released(release, build.number())));
        }
        List<ServedPeriod> periods = periods(releases);
        for (ServedPeriod period : periods) {
            period.release()
                    .digest()
                    .map(digest -> versions.get(new Id(period.getModel(), digest)))
                    .ifPresent(version -> version.served(period));
        }
        List<Version> newestFirst = new ArrayList<>(versions.values());
        Collections.reverse(newestFirst);
        return new Versions(List.copyOf(newestFirst), periods);
    }

    /** What served when, the newest first. */
    private static List<ServedPeriod> periods(List<Released> releases) {
        Map<Place, List<Released>> byPlace = new LinkedHashMap<>();
        releases.stream()
                .sorted(Comparator.comparing(released -> released.release().at()))
                .forEach(released -> {
                    ReleaseEntry release = released.release();
                    Place place = new Place(release.deployment(), release.environment(), release.batch());
                    List<Released> here = byPlace.computeIfAbsent(place, any -> new ArrayList<>());
                    boolean goesOn = !here.isEmpty()
                            && !release.switched()
                            && here.get(here.size() - 1).release().release().equals(release.release());
                    if (!goesOn) {
                        here.add(released);
                    }
                });
        List<ServedPeriod> periods = new ArrayList<>();
        for (List<Released> here : byPlace.values()) {
            for (int i = 0; i < here.size(); i++) {
                Optional<Instant> until = i + 1 < here.size()
                        ? Optional.of(here.get(i + 1).release().at())
                        : Optional.empty();
                periods.add(new ServedPeriod(here.get(i).release(), here.get(i).build(), until));
            }
        }
        periods.sort(
                Comparator.comparing((ServedPeriod period) -> period.release().at())
                        .reversed());
        return List.copyOf(periods);
    }

    /** All models, the newest first. */
    List<Version> all() {
        return all;
    }

    /** What serves now, and the last batch of each deployment, the newest first. */
    List<ServedPeriod> serving() {
        return periods.stream().filter(period -> period.until().isEmpty()).toList();
    }
}
