package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the former release back. */
@Command(
        name = "rollback",
        description =
                "Brings back the release before the present one: at once where it was kept running, else with the same checks"
                        + " as a new one.",
        footer = "  mlcicd rollback docs/examples/seattle-weather")
final class RollbackCommand extends StageCommand {

    @Option(names = "--name", description = "Name of the deployment, when it is not that in mlcicd.yml.")
    private String name;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment it is in.")
    private String environment;

    RollbackCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements.set("/deploy/name", name, "--name");
    }

    @Override
    Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.rollback();
    }
}
