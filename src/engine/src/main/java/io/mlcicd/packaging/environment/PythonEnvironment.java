package io.mlcicd.packaging.environment;

import java.util.List;
import java.util.Optional;

/**
 * What a project's own files say about the Python that its model needs.
 *
 * @param installation what is to be installed; empty when no file declares anything
 * @param python the version of Python, {@code major.minor}; empty when no file names one
 * @param pythonFrom the file that names it; empty when none does
 * @param notes one sentence for each thing that is declared and not installed
 */
public record PythonEnvironment(
        Optional<Installation> installation, Optional<String> python, String pythonFrom, List<String> notes) {

    public PythonEnvironment {
        notes = List.copyOf(notes);
    }
}
