package io.mlcicd.cli;

import io.mlcicd.document.Json;
import io.mlcicd.lineage.graph.LineageDiff;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.report.LineageLines;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is behind one model, release or data set and not, or in another state, behind another. */
@Command(
        name = "diff",
        description =
                "Shows what is behind one model, release or data set and not, or in another state, behind another.",
        footer = {
            "  mlcicd lineage diff cb85c82e 1f0c77aa   # two models",
            "  mlcicd lineage diff                     # the two newest models"
        })
final class LineageDiffCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BEFORE",
            description = "Start of a digest, a commit, or a name. The model before the newest when left out.")
    private String before;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "AFTER",
            description = "Start of a digest, a commit, or a name. The newest model when left out.")
    private String after;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    LineageDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LineageGraph graph = project.graph();
        Node later = LineageProject.node(graph, after, terminal);
        Node earlier = before == null ? former(graph, later) : LineageProject.node(graph, before, terminal);
        LineageDiff diff = LineageDiff.between(graph, earlier, later);
        terminal.out().print(json ? Json.write(diff) : LineageLines.diff(earlier, later, diff) + "\n");
        terminal.out().flush();
        return ExitCode.PASSED;
    }

    private static Node former(LineageGraph graph, Node later) {
        List<Node> models = graph.nodes().stream()
                .filter(node -> node.kind() == NodeKind.MODEL && !node.equals(later))
                .toList();
        if (models.isEmpty()) {
            throw new InvalidInputException("there is only one model so far; name two things to compare");
        }
        return models.get(models.size() - 1);
    }
}
