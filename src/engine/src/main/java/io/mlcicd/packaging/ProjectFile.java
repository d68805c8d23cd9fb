package io.mlcicd.packaging;

import java.nio.file.Path;

/**
 * A file of the project.
 *
 * @param path relative to the project's folder, with forward slashes
 * @param source where to read it
 */
record ProjectFile(String path, Path source) implements Comparable<ProjectFile> {

    @Override
    public int compareTo(ProjectFile other) {
        return path.compareTo(other.path);
    }
}
