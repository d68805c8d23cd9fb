package io.mlcicd.deployment;

import io.mlcicd.deployment.Approval.Answer;
import io.mlcicd.deployment.strategy.StrategyRun;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts together the result document of a rollout. */
final class RolloutResult {

    private final DeploymentRequest request;
    private final Release release;
    private final Optional<Answer> answer;
    private final Optional<String> recovered;
    private final Optional<ServingState> before;
    private final Steps steps;
    private final Instant started = Instant.now();
    private final long clock = System.nanoTime();

    RolloutResult(
            DeploymentRequest request,
            Release release,
            Optional<Answer> answer,
            Optional<String> recovered,
            Optional<ServingState> before,
            Steps steps) {
        this.request = request;
        this.release = release;
        this.answer = answer;
        this.recovered = recovered;
        this.before = before;
        this.steps = steps;
    }

    /**
     * The result.
     *
     * @param now what serves in the end
     */
    Result<DeploymentDetails> of(
            Trial trial,
            Optional<StrategyRun> strategy,
            Optional<ServingState> now,
            boolean switched,
            boolean rolledBack) {
        boolean good = trial.reason().isEmpty();
        Optional<String> url = now.map(ServingState::url);
        Optional<String> approvedBy = answer.filter(Answer::granted).map(Answer::by);
        LineageRecord lineage = request.known().withModel(release.model());
        if (good) {
            lineage = lineage.withDeployment(new DeploymentRef(
                    request.name(),
                    request.target().kind(),
                    release.id(),
                    url,
                    Instant.now(),
                    request.environment(),
                    approvedBy));
        }
        Map<String, Double> metrics = new LinkedHashMap<>(trial.metrics());
        List<GateResult> gates = new ArrayList<>(trial.gates());
        strategy.ifPresent(run -> {
            metrics.putAll(run.metrics());
            gates.addAll(run.gates());
        });
        DeploymentDetails details = new DeploymentDetails(
                request.name(),
                request.target().kind(),
                request.environment(),
                release.id(),
                before.map(ServingState::release),
                url.orElse(""),
                now.map(ServingState::release),
                now.map(ServingState::pid).orElse(OptionalLong.empty()),
                switched,
                rolledBack,
                trial.reason(),
                trial.metrics().getOrDefault("health.seconds", 0.0),
                trial.smoke(),
                "deployments/" + request.name() + "/logs/" + release.id() + ".log",
                steps.done(),
                request.strategy().kind().key(),
                strategy.map(StrategyRun::reports).orElse(List.of()),
                approvedBy,
                request.origin().map(Origin::environment),
                recovered);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.DEPLOY,
                Tool.current(),
                Optional.of(request.model()),
                Verdict.of(gates).and(good ? Verdict.PASSED : Verdict.FAILED),
                started,
                (System.nanoTime() - clock) / 1e9,
                List.of(release.model()),
                metrics,
                List.copyOf(gates),
                lineage,
                details);
    }
}
