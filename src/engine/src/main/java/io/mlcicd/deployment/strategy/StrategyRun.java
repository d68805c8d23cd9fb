package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes a candidate through the stages of a strategy, and says why it must not go on. */
public final class StrategyRun {

    /** The gate when nobody put one on a live metric: errors may be one in a hundred more than the old release's. */
    public static final Gate DEFAULT_GATE = Gate.of("live.errors.difference", Comparison.MAX, 0.01);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Strategy strategy;
    private final List<Gate> asked;
    private final List<Gate> gates;
    private final Candidate candidate;
    private final LiveLook look;
    private final boolean hasOld;
    private final Progress progress;
    private final List<StageReport> reports = new ArrayList<>();
    private List<GateResult> results = List.of();

    /**
     * A strategy for one candidate.
     *
     * @param gates bounds on live metrics; {@link #DEFAULT_GATE} when there are none
     * @param hasOld whether a release serves already, with which traffic can be shared
     */
    public StrategyRun(Strategy strategy, List<Gate> gates, Candidate candidate, boolean hasOld, Progress progress) {
        this.strategy = strategy;
        this.asked = List.copyOf(gates);
        this.gates = gates.isEmpty() ? List.of(DEFAULT_GATE) : List.copyOf(gates);
        this.candidate = candidate;
        this.look = new LiveLook(candidate, strategy.labels());
        this.hasOld = hasOld;
        this.progress = progress;
    }

    /**
     * Makes sure that gates are on live metrics that there can be, and that the labels can be read as far as there are any.
     *
     * @throws InvalidInputException when one is not, or a file of labels is malformed
     */
    public static void requireUsable(Strategy strategy, List<Gate> gates) {
        LiveMetrics.requireKnown(gates);
        strategy.labels().ifPresent(LiveLabels::requireReadable);
        for (Gate gate : gates) {
            boolean observed = !strategy.stages().isEmpty();
            if (observed && LiveMetrics.needsLabels(gate.metric())) {
                requireLabels(strategy, gate);
            }
        }
    }

    private static void requireLabels(Strategy strategy, Gate gate) {
        Labels labels = strategy.labels()
                .orElseThrow(() -> new InvalidInputException("the gate on '" + gate.metric()
                        + "' needs labels; say where they arrive with deploy.strategy.labels"));
        boolean onNumbers = gate.metric().contains(".mae");
        if (onNumbers != labels.numeric()) {
            throw new InvalidInputException("the gate on '%s' is for a model that predicts %s (model.task); there is %s"
                    .formatted(
                            gate.metric(),
                            onNumbers ? "numbers" : "classes",
                            onNumbers ? "live.accuracy" : "live.mae"));
        }
    }

