package io.mlcicd.report;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown in the making, in the dialect that GitHub, GitLab and Bitbucket share; it ends with a sentence where it would
 * become longer than it may be.
 */
final class MarkdownText {

    private static final String CUT =
            "\n\nCut here, for comments may not be longer. The report and the result documents have it all.\n";

    /** What the last lines may take: the end of a fold and the sentence above. */
    private static final int RESERVE = 200;

    /** Names of people and groups, numbers of issues, and addresses, which comments would call, link or load. */
    private static final Pattern CALLS = Pattern.compile("@(?=\\w)|#(?=\\d)|!(?=\\d)|:(?=//)|(?i)www(?=\\.)");

    private static final Pattern PUNCTUATION = Pattern.compile("[\\\\`*_\\[\\]|~$]");
    private static final Pattern BEGINNING = Pattern.compile("^(#{1,6}|[+-]|\\d{1,9}[.)]|=)(?=\\s|$|[-=])");

    /** Controls, and what turns the direction of writing so that a text reads otherwise than it is. */
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private final StringBuilder text = new StringBuilder();
    private final int most;
    private int bytes;
    private boolean cut;
    private boolean folded;

    /**
     * An empty text.
     *
     * @param most bytes in UTF-8 that it may have
     */
    MarkdownText(int most) {
        this.most = most;
    }

    /** A line after an empty one; only the empty one, when the line is empty. */
    void block(String line) {
        if (!text.isEmpty()) {
            add("\n");
        }
        if (!line.isEmpty()) {
            line(line);
        }
    }

    /** A line. */
    void line(String line) {
        add(line + "\n");
    }

    /** What is shown on demand. */
    void fold(String summary, Runnable content) {
        // Renderers take the line for HTML, in which a backslash is no escape.
        block("<details><summary>" + escapeHtml(quiet(summary)) + "</summary>");
        folded = !cut;
        content.run();
        if (folded) {
            // The reserve has room for it, that no fold stays open.
            text.append("\n</details>\n");
            bytes += "\n</details>\n".length();
            folded = false;
        }
    }

    private void add(String piece) {
        int more = piece.getBytes(StandardCharsets.UTF_8).length;
        cut |= bytes + more > most - RESERVE;
        if (!cut) {
            text.append(piece);
            bytes += more;
        }
    }

    /** The whole. */
    String finish() {
        return cut ? text + CUT : text.toString();
    }

    /**
     * Words that stay words: no markup, no HTML, no call to anybody, on one line. A zero-width space parts what would be a
     * call, because comments look for calls after Markdown has been taken away.
     */
    static String escape(String words) {
        String escaped = PUNCTUATION.matcher(quiet(words)).replaceAll("\\\\$0");
        Matcher beginning = BEGINNING.matcher(escaped);
        if (beginning.find()) {
            int last = beginning.end() - 1;
            escaped = escaped.substring(0, last) + "\\" + escaped.substring(last);
        }
        return escapeHtml(escaped);
    }

    private static String quiet(String words) {
        String line = CONTROLS.matcher(words.replaceAll("\\s+", " ").strip()).replaceAll("\uFFFD");
        return CALLS.matcher(line).replaceAll(match -> match.group() + "\u200B");
    }

    private static String escapeHtml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
