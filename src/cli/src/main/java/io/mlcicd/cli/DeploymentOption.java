package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.operation.Progress;
import io.mlcicd.pipeline.Stages;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which deployment of which project a command is about. */
final class DeploymentOption {

    @Mixin
    private ProjectOption project;

    @Option(names = "--name", description = "Name of the deployment, when it is not that in mlcicd.yml.")
    private String name;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment it is in.")
    private String environment;

    Stages stages() {
        Replacements replacements = new Replacements(project.folder()).set("/deploy/name", name, "--name");
        Project loaded = Project.load(project.path(), replacements.all());
        return new Stages(environment == null ? loaded : loaded.in(environment), Progress.NONE, System::getenv);
    }
}
