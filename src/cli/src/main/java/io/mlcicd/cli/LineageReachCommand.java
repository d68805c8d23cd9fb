package io.mlcicd.cli;

import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.report.LineageLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is reached from something in one direction, nearest first. */
abstract class LineageReachCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "Start of a digest, a commit, or a name. The newest model when left out.")
    private String id;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only nodes of this kind: ${COMPLETION-CANDIDATES}.")
    private NodeKind kind;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    LineageReachCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What is reached from a node. */
    abstract Reach reach(LineageGraph graph, Digest node);

    @Override
    public Integer call() {
        LineageGraph graph = project.graph();
        Reach reach = reach(graph, LineageProject.node(graph, id, terminal).id());
        Reach asked = kind == null ? reach : reach.only(kind);
        terminal.out().print(json ? Json.write(asked) : LineageLines.reached(asked) + "\n");
        terminal.out().flush();
        return ExitCode.PASSED;
    }
}
