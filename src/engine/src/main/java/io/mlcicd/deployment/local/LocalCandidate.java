package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.SeenAnswers;
import io.mlcicd.deployment.target.SeenAnswers.SeenAnswer;
import io.mlcicd.deployment.target.SeenPredictions;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Uninterrupted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A candidate that a supervisor runs beside the active release, on a lease. */
final class LocalCandidate implements Candidate {

    private final DeploymentHome home;
    private final LocalSettings settings;
    private final SupervisorClient supervisor;
    private final Lease lease;
    private final NewRelease release;
    private final String port;
    private final Progress progress;
    private long knownOwn;
    private long knownOld;
    private boolean promoted;
    private boolean confirmed;
    private boolean ended;

    LocalCandidate(
            DeploymentHome home,
            LocalSettings settings,
            SupervisorClient supervisor,
            Lease lease,
            NewRelease release,
            String port,
            Progress progress) {
        this.home = home;
        this.settings = settings;
        this.supervisor = supervisor;
        this.lease = lease;
        this.release = release;
        this.port = port;
        this.progress = progress;
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(LocalTarget.loopback(port));
    }

    @Override
    public Optional<URI> entrance() {
        return Optional.of(new PublicAddress(settings.host(), settings.port()).reachable());
    }

    @Override
    public Health health() throws InterruptedException {
        Fields now = supervisor.order("/status", Fields.of());
        String role = now.find("candidate.id").isPresent() ? "candidate" : "active";
        boolean alive = now.find(role + ".id").filter(release.id()::equals).isPresent()
                && now.find(role + ".alive").filter("true"::equals).isPresent();
        return new Health(alive, Optional.empty(), "");
    }

    @Override
    public List<String> lastLines() {
        try {
            return LogTail.of(home.log(release.id()));
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void route(double share) throws InterruptedException {
        if (share < 1) {
            divide(share, false);
        } else if (!promoted) {
            supervisor.order("/promote", Fields.of("host", settings.host(), "port", String.valueOf(settings.port())));
            promoted = true;
        }
    }

    @Override
    public void shadow(boolean on) throws InterruptedException {
        divide(0, on);
    }

    private void divide(double share, boolean shadow) throws InterruptedException {
        supervisor.order("/divide", Fields.of("share", String.valueOf(share), "shadow", String.valueOf(shadow)));
    }

    @Override
    public Optional<Observation> observed() throws InterruptedException {
        if (settings.traffic() == LocalSettings.Traffic.TCP) {
            return Optional.empty();
        }
        Fields seen = supervisor.order("/figures", Fields.of());
        return Optional.of(new Observation(
                figures(seen, "new."), figures(seen, "old."), count(seen, "compared"), count(seen, "different")));
    }

    @Override
    public SeenAnswers answered() throws InterruptedException {
        List<SeenAnswer> own = new ArrayList<>();
        List<SeenAnswer> old = new ArrayList<>();
        Fields seen;
        boolean more;
        do {
            seen = supervisor.order(
                    "/answers",
                    Fields.of("new.known", String.valueOf(knownOwn), "old.known", String.valueOf(knownOld)));
            own.addAll(answers(seen, "new."));
            old.addAll(answers(seen, "old."));
            knownOwn = Math.max(knownOwn, count(seen, "new.next"));
            knownOld = Math.max(knownOld, count(seen, "old.next"));
            more = seen.find("new.more").filter("true"::equals).isPresent()
                    || seen.find("old.more").filter("true"::equals).isPresent();
        } while (more);
        return new SeenAnswers(own, old, count(seen, "new.nameless"), count(seen, "new.blind"));
    }

    private static List<SeenAnswer> answers(Fields seen, String side) {
        List<String> ids = seen.list(side + "id");
        List<String> predictions = seen.list(side + "prediction");
        return IntStream.range(0, ids.size())
                .mapToObj(i -> new SeenAnswer(ids.get(i), predictions.get(i)))
                .toList();
    }

    private static long count(Fields seen, String name) {
        return seen.find(name).map(Long::parseLong).orElse(0L);
    }

    private static OptionalDouble millis(Fields seen, String name) {
        return seen.find(name)
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElse(OptionalDouble.empty());
    }

    private static LiveFigures figures(Fields seen, String side) {
        Map<String, Long> categories = new TreeMap<>();
        seen.map(side + "category").forEach((name, count) -> categories.put(name, Long.parseLong(count)));
        List<Double> numbers = seen.find(side + "numbers").stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(Double::valueOf)
                .toList();
        return new LiveFigures(
                count(seen, side + "requests"),
                count(seen, side + "errors"),
                count(seen, side + "unanswered"),
                millis(seen, side + "p50"),
                millis(seen, side + "p95"),
                millis(seen, side + "p99"),
                new SeenPredictions(numbers, categories));
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        supervisor.order(
                "/confirm",
                Fields.of(
                        "drain", String.valueOf(settings.drain().toMillis()),
                        "keep", String.valueOf(keepOld.toMillis())));
        confirmed = true;
        lease.close();
    }

    @Override
    public void abandon() {
        if (!ended && !confirmed) {
            ended = true;
            lease.close();
            undo(supervisor, home, progress);
        }
    }

    @Override
    public void close() {
        abandon();
    }

    /** What is undone must be undone even while this thread is being interrupted. */
    static void undo(SupervisorClient supervisor, DeploymentHome home, Progress progress) {
        try {
            Uninterrupted.run(() -> {
                boolean ends = Boolean.parseBoolean(
                        supervisor.order("/abandon", Fields.of()).require("ending"));
                if (ends) {
                    supervisor.awaitEnd(home);
                }
            });
        } catch (OutsideSystemException e) {
            // The lease runs out in a few seconds, and the supervisor does the same by itself.
            progress.line("the supervisor undoes the release when its lease ends: " + e.getMessage());
        }
    }
}
