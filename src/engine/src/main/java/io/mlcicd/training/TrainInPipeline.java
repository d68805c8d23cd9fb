package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.cloud.GoogleToken;
import io.mlcicd.cloud.LostAnswerException;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Uninterrupted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Starts a run of a pipeline, waits for its end and brings its metrics home; an interruption stops the run. */
public final class TrainInPipeline {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration UNSEEN = Duration.ofMinutes(10);
    private static final long ANSWER_SECONDS = 10;

    private final Duration look;
    private final Duration unseen;

    /** Looks every ten seconds; a service may be out of reach for ten minutes. */
    public TrainInPipeline() {
        this(LOOK, UNSEEN);
    }

    /**
     * Looks as often as is said.
     *
     * @param look how long to wait before looking again
     * @param unseen how long looks may fail, once one has succeeded
     */
    TrainInPipeline(Duration look, Duration unseen) {
        this.look = look;
        this.unseen = unseen;
    }

    /**
     * How a run ended.
     *
     * @param run its name in its own system
     * @param link where a person sees it
     * @param steps each with its last state
     * @param seconds from its start to its end, as seen from here
     */
    public record Ending(String run, String link, List<String> steps, double seconds) {
        public Ending {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Runs the pipeline.
     *
     * @param environment looks up environment variables; null for one that is not set
     * @throws InvalidInputException when the pipeline cannot be run as it is asked for, or has no metrics and should
     * @throws OutsideSystemException when the run failed, was stopped elsewhere or took too long
     */
    public Ending run(PipelineRequest request, UnaryOperator<String> environment, Progress progress)
            throws InterruptedException {
        return run(request, open(request, environment), progress);
    }

    private static RemoteRun open(PipelineRequest request, UnaryOperator<String> environment) {
        if (request.settings() instanceof PipelineSettings.SageMaker sageMaker) {
            return new SageMakerRun(
                    sageMaker,
                    request.parameters(),
                    new AwsApi(sageMaker.region(), sageMaker.endpointUrl(), "train.pipeline.sagemaker", environment));
        }
        if (request.settings() instanceof PipelineSettings.Vertex vertex) {
            return new VertexRun(
                    vertex,
                    request.parameters(),
                    new VertexApi(
                            vertex.project(),
                            vertex.region(),
                            vertex.endpointUrl(),
                            "train.pipeline.vertex",
                            new GoogleToken(),
                            LOOK));
        }
        return new KubeflowRun((PipelineSettings.Kubeflow) request.settings(), request.parameters(), environment);
    }

    Ending run(PipelineRequest request, RemoteRun run, Progress progress) throws InterruptedException {
        long started = System.nanoTime();
        progress.step("starting " + run.what(), Double.NaN);
        start(run, progress);
        progress.line("started " + run.what() + ": " + run.link());
        RemoteRun.State state;
        try {
            state = await(request, run, progress, started);
        } catch (InterruptedException | RuntimeException e) {
            Uninterrupted.run(() -> stop(run, progress));
            throw e;
        }
        if (state.phase() != RemoteRun.Phase.SUCCEEDED) {
            throw new OutsideSystemException(failure(run, state));
        }
        if (request.metrics().isPresent()) {
            write(request.metrics().get(), run);
        }
        return new Ending(
                run.id(),
                run.link(),
                state.steps().stream()
                        .map(step -> step.name() + ": " + step.state())
                        .toList(),
                (System.nanoTime() - started) / 1e9);
    }

    /** An answer that is still on its way names the run; without it nobody could stop what has begun. */
    private static void start(RemoteRun run, Progress progress) throws InterruptedException {
        FutureTask<Boolean> starting = new FutureTask<>(() -> {
            run.start();
            return true;
        });
        Thread thread = new Thread(starting, "start of a pipeline");
        thread.setDaemon(true);
        thread.start();
        try {
            started(run, starting, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Uninterrupted.run(() -> {
                if (!started(run, starting, ANSWER_SECONDS)) {
                    starting.cancel(true);
                }
                stop(run, progress);
            });
            throw e;
        }
    }

    private static boolean started(RemoteRun run, FutureTask<Boolean> starting, long seconds)
            throws InterruptedException {
        try {
            return starting.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LostAnswerException lost) {
                throw new OutsideSystemException(
                        lost.getMessage() + "; nobody knows whether " + run.what()
                                + " has begun: before you start another, look at " + run.link(),
                        lost);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new OutsideSystemException("the pipeline could not be started: " + e.getCause(), e);
        }
    }

    private RemoteRun.State await(PipelineRequest request, RemoteRun run, Progress progress, long started)
            throws InterruptedException {
        Map<String, String> told = new HashMap<>();
        Optional<Instant> seen = Optional.empty();
        while (true) {
            RemoteRun.State state;
            try {
                state = run.look();
                seen = Optional.of(Instant.now());
            } catch (OutsideSystemException e) {
                // A run of hours outlives a network that is gone for a minute.
                if (seen.isEmpty() || seen.get().plus(unseen).isBefore(Instant.now())) {
                    throw e;
                }
                progress.line("cannot see how far " + run.what() + " is, looking again: " + e.getMessage());
                state = new RemoteRun.State(RemoteRun.Phase.RUNNING, List.of(), Optional.empty());
            }
            for (RemoteRun.Step step : state.steps()) {
                if (!step.state().equals(told.put(step.key(), step.state()))) {
                    progress.line("step " + step.name() + ": " + step.state());
                    progress.step(run.what() + ", step " + step.name(), Double.NaN);
                }
            }
            if (state.phase() != RemoteRun.Phase.RUNNING) {
                return state;
            }
            if (System.nanoTime() - started > request.timeout().toNanos()) {
                throw new OutsideSystemException("%s was stopped, for it took longer than %d s (train.timeout); see %s"
                        .formatted(run.what(), request.timeout().toSeconds(), run.link()));
            }
            Thread.sleep(look.toMillis());
        }
    }

    /** The failure that led here is the one to be told, not that the end could not be asked for. */
    private static void stop(RemoteRun run, Progress progress) throws InterruptedException {
        try {
            run.stop();
            progress.line("asked " + run.what() + " to stop");
        } catch (OutsideSystemException | InvalidInputException e) {
            progress.line(run.what() + " could not be stopped (" + e.getMessage() + "); stop it at " + run.link());
        }
    }

    private static String failure(RemoteRun run, RemoteRun.State state) {
        String end = state.phase() == RemoteRun.Phase.STOPPED ? " was stopped by somebody else" : " failed";
        Optional<RemoteRun.Step> broken =
                state.steps().stream().filter(RemoteRun.Step::failed).min(Comparator.comparing(RemoteRun.Step::group));
        String where = broken.map(step -> " in step " + step.name()).orElse("");
        String why = broken.flatMap(RemoteRun.Step::reason)
                .or(state::reason)
                .map(reason -> ": " + reason.replaceAll("\\s+", " ").strip())
                .orElse("");
        return run.what() + end + where + why + "; see " + run.link();
    }

    private static void write(Path file, RemoteRun run) throws InterruptedException {
        JsonNode metrics = run.metrics()
                .orElseThrow(() -> new InvalidInputException(run.what()
                        + " has left no metrics, but train.pipeline.metrics asks for them; see docs/other-pipelines.md"
                        + " for where they are looked for"));
        AtomicFiles.write(file, Json.write(metrics));
    }
}
