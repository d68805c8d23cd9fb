package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.pipeline.Reproduce;
import io.mlcicd.pipeline.Reproduction;
import io.mlcicd.report.LineageLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a model can be made again. */
@Command(
        name = "reproduce",
        description =
                "Prints the exact commands and digests that make a model again, and checks whether everything that"
                        + " takes is still there; runs nothing.",
        footer = {
            "  mlcicd reproduce            # the newest model",
            "  mlcicd reproduce cb85c82e   # that one; ends with 1 when something is missing"
        })
final class ReproduceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "Start of the model's digest, or its name; the newest model when left out.")
    private String id;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    ReproduceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Project loaded = project.load();
        LineageGraph graph = project.graph();
        Node model = LineageProject.node(graph, id, terminal);
        Reproduction found = new Reproduce(loaded, graph, System::getenv).of(model);
        terminal.out().print(json ? Json.write(found) : text(found));
        terminal.out().flush();
        return found.isPossible() ? ExitCode.PASSED : ExitCode.GATE_FAILED;
    }

    private String text(Reproduction found) {
        StringBuilder text = new StringBuilder(LineageLines.node(found.model()) + "\n\n");
        for (Reproduction.Command command : found.commands()) {
            text.append("  ").append(command.line()).append('\n');
            if (!command.expected().isEmpty()) {
                text.append("      ")
                        .append(terminal.dim("# → " + command.expected()))
                        .append('\n');
            }
        }
        text.append('\n');
        for (Reproduction.Part part : found.parts()) {
            text.append("%s %-11s %s: %s%n"
                    .formatted(
                            mark(part.state()),
                            part.node().kind().key(),
                            part.node().name(),
                            part.message()));
        }
        return text.toString();
    }

    private String mark(Reproduction.State state) {
        return switch (state) {
            case PRESENT -> terminal.green("✔");
            case CHANGED, MISSING -> terminal.red("✘");
            case UNKNOWN -> terminal.yellow("?");
        };
    }
}
