package io.mlcicd.pipeline;

import io.mlcicd.config.Project;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageStore;
import io.mlcicd.lineage.graph.Chain;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lineage of a project's folder as a graph: its log, and the records of releases from before it had one. */
public final class ProjectGraph {

    private ProjectGraph() {}

    /** The project's log, whether or not there is one yet. */
    public static LineageLog log(Project project) {
        return new LineageLog(project.stateFolder().resolve("lineage").resolve("log.jsonl"));
    }

    /** All that the project's folder knows. */
    public static LineageGraph of(Project project) {
        LineageGraph graph = new LineageGraph();
        List<LineageEntry> records = new ArrayList<>(new LineageStore(project.folder()).all());
        Collections.reverse(records);
        for (LineageEntry entry : records) {
            Chain chain = Chain.of(entry.model(), entry.record());
            String event = entry.record().deployment().isPresent() ? "deploy" : "package";
            graph.add(
                    new LineageEvent(entry.model(), event, "PASSED", chain.nodes(), chain.edges()), entry.recordedAt());
        }
        log(project).read(graph::add);
        return graph;
    }
}
