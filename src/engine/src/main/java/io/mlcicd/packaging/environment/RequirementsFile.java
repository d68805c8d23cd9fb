package io.mlcicd.packaging.environment;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code requirements.txt} with the files that it names (pip's options {@code -r} and {@code -c}). */
final class RequirementsFile {

    private static final Pattern NAMED =
            Pattern.compile("^\\s*(?:-r|-c|--requirement|--constraint)(?:\\s+|\\s*=\\s*|(?=[^-\\s]))(?<file>\\S+)");

    private final Path project;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private boolean hashes;

    private RequirementsFile(Path project) {
        this.project = project;
    }

    /**
     * Reads the file.
     *
     * @throws InvalidInputException when a file that it names is missing or lies outside the project's folder
     */
    static Installation read(Path file, Path project) throws IOException {
        RequirementsFile requirements = new RequirementsFile(project);
        requirements.add(file);
        return Installation.requirements(
                DeclaredEnvironment.shown(file, project), requirements.files, requirements.hashes);
    }

    /** A line of another file, which may name a file of requirements, too. */
    record Line(String text, Map<String, Path> files) {}

    /**
     * A line as it is read from anywhere in the image.
     *
     * @param file where the line stands
     */
    static Line line(String line, Path file, Path project, String folder) throws IOException {
        Matcher named = NAMED.matcher(line);
        if (!named.find() || named.group("file").contains("://")) {
            return new Line(line, Map.of());
        }
        RequirementsFile requirements = new RequirementsFile(project);
        Path next = requirements.next(
                file, DeclaredEnvironment.shown(file, project) + ": '" + line + "'", named.group("file"));
        requirements.add(next);
        String option = line.strip().startsWith("-c") || line.strip().startsWith("--c") ? "-c " : "-r ";
        return new Line(option + folder + DeclaredEnvironment.shown(next, project), requirements.files);
    }

    private Path next(Path file, String where, String name) throws IOException {
        return DeclaredEnvironment.file(file.getParent(), name, project)
                .orElseThrow(() -> new InvalidInputException(
                        "%s: there is no '%s' in the project's folder".formatted(where, name)));
    }

    private void add(Path file) throws IOException {
        String shown = DeclaredEnvironment.shown(file, project);
        if (files.put(shown, file) != null) {
            return;
        }
        int number = 0;
        for (String line : lines(file, shown)) {
            number++;
            hashes |= line.contains("--hash");
            Matcher named = NAMED.matcher(line);
            if (named.find() && !named.group("file").contains("://")) {
                add(next(file, "%s, line %d".formatted(shown, number), named.group("file")));
            }
        }
    }

    private static Iterable<String> lines(Path file, String shown) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new InvalidInputException(shown + " is not text in UTF-8", e);
        }
    }
}
