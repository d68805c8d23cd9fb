package io.mlcicd.pipeline;

import io.mlcicd.config.Project;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
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
import java.util.function.Consumer;

/** All stages of a project in their order; stops at the first whose verdict is FAILED. */
public final class Pipeline {

    private static final List<Stage> ORDER =
            List.of(Stage.VALIDATE, Stage.TRAIN, Stage.EVALUATE, Stage.PACKAGE, Stage.DEPLOY, Stage.DRIFT);

    private final Stages stages;

    public Pipeline(Stages stages) {
        this.stages = stages;
    }

    /**
     * Runs every stage the project has a section for.
     *
     * @param stop whether the service is stopped again at the end
     * @param listener hears each stage's result as soon as there is one
     */
    public Result<RunDetails> run(boolean stop, Consumer<Result<?>> listener) throws InterruptedException {
        Instant started = Instant.now();
        long clock = System.nanoTime();
        Project project = stages.project();
        List<Result<?>> done = new ArrayList<>();
        List<Stage> skipped = new ArrayList<>();
        ORDER.stream().filter(project::has).forEach(stages::forget);
        boolean failed = false;
        for (Stage stage : ORDER) {
            if (!project.has(stage)) {
                continue;
            }
            if (failed) {
                skipped.add(stage);
                continue;
            }
            for (Result<?> result : perform(stage)) {
                done.add(result);
                listener.accept(result);
                failed |= !result.passed();
            }
        }
        if (stop && project.has(Stage.DEPLOY)) {
            stages.undeploy(false);
        }
        return summary(project, started, (System.nanoTime() - clock) / 1e9, done, skipped);
    }

    private List<Result<?>> perform(Stage stage) throws InterruptedException {
        return switch (stage) {
            case VALIDATE -> List.of(stages.validate());
            case TRAIN -> List.of(stages.train());
            case EVALUATE -> List.of(stages.evaluate());
            case PACKAGE -> List.of(stages.packageModel());
            case DEPLOY -> deploy();
            case DRIFT -> List.of(stages.drift());
            case PROFILE, RUN -> throw new IllegalArgumentException(stage + " is no stage of a run");
        };
    }

    private List<Result<?>> deploy() throws InterruptedException {
        Result<?> released = stages.deploy();
        boolean alsoBatch = released.passed()
                && stages.project().hasBatch()
                && !stages.project().deploysBatch();
        return alsoBatch ? List.of(released, stages.batch()) : List.of(released);
    }

    /** A batch that runs beside a service does not take the service's place as the deployment. */
    private static LineageRecord join(LineageRecord earlier, LineageRecord later) {
        LineageRecord joined = earlier.and(later);
        return earlier.deployment().map(joined::withDeployment).orElse(joined);
    }

    private static Result<RunDetails> summary(
            Project project, Instant started, double seconds, List<Result<?>> done, List<Stage> skipped) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<GateResult> gates = new ArrayList<>();
        List<Artifact> inputs = new ArrayList<>();
        LineageRecord lineage = LineageRecord.EMPTY;
        Verdict verdict = Verdict.PASSED;
        for (Result<?> result : done) {
            result.metrics().forEach((name, value) -> metrics.put(result.stage().key() + "." + name, value));
            gates.addAll(result.gates());
            result.inputs().stream().filter(input -> !inputs.contains(input)).forEach(inputs::add);
            lineage = join(lineage, result.lineage());
            verdict = verdict.and(result.verdict());
        }
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.RUN,
                Tool.current(),
                Optional.of(project.model()),
                verdict,
                started,
                seconds,
                List.copyOf(inputs),
                metrics,
                List.copyOf(gates),
                lineage,
                new RunDetails(List.copyOf(done), List.copyOf(skipped)));
    }
}
