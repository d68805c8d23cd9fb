package io.mlcicd.cli;

import io.mlcicd.document.YamlDocument.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the options that take the place of keys in {@code mlcicd.yml}. */
final class Replacements {

    private final Path folder;
    private final List<Replacement> all = new ArrayList<>();

    /** Paths in options are relative to where the command runs; those in the file to the file's folder. */
    Replacements(Path projectFolder) {
        this.folder = projectFolder.toAbsolutePath().normalize();
    }

    /** Sets a key, unless the option was not given (null, or an empty list). */
    Replacements set(String pointer, Object value, String option) {
        Replacement.given(pointer, value, option).ifPresent(all::add);
        return this;
    }

    /** Takes keys away, for what an option asks for instead; not if the option was not given (null). */
    Replacements without(Object value, String option, String... pointers) {
        if (value != null) {
            all.addAll(Replacement.without(option, pointers));
        }
        return this;
    }

    /** Makes sure that a key is there, whatever the file says below it. */
    Replacements ensure(String pointer, String option) {
        all.add(Replacement.present(pointer, option));
        return this;
    }

    /** Sets a key to a path as seen from the project's folder. */
    Replacements setPath(String pointer, Path path, String option) {
        return path == null ? this : set(pointer, relative(path), option);
    }

    /** Sets a key to paths as seen from the project's folder. */
    Replacements setPaths(String pointer, List<Path> paths, String option) {
        return paths == null
                ? this
                : set(pointer, paths.stream().map(this::relative).toList(), option);
    }

    String relative(Path path) {
        if (path.isAbsolute()) {
            return path.toString();
        }
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.getRoot().equals(folder.getRoot())
                ? folder.relativize(absolute).toString()
                : absolute.toString();
    }

    List<Replacement> all() {
        return List.copyOf(all);
    }
}
