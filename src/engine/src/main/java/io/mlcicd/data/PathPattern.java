package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A location split into the folder or file that stands in it literally and the pattern below, if there is one. In a
 * pattern {@code *} and {@code ?} stand for any characters and one character but the slash, {@code [...]} for one of
 * those named, and a segment {@code **} for any number of folders. What exists under that very name is no pattern.
 *
 * @param base the literal part
 * @param below the pattern of paths relative to it, with forward slashes
 */
record PathPattern(Path base, Optional<Pattern> below) {

    static PathPattern of(String location) {
        String path = location.replace(File.separatorChar, '/');
        int literal = 0;
        while (literal < path.length()) {
            int end = path.indexOf('/', literal);
            end = end < 0 ? path.length() : end;
            boolean pattern = path.substring(literal, end).matches(".*[*?\\[].*");
            if (pattern && !exists(path.substring(0, end))) {
                String base = literal == 0 ? "." : path.substring(0, literal);
                return new PathPattern(Path.of(base), Optional.of(regex(location, path.substring(literal))));
            }
            literal = end + 1;
        }
        return new PathPattern(Path.of(path), Optional.empty());
    }

    /** A location below a folder. */
    static String below(Path folder, String location) {
        if (!location.matches(".*[*?\\[].*")) {
            return folder.resolve(location).normalize().toString();
        }
        int slash = location.replaceFirst("[*?\\[].*", "").replace('\\', '/').lastIndexOf('/');
        String literal = location.substring(0, slash + 1);
        String start = folder.resolve(literal).normalize().toString();
        return (start.isEmpty() ? "." : start) + "/" + location.substring(slash + 1);
    }

    /** A file belongs to the pattern when its own path or that of a folder it is in does. */
    boolean matches(String relative) {
        return below.map(pattern -> pattern.matcher(relative).lookingAt()).orElse(true);
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Pattern regex(String location, String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:[^/]+/)*");
                i += 2;
            } else if (c == '*') {
                boolean all = glob.startsWith("**", i);
                regex.append(all ? ".*" : "[^/]*");
                i += all ? 1 : 0;
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[') {
                int end = glob.indexOf(']', i + 2);
                if (end < 0) {
                    throw new InvalidInputException(location + ": the pattern has a '[' without a ']'");
                }
                regex.append(set(glob.substring(i + 1, end)));
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex + "(?:/.*)?$", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(location + ": the pattern's [...] is no set of characters", e);
        }
    }

    private static String set(String characters) {
        boolean not = characters.startsWith("!") || characters.startsWith("^");
        String named = (not ? characters.substring(1) : characters).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
        return (not ? "[^/" : "[") + named + "]";
    }
}
