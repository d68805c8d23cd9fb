package io.mlcicd.pipeline;

import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import io.mlcicd.training.PipelineRequest;
import io.mlcicd.training.TrainInPipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Trains the model by a run of a pipeline of SageMaker, Vertex AI or Kubeflow. */
final class TrainElsewhere implements Operation<PipelineRequest, TrainingDetails> {

    private final Model model;
    private final Function<String, String> environment;

    TrainElsewhere(Model model, Function<String, String> environment) {
        this.model = model;
        this.environment = environment;
    }

    @Override
    public Result<TrainingDetails> run(PipelineRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        TrainInPipeline.Ending ending = new TrainInPipeline().run(request, environment::apply, progress);
        List<String> command = List.of("pipeline", ending.run());
        List<String> output = new ArrayList<>(ending.steps());
        output.add(ending.link());
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.TRAIN,
                Tool.current(),
                Optional.of(model),
                Verdict.PASSED,
                started,
                ending.seconds(),
                List.of(),
                Map.of("training.seconds", ending.seconds()),
                List.of(),
                LineageRecord.EMPTY.withTraining(new Training(command, OptionalDouble.of(ending.seconds()))),
                new TrainingDetails(command, output, Optional.of(ending.run())));
    }
}
