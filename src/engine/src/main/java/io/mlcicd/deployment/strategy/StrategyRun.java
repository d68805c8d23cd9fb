package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Takes a candidate through the stages of a strategy, and says why it must not go on. */
public final class StrategyRun {

    /** The gate when nobody put one on a live metric: errors may be one in a hundred more than the old release's. */
    public static final Gate DEFAULT_GATE = Gate.of("live.errors.difference", Comparison.MAX, 0.01);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int FEW_UNANSWERED = 3;

    private final Strategy strategy;
    private final List<Gate> asked;
    private final List<Gate> gates;
    private final Candidate candidate;
    private final boolean hasOld;
    private final Progress progress;
    private final List<StageReport> reports = new ArrayList<>();
    private List<GateResult> results = List.of();
    private Map<String, Double> metrics = Map.of();

    /**
     * A strategy for one candidate.
     *
     * @param gates bounds on live metrics; {@link #DEFAULT_GATE} when there are none
     * @param hasOld whether a release serves already, with which traffic can be shared
     */
    public StrategyRun(Strategy strategy, List<Gate> gates, Candidate candidate, boolean hasOld, Progress progress) {
        LiveMetrics.requireKnown(gates);
        this.strategy = strategy;
        this.asked = List.copyOf(gates);
        this.gates = gates.isEmpty() ? List.of(DEFAULT_GATE) : List.copyOf(gates);
        this.candidate = candidate;
        this.hasOld = hasOld;
        this.progress = progress;
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
        long longest = Math.max(stage.time().toNanos(), strategy.maxWait().toNanos());
        while (true) {
            long elapsed = System.nanoTime() - begun;
            Optional<Observation> seen = candidate.observed();
            metrics = seen.map(LiveMetrics::of).orElse(Map.of());
            Optional<String> failure = broken(seen.map(Observation::candidate).orElse(LiveFigures.NONE));
            boolean enough = metrics.getOrDefault(LiveMetrics.REQUESTS, 0.0) >= stage.minRequests()
                    && gates.stream().allMatch(gate -> metrics.containsKey(gate.metric()));
            if (failure.isEmpty() && enough) {
                results = Gates.hold(gates, Metrics.of(metrics), Optional.empty());
                failure = firstFailure();
            }
            if (failure.isPresent()) {
                String why = name + ": " + failure.get();
                report(stage, elapsed, "failed", why);
                return Optional.of(why);
            }
            if (enough && elapsed >= stage.time().toNanos()) {
                String passed = name + ": " + numbers();
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

    private Optional<String> quiet(Stage stage, long elapsed, String name) {
        List<String> missing = gates.stream()
                .map(Gate::metric)
                .filter(metric -> !metrics.containsKey(metric))
                .toList();
        String why = "%s: too quiet to decide: %.0f of %d requests in %s%s"
                .formatted(
                        name,
                        metrics.getOrDefault(LiveMetrics.REQUESTS, 0.0),
                        stage.minRequests(),
                        words(Duration.ofNanos(elapsed)),
                        missing.isEmpty() ? "" : ", and nothing to tell " + String.join(", ", missing) + " by");
        report(stage, elapsed, "quiet", why);
        if (strategy.whenQuiet() == WhenQuiet.ROLLBACK) {
            return Optional.of(why);
        }
        progress.line(why + "; it goes on all the same");
        return Optional.empty();
    }

    /** What no number of requests is too small to see. */
    private Optional<String> broken(LiveFigures seen) throws InterruptedException {
        Candidate.Health health = candidate.health();
        if (!health.alive()) {
            List<String> lines = candidate.lastLines();
            return Optional.of("the release ended while it was observed"
                    + (lines.isEmpty() ? "" : "; its log ends: " + String.join(" | ", lines)));
        }
        boolean silent = seen.unanswered() >= FEW_UNANSWERED && seen.unanswered() * 2 > seen.requests();
        return silent
                ? Optional.of(
                        "it left %d of %d requests without an answer".formatted(seen.unanswered(), seen.requests()))
                : Optional.empty();
    }

    private Optional<String> firstFailure() {
        return results.stream()
                .filter(result -> Verdict.of(List.of(result)) == Verdict.FAILED)
                .map(GateResult::message)
                .findFirst()
                .map(message -> "%s, after %.0f requests".formatted(message, metrics.get(LiveMetrics.REQUESTS)));
    }

    private void report(Stage stage, long elapsed, String outcome, String message) {
        reports.add(new StageReport(stage.share(), elapsed / 1e9, outcome, message, metrics));
    }

    private String numbers() {
        StringBuilder text = new StringBuilder(format("%.0f requests", LiveMetrics.REQUESTS))
                .append(format(", %.2f %% errors", "live.errors.share", 100));
        text.append(format(", p95 %.1f ms", "live.latency.p95"))
                .append(format(" (old release %.1f ms)", "live.old.latency.p95"))
                .append(format(", PSI of the predictions %.3f", "live.prediction.psi"))
                .append(format(", %.2f %% of the compared answers differ", "live.shadow.different", 100));
        return text.toString();
    }

    private String format(String form, String metric) {
        return format(form, metric, 1);
    }

    private String format(String form, String metric, double factor) {
        Double value = metrics.get(metric);
        return value == null ? "" : String.format(Locale.ROOT, form, value * factor);
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
        return new LinkedHashMap<>(metrics);
    }

    /** What became of the gates when they were held last; gates that never decided are told as skipped. */
    public List<GateResult> gates() {
        if (!results.isEmpty()) {
            return results;
        }
        boolean blind = strategy.stages().isEmpty();
        String why = blind
                ? "the strategy " + strategy.kind().key() + " observes nothing"
                : reports.isEmpty()
                        ? "it was given up before"
                        : reports.get(reports.size() - 1).message();
        return (blind ? asked : gates)
                .stream()
                        .map(gate -> new GateResult(
                                gate,
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Outcome.SKIPPED,
                                gate.metric() + " was not decided: " + why))
                        .toList();
    }
}
