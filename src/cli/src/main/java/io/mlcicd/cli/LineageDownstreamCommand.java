package io.mlcicd.cli;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import picocli.CommandLine.Command;

/** Shows all that came of something, nearest first. */
@Command(
        name = "downstream",
        description = "Shows all that came of something, nearest first.",
        footer = {
            "  mlcicd lineage downstream 443f56bf --kind deployment  # where these data went",
            "  mlcicd lineage downstream b9a7f4a                     # what became of a commit"
        })
final class LineageDownstreamCommand extends LineageReachCommand {

    LineageDownstreamCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Reach reach(LineageGraph graph, Digest node) {
        return graph.downstream(node);
    }
}
