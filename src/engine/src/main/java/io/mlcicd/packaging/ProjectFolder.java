package io.mlcicd.packaging;

import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds files in a project's folder and never leaves it. A symbolic link to a file in the folder stands for that
 * file's content; a link that leads out, leads nowhere or leads to a folder is refused, because what it would bring
 * into the image differs from machine to machine or is easily overlooked.
 */
final class ProjectFolder {

    /** The history of code and of lineage describes an image, it is no part of one. */
    private static final Set<String> NEVER_PACKAGED = Set.of(".git", ".mlcicd");

    private final Path root;

    /**
     * Opens the folder.
     *
     * @throws InvalidInputException when there is no such folder
     */
    ProjectFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("the project's folder " + folder + " does not exist");
        }
        this.root = folder.toRealPath();
    }

    /**
     * What stands at this path.
     *
     * @param key where the path is written, for messages
     * @throws InvalidInputException when nothing does, or it is not in the project's folder
     */
    Path existing(String path, String key) throws IOException {
        Path found = inside(path, key);
        if (!Files.exists(found)) {
            throw new InvalidInputException("%s: '%s' does not exist in %s%s"
                    .formatted(
                            key, path, root, Spelling.hint(found.getFileName().toString(), namesBeside(found))));
        }
        return found;
    }

    /** The file itself or every file below the folder, sorted by path. */
    List<ProjectFile> everyFileOf(Path path) throws IOException {
        return below(path, relative -> true, Set.of());
    }

    /**
     * All files that a path or pattern stands for, sorted by path.
     *
     * @param key where the pattern is written, for messages
     * @throws InvalidInputException when there is no such file, or one that must not be packaged
     */
    List<ProjectFile> find(String pattern, String key) throws IOException {
        boolean glob = isGlob(pattern) && !Files.exists(inside(pattern, key));
        List<ProjectFile> found = glob
                ? below(root, glob(pattern, key), NEVER_PACKAGED)
                : below(existing(pattern, key), relative -> true, NEVER_PACKAGED);
        if (found.isEmpty()) {
            throw new InvalidInputException("%s: '%s' matches no file in %s".formatted(key, pattern, root));
        }
        return found;
    }

    private Path inside(String path, String key) {
        Path resolved;
        try {
            Path given = Path.of(path);
            if (path.isBlank() || given.isAbsolute()) {
                throw new InvalidInputException(
                        "%s: '%s' must be a path relative to the project's folder %s".formatted(key, path, root));
            }
            resolved = root.resolve(given).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInputException("%s: '%s' is not a path: %s".formatted(key, path, e.getReason()), e);
        }
        if (!resolved.startsWith(root)) {
            throw new InvalidInputException("%s: '%s' leads out of the project's folder %s".formatted(key, path, root));
        }
        return resolved;
    }

    String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** Java's {@code **}{@code /} insists on a folder; people mean "here or in any folder below". */
    private static Predicate<Path> glob(String pattern, String key) {
        String here = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + here.replace("**/", "{**/,}"));
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    "%s: '%s' is not a pattern: %s".formatted(key, pattern, e.getDescription()), e);
        }
        boolean hiddenToo = here.startsWith(".") || here.contains("/.");
        return relative -> matcher.matches(relative) && (hiddenToo || !isHidden(relative));
    }

    private static boolean isHidden(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private List<ProjectFile> below(Path start, Predicate<Path> wanted, Set<String> skipped) throws IOException {
        if (!start.toRealPath().startsWith(root)) {
            throw leadsOut(start);
        }
        List<ProjectFile> found = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return skipped.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (wanted.test(root.relativize(file))) {
                    found.add(checked(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    private ProjectFile checked(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInputException(file + " is a symbolic link that leads nowhere; remove or repair it");
        }
        if (!file.toRealPath().startsWith(root)) {
            throw leadsOut(file);
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(
                    file + " is a symbolic link to a folder, which is not followed; name that folder itself");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + " is neither a file nor a folder and cannot be packaged");
        }
        return new ProjectFile(relative(file), file);
    }

    private InvalidInputException leadsOut(Path link) {
        return new InvalidInputException(
                "%s is a symbolic link that leads out of the project's folder %s; put a copy in its place"
                        .formatted(link, root));
    }

    private static List<String> namesBeside(Path path) throws IOException {
        Path parent = path.getParent();
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.map(sibling -> sibling.getFileName().toString()).toList();
        }
    }
}
