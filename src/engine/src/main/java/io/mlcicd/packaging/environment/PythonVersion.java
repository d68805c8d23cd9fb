package io.mlcicd.packaging.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Picks the minor version of Python 3 that a declaration asks for. Sources of the grammar: PEP 440 ("Version
 * specifiers"), and Poetry's caret and tilde.
 */
final class PythonVersion {

    /** What a model gets when it may have any. */
    static final int USUAL = 12;

    private static final int FIRST = 6;
    private static final int LAST = 30;
    private static final Pattern EXACT = Pattern.compile("3\\.(\\d{1,2})(\\.\\S*)?");
    private static final Pattern CLAUSE = Pattern.compile(
            "(?<operator>===|==|~=|>=|<=|!=|>|<|\\^|~|)\\s*3(\\.(?<minor>\\d{1,2}|\\*))?(?<patch>\\.[0-9*].*)?");

    private PythonVersion() {}

    /** The minor version of a full one, such as {@code 3.11} of {@code 3.11.7}. */
    static Optional<String> exact(String version) {
        Matcher matcher = EXACT.matcher(version.strip());
        return matcher.matches() ? Optional.of("3." + matcher.group(1)) : Optional.empty();
    }

    /**
     * The permitted minor version that is nearest to the usual one.
     *
     * @param wanted such as {@code >=3.10,<3.13}; empty when it cannot be understood or permits none
     */
    static Optional<String> nearest(String wanted) {
        if (wanted.isBlank() || wanted.contains("|")) {
            return Optional.empty();
        }
        List<Matcher> clauses = Pattern.compile("[,\\s]+(?=[<>=!~^])|,")
                .splitAsStream(wanted.strip())
                .map(String::strip)
                .filter(clause -> !clause.isEmpty() && !clause.equals("*"))
                // Bounds of Python 2 and 4 leave all of Python 3.
                .filter(clause -> !clause.matches("(>=?|!=)\\s*2.*|<=?\\s*4.*"))
                .map(CLAUSE::matcher)
                .toList();
        if (!clauses.stream().allMatch(Matcher::matches)) {
            return Optional.empty();
        }
        return IntStream.rangeClosed(FIRST, LAST)
                .boxed()
                .filter(minor -> clauses.stream().allMatch(clause -> permits(clause, minor)))
                .min(Comparator.comparingInt(minor -> Math.abs(minor - USUAL)))
                .map(minor -> "3." + minor);
    }

    /** Whether the newest patch of a minor version is permitted. */
    private static boolean permits(Matcher clause, int minor) {
        String named = clause.group("minor");
        if (named == null || named.equals("*")) {
            return !clause.group("operator").matches("<|>");
        }
        int bound = Integer.parseInt(named);
        boolean patch = clause.group("patch") != null;
        return switch (clause.group("operator")) {
            case ">=" -> minor >= bound;
            case "^" -> minor >= bound;
            case ">" -> patch ? minor >= bound : minor > bound;
            case "<" -> minor < bound;
            case "<=" -> patch ? minor < bound : minor <= bound;
            case "~=" -> patch ? minor == bound : minor >= bound;
            case "!=" -> (patch && !clause.group("patch").equals(".*")) || minor != bound;
            default -> minor == bound;
        };
    }
}
