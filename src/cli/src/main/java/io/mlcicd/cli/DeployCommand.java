package io.mlcicd.cli;

import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Releases a model. */
@Command(
        name = "deploy",
        description = "Releases the model as a service, or runs it as a batch; rolls back when it fails.",
        footer = {
            "  mlcicd deploy docs/examples/seattle-weather",
            "  mlcicd deploy --environment staging --strategy canary",
            "  mlcicd deploy --plan"
        })
final class DeployCommand extends StageCommand {

    private static final List<String> WAYS = List.of("all-at-once", "blue-green", "canary", "shadow");

    @Option(names = "--name", description = "Name of the deployment.")
    private String name;

    @Option(names = "--port", description = "Port that clients use.")
    private Integer port;

    @Option(names = "--smoke", paramLabel = "FILE", description = "File with smoke requests.")
    private Path smoke;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long it may take to become ready: 30s, 2m.")
    private String timeout;

    @Option(names = "--batch", description = "Runs the batch of deploy.batch instead of a service.")
    private boolean batch;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Releases to this environment of deploy.environments.")
    private String environment;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How it gets the traffic: all-at-once, blue-green, canary or shadow.")
    private String strategy;

    @Option(names = "--plan", description = "Prints what would change, and changes nothing.")
    private boolean plan;

    @Option(
            names = "--approved-by",
            paramLabel = "NAME",
            description = "Who approved the release; asked for on the terminal where one is needed.")
    private String approvedBy;

    DeployCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements
                .set("/deploy/target", batch ? "batch" : null, "--batch")
                .set("/deploy/name", name, "--name")
                .set("/deploy/port", port, "--port")
                .setPath("/deploy/smoke", smoke, "--smoke")
                .set("/deploy/health/timeout", timeout, "--timeout");
        if (strategy != null) {
            String[] others = WAYS.stream()
                    .filter(way -> !way.equals(strategy))
                    .map(way -> "/deploy/strategy/" + way)
                    .toArray(String[]::new);
            replacements.without(strategy, "--strategy", others).ensure("/deploy/strategy/" + strategy, "--strategy");
        }
    }

    @Override
    Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!plan) {
            return super.call();
        }
        List<PlannedChange> changes = new Stages(loadProject(), Progress.NONE, System::getenv).plan();
        changes.forEach(change -> terminal().out().println(line(change)));
        terminal().out().flush();
        return ExitCode.PASSED;
    }

    private static String line(PlannedChange change) {
        String sign = switch (change.action()) {
            case CREATE -> "+";
            case CHANGE -> "~";
            case REMOVE -> "-";
            case KEEP -> "=";
        };
        return sign + " " + change.what() + ": " + change.detail();
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.deploy(AskedApproval.of(approvedBy, terminal()));
    }
}
