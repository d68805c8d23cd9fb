package io.mlcicd.cli;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import picocli.CommandLine.Command;

/** Shows all that something came from, nearest first. */
@Command(
        name = "upstream",
        description = "Shows all that something came from, nearest first.",
        footer = {
            "  mlcicd lineage upstream                      # of the newest model",
            "  mlcicd lineage upstream 4e31464b --kind data  # which data a release was made of"
        })
final class LineageUpstreamCommand extends LineageReachCommand {

    LineageUpstreamCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Reach reach(LineageGraph graph, Digest node) {
        return graph.upstream(node);
    }
}
