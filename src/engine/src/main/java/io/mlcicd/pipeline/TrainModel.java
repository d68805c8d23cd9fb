package io.mlcicd.pipeline;

import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs the user's own training code. */
final class TrainModel implements Operation<OutsideCommand, TrainingDetails> {

    private final Model model;

    TrainModel(Model model) {
        this.model = model;
    }

    /** @throws OutsideSystemException when the training code ends with an error or takes too long */
    @Override
    public Result<TrainingDetails> run(OutsideCommand command, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        progress.step("training", Double.NaN);
        OutsideCommand.Ending ending = command.run(progress::line);
        if (ending.exitCode() != 0) {
            throw new OutsideSystemException("the training command `%s` ended with code %d; its last lines: %s"
                    .formatted(
                            String.join(" ", command.command()),
                            ending.exitCode(),
                            String.join(" | ", ending.lastLines())));
        }
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
                LineageRecord.EMPTY.withTraining(new Training(command.command(), OptionalDouble.of(ending.seconds()))),
                new TrainingDetails(command.command(), ending.lastLines()));
    }
}