    /**
     * Goes through the stages before the whole traffic.
     *
     * @return why the release must not go on; empty when it may
     */
    public Optional<String> approach() throws InterruptedException {
        for (Stage stage : strategy.stages()) {
            if (stage.share() < 1) {
                Optional<String> failure = hasOld ? pass(stage) : skip(stage);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Observes the release while it has the whole traffic, if the strategy says so.
     *
     * @return why the release must not stay; empty when it may
     */
    public Optional<String> watch() throws InterruptedException {
        for (Stage stage : strategy.stages()) {
            if (stage.share() >= 1) {
                return pass(stage);
            }
        }
        return Optional.empty();
    }

    private Optional<String> skip(Stage stage) {
        reports.add(new StageReport(
                stage.share(), 0, "skipped", "no release serves yet that it could share requests with", Map.of()));
        return Optional.empty();
    }

    private Optional<String> pass(Stage stage) throws InterruptedException {
        String name = name(stage);
        progress.step(
                "%s for %s, at least %d requests".formatted(name, words(stage.time()), stage.minRequests()),
                0.7 + 0.2 * stage.share());
        if (stage.shadow()) {
            candidate.shadow(true);
        } else {
            candidate.route(stage.share());
        }
        long begun = System.nanoTime();
        long longest = longest(stage).toNanos();
        while (true) {
            long elapsed = System.nanoTime() - begun;
            Optional<String> failure = look.again();
            boolean asked = look.requests() >= stage.minRequests();
            boolean enough = asked && gates.stream().allMatch(look::tells);
            if (failure.isEmpty() && asked) {
                results = look.hold(gates);
                failure = firstFailure();
            }
            if (failure.isPresent()) {
                String why = name + ": " + failure.get();
                report(stage, elapsed, "failed", why);
                return Optional.of(why);
            }
            if (enough && elapsed >= stage.time().toNanos()) {
                String passed = name + ": " + look.numbers();
                report(stage, elapsed, "passed", passed);
                progress.line(passed);
                return Optional.empty();
            }
            if (!enough && elapsed >= longest && strategy.whenQuiet() != WhenQuiet.HOLD) {
                return quiet(stage, elapsed, name);
            }
            Thread.sleep(Math.min(LOOK.toMillis(), Math.max(20, stage.time().toMillis() / 10)));
        }
    }

    /** Labels come later than requests, so they have a patience of their own. */
    private Duration longest(Stage stage) {
        boolean forLabels = gates.stream().anyMatch(gate -> LiveMetrics.needsLabels(gate.metric()));
        return Stream.concat(
                        Stream.of(stage.time(), strategy.maxWait()),
                        strategy.labels().filter(labels -> forLabels).map(Labels::patience).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Optional<String> quiet(Stage stage, long elapsed, String name) {
        List<String> missing = gates.stream()
                .filter(gate -> !look.tells(gate))
                .map(Gate::metric)
                .toList();
        Optional<String> noLabels =
                missing.stream().filter(LiveMetrics::needsLabels).findFirst().flatMap(metric -> look.missingLabels());
        String why = "%s: too quiet to decide: %d of %d requests in %s%s%s"
                .formatted(
                        name,
                        look.requests(),
                        stage.minRequests(),
                        words(Duration.ofNanos(elapsed)),
                        missing.isEmpty() ? "" : ", and nothing to tell " + String.join(", ", missing) + " by",
                        noLabels.map(what -> "; " + what).orElse(""));
        report(stage, elapsed, "quiet", why);
        if (strategy.whenQuiet() == WhenQuiet.ROLLBACK) {
            return Optional.of(why);
        }
        progress.line(why + "; it goes on all the same");
        return Optional.empty();
    }

    private Optional<String> firstFailure() {
        return results.stream()
                .filter(result -> Verdict.of(List.of(result)) == Verdict.FAILED)
                .findFirst()
                .map(result -> result.message() + ", " + look.basis(result.gate()));
    }

    private void report(Stage stage, long elapsed, String outcome, String message) {
        reports.add(new StageReport(stage.share(), elapsed / 1e9, outcome, message, look.metrics()));
    }

    private static String name(Stage stage) {
        double percent = 100 * stage.share();
        return stage.shadow()
                ? "shadow"
                : String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f" : "%.1f", percent)
                        + " % of the requests";
    }

    private static String words(Duration time) {
        return time.toMillis() < 10_000 ? time.toMillis() / 1e3 + " s" : time.toSeconds() + " s";
    }

    /** What the stages saw, in order. */
    public List<StageReport> reports() {
        return List.copyOf(reports);
    }

    /** The live metrics as they were looked at last. */
    public Map<String, Double> metrics() {
        return new LinkedHashMap<>(look.metrics());
    }

    /** What became of the gates when they were held last; gates that never decided are told as skipped. */
    public List<GateResult> gates() {
        boolean blind = strategy.stages().isEmpty();
        String why = blind
                ? "the strategy " + strategy.kind().key() + " observes nothing"
                : reports.isEmpty()
                        ? "it was given up before"
                        : reports.get(reports.size() - 1).message();
        Set<Gate> decided = results.stream().map(GateResult::gate).collect(Collectors.toSet());
        Stream<GateResult> skipped = (blind ? asked : gates)
                .stream()
                        .filter(gate -> !decided.contains(gate))
                        .map(gate -> new GateResult(
                                gate,
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Outcome.SKIPPED,
                                gate.metric() + " was not decided: " + why));
        return Stream.concat(results.stream(), skipped).toList();
    }
}
