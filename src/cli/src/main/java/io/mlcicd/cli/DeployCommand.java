package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Releases a model. */
@Command(
        name = "deploy",
        description = "Releases the model as a service on this host, or runs it as a batch; rolls back when it fails.",
        footer = {"  mlcicd deploy docs/examples/seattle-weather", "  mlcicd deploy --port 9000 --smoke smoke.yml"})
final class DeployCommand extends StageCommand {

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
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.deploy();
    }
}
