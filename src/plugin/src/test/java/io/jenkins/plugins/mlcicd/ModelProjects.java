package io.jenkins.plugins.mlcicd;

import java.io.IOException;
import java.nio.file.Path;

/** Small projects for tests of other packages. */
public final class ModelProjects {

    private ModelProjects() {}

    /** Writes a small project into that folder; a Pipeline that does this there. */
    public static String pipeline(Path folder, String steps) throws IOException {
        return new ModelProject(folder).pipeline(steps);
    }
}
