package io.jenkins.plugins.mlcicd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project that is evaluated in one step, with gates of its own; for tests of other packages. */
public final class ModelFolder {

    private ModelFolder() {}

    /** Writes the project and gives a Pipeline that evaluates it; the first gate stands on line 7. */
    public static String pipeline(Path temp, String gates) throws IOException {
        ModelProject project = new ModelProject(Files.createTempDirectory(temp, "project"));
        project.write("mlcicd.yml", """
                model: { name: small, task: binary }
                evaluate:
                  predictions: predictions.csv
                  label: actual
                  prediction: predicted
                  gates:
                    - GATES
                """.replace("GATES", gates));
        return project.pipeline("evaluateModel positive: 'yes'");
    }
}
