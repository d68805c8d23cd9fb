package io.mlcicd.cli;

import io.mlcicd.config.Project;
import java.nio.file.Files;
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

    /** The project's folder, whichever of the two was named. */
    Path folder() {
        return Files.isDirectory(project)
                ? project
                : project.toAbsolutePath().normalize().getParent();
    }

    Project load() {
        return Project.load(project, List.of());
    }
}
