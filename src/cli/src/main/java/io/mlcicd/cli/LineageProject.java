package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.pipeline.ProjectGraph;
import io.mlcicd.report.LineageLines;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose lineage is asked about. */
final class LineageProject {

    @Option(
            names = {"-p", "--project"},
            paramLabel = "PROJECT",
            defaultValue = ".",
            description = "Folder with mlcicd.yml, or such a file itself; the current folder when left out.")
    private Path project;

    Project load() {
        return Project.load(project, List.of());
    }

    /** @throws InvalidInputException when nothing was recorded yet */
    LineageGraph graph() {
        LineageGraph graph = ProjectGraph.of(load());
        if (graph.nodes().isEmpty()) {
            throw new InvalidInputException(project + " has no lineage yet; run a stage first, such as 'mlcicd run'");
        }
        return graph;
    }

    /**
     * The node that a text names, the newest of several; says so when they are not one.
     *
     * @param text the beginning of a digest, a commit or a name; null for the newest model
     */
    static Node node(LineageGraph graph, String text, Terminal terminal) {
        if (text == null) {
            return graph.newest(NodeKind.MODEL)
                    .orElseThrow(() ->
                            new InvalidInputException("no model was recorded yet; name what to show by its digest"));
        }
        if (text.isBlank()) {
            throw new InvalidInputException("give the beginning of a digest, of a commit or of a name to look for");
        }
        List<Node> found = graph.find(text);
        if (found.isEmpty()) {
            throw new InvalidInputException("nothing in the lineage has a digest, a commit or a name that begins with '"
                    + text + "'; 'mlcicd lineage show' shows the newest model");
        }
        if (found.size() > 1) {
            terminal.err()
                    .println("%d things begin with '%s'; this is the newest, others: %s"
                            .formatted(
                                    found.size(),
                                    text,
                                    found.stream()
                                            .skip(1)
                                            .limit(3)
                                            .map(each -> LineageLines.node(each).replaceAll(" +", " "))
                                            .toList()));
        }
        return found.get(0);
    }
}
