package io.mlcicd.cli;

import io.mlcicd.deployment.DeploymentState;
import io.mlcicd.deployment.ServedPeriod;
import io.mlcicd.deployment.artifact.ArtifactSettings;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what serves. */
@Command(
        name = "status",
        description =
                "Shows which release of the model serves, since when, by whose decision, and which are kept for a rollback.",
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
        StringBuilder text = new StringBuilder();
        if (state.release().isEmpty()) {
            text.append("%s %s is not running%n".formatted(terminal.yellow("-"), state.name()));
        } else {
            text.append("%s %s serves at %s (%s)%n"
                    .formatted(
                            state.alive() ? terminal.green("✔") : terminal.red("✘"),
                            terminal.bold(state.name()),
                            state.url().orElse(""),
                            state.target()));
            line(text, "release", state.release().get());
            state.served().stream()
                    .filter(period -> period.until().isEmpty())
                    .findFirst()
                    .ifPresent(period -> line(text, "serves", period(period)));
            state.kept().ifPresent(kept -> line(text, "kept", kept + " is kept for an instant rollback"));
            if (!state.target().equals(ArtifactSettings.KIND)) {
                process(text, state);
            }
        }
        line(text, "releases", state.releases().isEmpty() ? "none" : String.join(", ", state.releases()));
        state.unfinished()
                .ifPresent(release -> line(text, "begun", release + ", by a command that is at work or was killed"));
        return text.toString();
    }

    private static void process(StringBuilder text, DeploymentState state) {
        line(
                text,
                "process",
                (state.pid() == 0 ? "" : state.pid() + ", ")
                        + (state.alive() ? "running since " : "not running, started ")
                        + state.since().orElse(""));
        line(text, "restarts", String.valueOf(state.restarts()));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  %-9s %s%n".formatted(name, value));
    }

    private static String period(ServedPeriod period) {
        return "since " + period.since() + ", released by " + period.by()
                + period.approvedBy().map(name -> ", approved by " + name).orElse("")
                + period.promotedFrom().map(name -> ", moved on from " + name).orElse("");
    }
}
