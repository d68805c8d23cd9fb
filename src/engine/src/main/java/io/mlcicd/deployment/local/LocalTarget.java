package io.mlcicd.deployment.local;

import io.mlcicd.deployment.local.LocalSettings.Traffic;
import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A deployment on this host: a supervisor has the public port and runs the releases as the runner says. */
final class LocalTarget implements Target {

    private final DeploymentHome home;
    private final LocalSettings settings;
    private final Runner runner;

    LocalTarget(DeploymentHome home, LocalSettings settings, Runner runner) {
        this.home = home;
        this.settings = settings;
        this.runner = runner;
    }

    @Override
    public String kind() {
        return runner.kind();
    }

    @Override
    public Set<Ability> abilities() {
        return settings.traffic() == Traffic.HTTP ? EnumSet.allOf(Ability.class) : Set.of();
    }

    @Override
    public List<PlannedChange> plan(NewRelease release) throws InterruptedException {
        List<PlannedChange> changes = new ArrayList<>();
        Optional<ServingState> now = status();
        String url = new PublicAddress(settings.host(), settings.port()).url();
        if (serves(release)) {
            changes.add(new PlannedChange(Action.KEEP, "release " + release.id(), "serves at " + url + " already"));
            return changes;
        }
        if (SupervisorClient.find(home).isEmpty()) {
            changes.add(new PlannedChange(Action.CREATE, "supervisor", "listens at " + url));
        } else if (now.filter(state -> !state.url().equals(url)).isPresent()) {
            changes.add(new PlannedChange(
                    Action.CHANGE, "supervisor", "moves from " + now.get().url() + " to " + url));
        }
        changes.add(new PlannedChange(Action.CREATE, "release " + release.id(), runner.describe(release)));
        now.ifPresent(state -> changes.add(new PlannedChange(
                Action.REMOVE, "release " + state.release(), "once release " + release.id() + " is confirmed")));
        now.flatMap(ServingState::kept)
                .ifPresent(kept -> changes.add(new PlannedChange(
                        Action.REMOVE, "release " + kept, "is kept running for a rollback until then")));
        return changes;
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        return supervisor.isEmpty() ? Optional.empty() : state(supervisor.get().order("/status", Fields.of()));
    }

    /** While a release is not confirmed, the one before it still counts as the one that serves. */
    static Optional<ServingState> state(Fields now) {
        boolean undecided = Boolean.parseBoolean(now.require("unconfirmed"));
        String role = undecided ? "predecessor" : "active";
        return now.find(role + ".id")
                .map(id -> new ServingState(
                        id,
                        Boolean.parseBoolean(now.require(role + ".alive")),
                        Instant.parse(now.require(role + ".since")),
                        new PublicAddress(now.require("host"), Integer.parseInt(now.require("port"))).url(),
                        now.find(role + ".port").map(LocalTarget::loopback),
                        OptionalLong.of(Long.parseLong(now.require(role + ".pid"))),
                        Integer.parseInt(now.require("restarts")),
                        now.find("warm.id")));
    }

    static URI loopback(String port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Optional<String> recover() throws InterruptedException {
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        if (supervisor.isEmpty()) {
            return runner.removeLeftovers()
                    ? Optional.of("the supervisor was killed; what it had left running was stopped")
                    : Optional.empty();
        }
        // Whoever holds the deployment's lock is alone: what is unconfirmed now was left by a deployer that died.
        Fields before = supervisor.get().order("/status", Fields.of());
        boolean undecided = Boolean.parseBoolean(before.require("unconfirmed"));
        Optional<String> left = undecided ? before.find("active.id") : before.find("candidate.id");
        if (left.isEmpty()) {
            return Optional.empty();
        }
        supervisor.get().order("/discard", Fields.of());
        return Optional.of("release " + left.get() + " was left unconfirmed by a deployer that died; it was undone");
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        if (supervisor.isEmpty()) {
            return false;
        }
        Fields now = supervisor.get().order("/status", Fields.of());
        return now.find("active.fingerprint")
                        .filter(runner.fingerprint(release)::equals)
                        .isPresent()
                && now.find("active.alive").filter("true"::equals).isPresent()
                && now.require("host").equals(settings.host())
                && now.require("port").equals(String.valueOf(settings.port()));
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        Fields order = options(runner.order(release));
        SupervisorClient supervisor = SupervisorProgram.ensure(home, settings.host(), settings.port());
        Lease lease = new Lease(supervisor, settings.lease());
        boolean begun = false;
        try {
            Fields started = supervisor.order("/start", order);
            begun = true;
            return new LocalCandidate(
                    home, settings, supervisor, lease, release, started.require("candidate.port"), progress);
        } catch (OutsideSystemException e) {
            throw new InvalidInputException(
                    "the service cannot be started with '" + runner.describe(release) + "': " + e.getMessage(), e);
        } finally {
            if (!begun) {
                lease.close();
                LocalCandidate.undo(supervisor, home, progress);
            }
        }
    }

    private Fields options(Fields order) {
        Map<String, String> all = new TreeMap<>(order.values());
        all.put("traffic", settings.traffic() == Traffic.TCP ? "tcp" : "http");
        all.put("repeatable", String.valueOf(settings.repeatable()));
        all.put("patience", String.valueOf(settings.patience().toMillis()));
        settings.prediction().ifPresent(pointer -> all.put("prediction", pointer));
        settings.requestId().ifPresent(place -> all.put("requestId", place));
        return new Fields(all);
    }

    @Override
    public Optional<ServingState> rollback() throws InterruptedException {
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        if (supervisor.isEmpty()) {
            return Optional.empty();
        }
        Fields now = supervisor.get().order("/status", Fields.of());
        if (now.find("warm.alive").filter("true"::equals).isEmpty()) {
            return Optional.empty();
        }
        return state(supervisor.get().order("/rollback", Fields.of()));
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        if (!Files.isDirectory(home.folder())) {
            return false;
        }
        Optional<SupervisorClient> supervisor = SupervisorClient.find(home);
        if (supervisor.isEmpty()) {
            return runner.removeLeftovers();
        }
        supervisor.get().order("/end", Fields.of());
        supervisor.get().awaitEnd(home);
        return true;
    }
}
