package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import picocli.CommandLine.Command;

/** Brings the former release back. */
@Command(
        name = "rollback",
        description = "Brings back the release before the present one, with the same checks as a new one.",
        footer = "  mlcicd rollback docs/examples/seattle-weather")
final class RollbackCommand extends StageCommand {

    RollbackCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {}

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.rollback();
    }
}
