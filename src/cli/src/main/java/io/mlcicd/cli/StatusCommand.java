package io.mlcicd.cli;

import io.mlcicd.deployment.DeploymentState;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what serves. */
@Command(
        name = "status",
        description = "Shows which release of the model serves, since when, and which are kept for a rollback.",
        footer = "  mlcicd status docs/examples/seattle-weather")
final class StatusCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private DeploymentOption deployment;

    @Option(names = "--json", description = "Prints the state as JSON.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        DeploymentState state = deployment
                .stages()
                .status()
                .orElseThrow(
                        () -> new InvalidInputException("nothing was deployed here yet; see 'mlcicd deploy --help'"));
        terminal.out().print(json ? Json.write(state) : text(state));
        terminal.out().flush();
        return ExitCode.PASSED;
    }

    private String text(DeploymentState state) {
        String kept = state.releases().isEmpty() ? "none" : String.join(", ", state.releases());
        if (state.release().isEmpty()) {
            return "%s %s is not running%n  releases  %s%n".formatted(terminal.yellow("-"), state.name(), kept);
        }
        return "%s %s serves at %s%n  release   %s%n  process   %d, %s%n  restarts  %d%n  releases  %s%n"
                .formatted(
                        state.alive() ? terminal.green("✔") : terminal.red("✘"),
                        terminal.bold(state.name()),
                        state.url().orElse(""),
                        state.release().get(),
                        state.pid(),
                        (state.alive() ? "running since " : "not running, started ")
                                + state.since().orElse(""),
                        state.restarts(),
                        kept);
    }
}
