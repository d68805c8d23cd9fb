package io.mlcicd.spark;

import java.util.ArrayList;
import java.util.List;

/** SQL as words, names and texts with their quotes, numbers, and single characters of all else, spaces among them. */
final class SqlTokens {

    private final String sql;
    private final List<String> tokens = new ArrayList<>();

    /** The tokens, which are all of the SQL. */
    SqlTokens(String sql) {
        this.sql = sql;
        split();
    }

    String sql() {
        return sql;
    }

    int size() {
        return tokens.size();
    }

    String get(int at) {
        return tokens.get(at);
    }

    /** The SQL from a token to another, which is not part of it. */
    String text(int from, int to) {
        return String.join("", tokens.subList(from, to));
    }

    /** Whether there is a token there, and it is that one. */
    boolean is(int at, String token) {
        return at >= 0 && at < tokens.size() && tokens.get(at).equals(token);
    }

    /** The index of the parenthesis that closes one. */
    int close(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("a parenthesis is not closed: " + sql);
    }

    /** The first index from there on that holds no space. */
    int skipped(int at) {
        int i = at;
        while (i < tokens.size() && tokens.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    /** The next index that holds no space. */
    int next(int at) {
        return skipped(at + 1);
    }

    /** What stands between commas in parentheses: of each argument the first index, and the one after its last. */
    List<int[]> arguments(int open, int close) {
        List<int[]> arguments = new ArrayList<>();
        int start = open + 1;
        for (int i = open + 1; i <= close; i++) {
            if (tokens.get(i).equals("(")) {
                i = close(i);
            } else if (i == close || tokens.get(i).equals(",")) {
                arguments.add(new int[] {start, i});
                start = i + 1;
            }
        }
        return arguments;
    }

    private void split() {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end = at + 1;
            if (c == '\'' || c == '"') {
                end = endOfQuoted(at, c);
            } else if (Character.isLetter(c) || c == '_') {
                while (end < sql.length() && isPartOfWord(sql.charAt(end))) {
                    end++;
                }
            } else if (Character.isDigit(c)) {
                end = endOfNumber(at);
            }
            tokens.add(sql.substring(at, end));
            at = end;
        }
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private int endOfNumber(int start) {
        int end = start;
        while (end < sql.length()
                && (isPartOfWord(sql.charAt(end))
                        || sql.charAt(end) == '.'
                        || ((sql.charAt(end) == '-' || sql.charAt(end) == '+')
                                && (sql.charAt(end - 1) == 'E' || sql.charAt(end - 1) == 'e')))) {
            end++;
        }
        return end;
    }

    private int endOfQuoted(int start, char quote) {
        int end = start + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) == quote) {
                if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                    end++;
                } else {
                    return end + 1;
                }
            }
            end++;
        }
        throw new IllegalStateException("a text or name has no end: " + sql.substring(start));
    }
}
