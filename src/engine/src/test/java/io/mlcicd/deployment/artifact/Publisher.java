package io.mlcicd.deployment.artifact;

import java.nio.file.Path;

/** Publishes one model after the other until it is killed: {@code PROJECT STORE BEGIN}. */
final class Publisher {

    private Publisher() {}

    public static void main(String[] arguments) throws Exception {
        ArtifactProject project = new ArtifactProject(Path.of(arguments[0]), new FolderPlace(Path.of(arguments[1])));
        for (int i = 0; i < 100_000; i++) {
            project.with(arguments[2] + " " + i + " ".repeat(500_000)).publish("weather");
            System.out.println("published");
        }
    }
}
