package io.mlcicd.cli;

import io.mlcicd.document.Json;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import io.mlcicd.lineage.graph.LineageGraph.Sighting;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.report.LineageLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is known of a model, a data set, a commit or a release, and what is next to it. */
@Command(
        name = "show",
        description = "Shows what is known of a model, a data set, a commit or a release, and what is next to it.",
        footer = {
            "  mlcicd lineage show            # the newest model",
            "  mlcicd lineage show 443f56bf    # whatever begins with these digits"
        })
final class LineageShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "Start of a digest, a commit, or a name. The newest model when left out.")
    private String id;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    LineageShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LineageGraph graph = project.graph();
        Node node = LineageProject.node(graph, id, terminal);
        terminal.out()
                .print(
                        json
                                ? Json.write(new Shown(
                                        node,
                                        graph.first(node.id()),
                                        graph.last(node.id()),
                                        graph.upstream(node.id()),
                                        graph.downstream(node.id())))
                                : LineageLines.shown(graph, node) + "\n");
        terminal.out().flush();
        return ExitCode.PASSED;
    }

    private record Shown(Node node, Sighting first, Sighting last, Reach upstream, Reach downstream) {}
}
