package io.mlcicd.pipeline;

import io.mlcicd.config.Project;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageStore;
import io.mlcicd.lineage.graph.Chain;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.LineageLog;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Notes in the project's lineage log what its stages did. */
final class LineageJournal {

    private final Project project;
    private final LineageLog log;
    private final Progress progress;

    LineageJournal(Project project, Progress progress) {
        this.project = project;
        this.log = ProjectGraph.log(project);
        this.progress = progress;
    }

    /** What a result tells; what options alone describe belongs to no project and is not noted. */
    void note(Result<?> result, Path document, String event) {
        if (project.isDescribed()) {
            note(LineageEvents.of(result, Digests.required(document)).as(event));
        }
    }

    /** The release that was recorded last under this deployment's name serves no more. */
    void noteEnd(LineageStore records) {
        records.all().stream()
                .filter(entry -> entry.record()
                        .deployment()
                        .filter(deployment -> deployment.name().equals(project.deploymentName()))
                        .isPresent())
                .findFirst()
                .ifPresent(entry -> note(end(entry)));
    }

    private static LineageEvent end(LineageEntry entry) {
        String now = Instant.now().toString();
        List<Node> ended = Chain.of(entry.model(), entry.record()).deployment().stream()
                .map(node -> node.with("until", now))
                .toList();
        return new LineageEvent(entry.model(), "undeploy", "PASSED", ended, List.of());
    }

    /** What was done is done, so that it could not be noted must not undo it, but be told. */
    private void note(LineageEvent event) {
        try {
            log.append(event);
        } catch (OutsideSystemException e) {
            progress.line("warning: not in the lineage log: " + e.getMessage());
        }
    }
}
