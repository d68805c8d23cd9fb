package io.mlcicd.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where the command writes: results on standard output, progress and errors on standard error.
 *
 * @param out receives what the user asked for
 * @param err receives progress, warnings and errors
 * @param interactive whether {@code err} is a terminal that can show a moving progress bar
 * @param colors whether {@code out} and {@code err} may be coloured
 * @param columns the terminal's width in characters
 * @param github what a job of GitHub Actions is told beside
 */
record Terminal(
        PrintWriter out, PrintWriter err, boolean interactive, boolean colors, int columns, GithubActions github) {

    private static final int DEFAULT_COLUMNS = 80;

    /**
     * The process's own streams; colours only where both are terminals, and never where {@code NO_COLOR} is set. The
     * launcher tells through system properties what Java cannot find out for each stream; without it there are none.
     */
    static Terminal ofProcess(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        boolean capable = !"dumb".equals(environment.get("TERM"));
        boolean outTerminal = capable && Boolean.getBoolean("mlcicd.stdout.terminal");
        boolean errTerminal = capable && Boolean.getBoolean("mlcicd.stderr.terminal");
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        int columns = Integer.getInteger("mlcicd.columns", DEFAULT_COLUMNS);
        return new Terminal(
                out,
                err,
                errTerminal,
                wanted && outTerminal && errTerminal,
                Math.max(40, columns),
                GithubActions.of(environment));
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colors ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
