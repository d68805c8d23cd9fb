package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.operation.Progress;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Which project a command is about. */
final class ProjectOption {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROJECT",
            defaultValue = ".",
            description = "Folder with mlcicd.yml, or such a file itself; the current folder when left out.")
    private Path project;

    Path path() {
        return project;
    }

    Project load() {
        return Project.load(project, List.of());
    }

    Stages stages(Progress progress) {
        return new Stages(load(), progress, System::getenv);
    }
}
