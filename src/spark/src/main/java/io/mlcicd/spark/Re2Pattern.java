package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions in RE2's syntax (github.com/google/re2/wiki/Syntax) as Java, and so Spark, writes them. Which are
 * none is for the engine in our own process to say, so that all are refused alike.
 */
final class Re2Pattern {

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private final String pattern;
    private final boolean lines;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private Re2Pattern(String pattern) {
        this.pattern = pattern;
        this.lines = pattern.matches("(?s).*\\(\\?[a-z]*m[a-z]*(-[a-z]*)?[:)].*");
    }

    /**
     * The same expression for Java.
     *
     * @throws InvalidInputException when it is none in RE2's syntax
     */
    static String java(String pattern) throws InterruptedException {
        String known = KNOWN.get(pattern);
        if (known == null) {
            Optional<String> problem;
            try (DataEngine here = DataEngine.embedded(List.of())) {
                problem = here.problem("SELECT regexp_matches('', " + DataEngine.literal(pattern) + ") AS known");
            }
            if (problem.isPresent()) {
                throw new InvalidInputException(problem.get());
            }
            known = new Re2Pattern(pattern).written();
            KNOWN.put(pattern, known);
        }
        return known;
    }

    private String written() {
        // Only a line feed ends a line.
        out.append("(?d)");
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (pattern.startsWith("\\Q", at)) {
                copy(end("\\E"));
            } else if (c == '\\') {
                copy(Math.min(at + 2, pattern.length()));
            } else if (pattern.startsWith("(?P<", at)) {
                out.append("(?<");
                at += 4;
            } else if (c == '$' && !lines) {
                out.append("\\z");
                at++;
            } else if (c == '[') {
                characters();
            } else {
                copy(at + 1);
            }
        }
        return out.toString();
    }

    private int end(String mark) {
        int found = pattern.indexOf(mark, at);
        return found < 0 ? pattern.length() : found + mark.length();
    }

    private void copy(int end) {
        out.append(pattern, at, end);
        at = end;
    }

    /** A set of characters, in which Java knows sets of sets and intersections. */
    private void characters() {
        copy(at + 1);
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            copy(at + 1);
        }
        boolean first = true;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (pattern.startsWith("[:", at)) {
                posix();
            } else if (c == '\\') {
                copy(Math.min(at + 2, pattern.length()));
            } else if (c == ']' && !first) {
                copy(at + 1);
                return;
            } else if (c == '[' || c == '&' || c == ']') {
                out.append('\\');
                copy(at + 1);
            } else {
                copy(at + 1);
            }
            first = false;
        }
    }

    private void posix() {
        int end = end(":]");
        boolean not = pattern.startsWith("[:^", at);
        String name = pattern.substring(at + (not ? 3 : 2), Math.max(at + 2, end - 2));
        at = end;
        out.append(name.equals("word") ? not ? "\\W" : "\\w" : (not ? "\\P{" : "\\p{") + named(name) + "}");
    }

    private static String named(String posix) {
        return switch (posix) {
            case "xdigit" -> "XDigit";
            case "ascii" -> "ASCII";
            default -> Character.toUpperCase(posix.charAt(0)) + posix.substring(1);
        };
    }
}
