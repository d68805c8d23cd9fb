package io.mlcicd.versioning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code .dvcignore} files keep from DVC's sight. Source: the reference of DVC 3.64, ".dvcignore Files", whose patterns
 * are those of gitignore(5).
 */
final class DvcIgnore {

    private static final String FILE = ".dvcignore";

    private final Path root;

    /** The files below the repository's root are obeyed. */
    DvcIgnore(Path root) {
        this.root = root;
    }

    /** One pattern, and what it is relative to. */
    private record Rule(Path folder, Pattern pattern, boolean folders, boolean negated) {

        boolean applies(Path path, boolean isFolder) {
            return (isFolder || !folders)
                    && path.startsWith(folder)
                    && pattern.matcher(DvcFiles.slashed(folder.relativize(path)))
                            .matches();
        }
    }

    /** The regular files below a folder that DVC sees; it does not follow links to folders. */
    List<Path> filesBelow(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Rule> rules = new ArrayList<>(List.of(rule(root, ".git"), rule(root, ".hg/"), rule(root, ".dvc/")));
        for (Path above : foldersAbove(folder)) {
            rules.addAll(rules(above));
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (!visited.equals(folder) && ignored(rules, visited, true)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                rules.addAll(rules(visited));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // DVC may have put a link to its cache in the place of a file.
                if (Files.isRegularFile(file) && !ignored(rules, file, false)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private List<Path> foldersAbove(Path folder) {
        List<Path> above = new ArrayList<>();
        for (Path at = folder.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
            above.add(0, at);
        }
        return above;
    }

    /** The last pattern that applies decides, as in Git. */
    private static boolean ignored(List<Rule> rules, Path path, boolean isFolder) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).applies(path, isFolder)) {
                return !rules.get(i).negated();
            }
        }
        return false;
    }

    private static List<Rule> rules(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> rule(folder, line))
                .toList();
    }

    private static Rule rule(Path folder, String line) {
        boolean negated = line.startsWith("!");
        String glob = negated ? line.substring(1) : line;
        boolean folders = glob.endsWith("/");
        String bare = folders ? glob.substring(0, glob.length() - 1) : glob;
        boolean anchored = bare.contains("/");
        String path = bare.startsWith("/") ? bare.substring(1) : bare;
        return new Rule(folder, Pattern.compile((anchored ? "" : "(?:.*/)?") + expression(path)), folders, negated);
    }

    private static String expression(String glob) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                out.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                out.append(".*");
                i++;
            } else if (c == '*') {
                out.append("[^/]*");
            } else if (c == '?') {
                out.append("[^/]");
            } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
                int end = glob.indexOf(']', i + 2);
                String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
                out.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else if (c == '\\' && i + 1 < glob.length()) {
                i++;
                out.append(Pattern.quote(glob.substring(i, i + 1)));
            } else {
                out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return out.toString();
    }
}
