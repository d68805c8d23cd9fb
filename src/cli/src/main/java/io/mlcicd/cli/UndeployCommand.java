package io.mlcicd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops what serves. */
@Command(
        name = "undeploy",
        description = "Stops the model's service; does nothing when none runs.",
        footer = "  mlcicd undeploy docs/examples/seattle-weather")
final class UndeployCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private DeploymentOption deployment;

    @Option(names = "--purge", description = "Removes kept releases and logs, too; then there is no rollback.")
    private boolean purge;

    UndeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean stopped = deployment.stages().undeploy(purge);
        terminal.out().println(stopped ? "stopped" : "nothing was running");
        terminal.out().flush();
        return ExitCode.PASSED;
    }
}
