package io.mlcicd.spark;

import java.util.ArrayList;
import java.util.List;

/** SQL as words, names and texts with their quotes, numbers, and single characters of all else, spaces among them. */
final class SqlTokens {

    private final String sql;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /** The tokens, which are all of the SQL. */
    static List<String> of(String sql) {
        return new SqlTokens(sql).split();
    }

    private List<String> split() {
        List<String> tokens = new ArrayList<>();
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
        return tokens;
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
