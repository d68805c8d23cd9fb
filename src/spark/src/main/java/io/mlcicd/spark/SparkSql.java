package io.mlcicd.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the SQL that analytical engines share as Spark SQL has it: names in backticks, texts with backslashes escaped,
 * Spark's words for types and functions. It works on tokens, so that nothing inside a text or a name is touched.
 */
final class SparkSql {

    /** The function that stands for the rows of a relation with their numbers; it is replaced by a view of them. */
    static final String NUMBERED = "mlcicd_numbered";

    private static final Map<String, String> TYPES = Map.of(
            "VARCHAR", "STRING",
            "HUGEINT", "DECIMAL(38, 0)",
            "TIMESTAMPTZ", "TIMESTAMP");

    private static final Map<String, String> FUNCTIONS = Map.of(
            "starts_with", "startswith",
            "quantile_cont", "percentile",
            "unnest", "explode",
            "generate_series", "sequence",
            "error", "raise_error");

    private static final Set<String> CALLS = Set.of(
            "isfinite",
            "isinf",
            "floor",
            "ceil",
            "ln",
            "log10",
            "round",
            "sign",
            "substring",
            "date_part",
            "date_diff",
            "epoch");

    private static final Set<String> ENDS_OF_ORDER = Set.of(")", "LIMIT", "ROWS", "RANGE");

    private static final Set<String> OPERATORS = Set.of("/", "LIKE", "ILIKE");

    private static final Set<String> DROPPED = Set.of("MATERIALIZED");

    /** A number that is not zero. */
    private static final Pattern DIVISOR = Pattern.compile("[0-9]*[1-9][0-9]*(\\.[0-9]+)?(E[0-9]+)?");

    /** Makes views of rows with their numbers. */
    @FunctionalInterface
    interface Numbering {
        /**
         * The name of a view.
         *
         * @param relation what goes after FROM, as Spark writes it
         * @param column what the numbers are called
         */
        String view(String relation, String column) throws InterruptedException;
    }

    private final String sql;
    private final Numbering numbering;
    private final SqlTokens tokens;

    private SparkSql(String sql, Numbering numbering) {
        this.sql = sql;
        this.numbering = numbering;
        this.tokens = new SqlTokens(sql);
    }

    /**
     * A query in Spark's words.
     *
     * @param numbering makes views of rows with their numbers
     */
    static String compile(String sql, Numbering numbering) throws InterruptedException {
        SparkSql compiled = new SparkSql(sql, numbering);
        return compiled.written(0, compiled.tokens.size());
    }

    /** A name as Spark quotes it. */
    static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** A text as Spark writes it. */
    static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + '\'';
    }

    private String written(int from, int to) throws InterruptedException {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            String token = tokens.get(i);
            char first = token.charAt(0);
            if (first == '\'') {
                out.append(literal(unquoted(token, "'")));
            } else if (first == '"') {
                out.append(quote(unquoted(token, "\"")));
            } else if (Character.isLetter(first) || first == '_') {
                i = word(i, out);
            } else if (first == '(') {
                i = group(i, out);
            } else {
                out.append(token);
            }
            i++;
        }
        return out.toString();
    }

    /** Writes what is in parentheses; returns the index of the last token that was used. */
    private int group(int open, StringBuilder out) throws InterruptedException {
        int close = tokens.close(open);
        int operator = operator(open, close);
        if (operator > 0) {
            boolean divides = tokens.get(operator).equals("/");
            String left = written(open + 1, operator).strip();
            String right = written(operator + 1, close).strip();
            out.append(
                    divides
                            ? quotient(left, right)
                            // A backslash in a pattern is a backslash.
                            : "(%s %s %s ESCAPE '\\u0001')".formatted(left, tokens.get(operator), right));
            return close;
        }
        String inside = written(open + 1, close);
        // A row that is looked for among rows is to Spark a list of values, on both sides.
        out.append(isSelectedRow(open, close) ? inside : "(" + inside + ")");
        return close;
    }

    /** Spark ends a query that divides by zero, which a literal is or is not. */
    private static String quotient(String dividend, String divisor) {
        boolean never = DIVISOR.matcher(divisor).matches();
        return (never
                        ? "(CAST(%s AS DOUBLE) / CAST(%s AS DOUBLE))"
                        : "(mlcicd_divide(CAST(%s AS DOUBLE), CAST(%s AS DOUBLE)))")
                .formatted(dividend, divisor);
    }

    /** The one operator of an expression that has two operands and is in parentheses; negative when it is another. */
    private int operator(int open, int close) {
        int left = operand(open + 1, close);
        int not = tokens.is(left, "NOT") ? tokens.next(left) : left;
        if (not <= 0 || not >= close || !OPERATORS.contains(tokens.get(not))) {
            return -1;
        }
        int right = operand(tokens.next(not), close);
        return right == close ? not : -1;
    }

    /** The index after an operand and the space behind it; negative when there is none. */
    private int operand(int from, int close) {
        int at = tokens.skipped(from);
        if (at >= close) {
            return -1;
        }
        String token = tokens.get(at);
        char first = token.charAt(0);
        if (first == '(') {
            return tokens.skipped(tokens.close(at) + 1);
        }
        if (first == '\'' || first == '"' || Character.isDigit(first)) {
            return tokens.skipped(at + 1);
        }
        if (!Character.isLetter(first)) {
            return -1;
        }
        int after = tokens.skipped(at + 1);
        return switch (token) {
            case "CASE" -> tokens.skipped(end(at) + 1);
            case "DATE", "TIMESTAMP" -> tokens.get(after).startsWith("'") ? tokens.skipped(after + 1) : -1;
            case "NULL", "TRUE", "FALSE" -> after;
            default -> tokens.is(at + 1, "(") ? tokens.skipped(tokens.close(at + 1) + 1) : -1;
        };
    }

    private int end(int caseAt) {
        int depth = 0;
        for (int i = caseAt; i < tokens.size(); i++) {
            depth += tokens.is(i, "CASE") ? 1 : tokens.is(i, "END") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("a CASE has no END: " + sql);
    }

    private boolean isSelectedRow(int open, int close) {
        int before = open - 1;
        while (before > 0 && tokens.get(before).isBlank()) {
            before--;
        }
        return tokens.is(before, "SELECT")
                && tokens.is(tokens.skipped(close + 1), "FROM")
                && tokens.arguments(open, close).size() > 1;
    }

    private List<String> writtenArguments(int open, int close) throws InterruptedException {
        List<String> written = new ArrayList<>();
        for (int[] argument : tokens.arguments(open, close)) {
            written.add(written(argument[0], argument[1]).strip());
        }
        return written;
    }

    private static String unquoted(String token, String quote) {
        return token.substring(1, token.length() - 1).replace(quote + quote, quote);
    }

    /** Writes a word and what belongs to it; returns the index of the last token that was used. */
    private int word(int at, StringBuilder out) throws InterruptedException {
        String word = tokens.get(at);
        String upper = word.toUpperCase(Locale.ROOT);
        boolean called = tokens.is(at + 1, "(");
        if (called && word.equals(NUMBERED)) {
            int close = tokens.close(at + 1);
            int comma = lastComma(at + 1, close);
            String relation = written(at + 2, comma).strip();
            String column = unquoted(written(comma + 1, close).strip(), "`");
            out.append(numbering.view(relation, column));
            return close;
        }
        if (called && upper.equals("EXTRACT") && tokens.is(at + 2, "EPOCH")) {
            int close = tokens.close(at + 1);
            int from = at + 3;
            while (!tokens.get(from).equals("FROM")) {
                from++;
            }
            out.append("(unix_micros(CAST(")
                    .append(written(from + 1, close).strip())
                    .append(" AS TIMESTAMP)) / 1E6)");
            return close;
        }
        if (called && CALLS.contains(word)) {
            int close = tokens.close(at + 1);
            out.append(SparkCalls.of(word, writtenArguments(at + 1, close)));
            return close;
        }
        if (called && (word.equals("regexp_matches") || word.equals("regexp_full_match"))) {
            return pattern(at, out);
        }
        if (word.equals("ORDER") && tokens.is(tokens.next(at), "BY")) {
            return order(tokens.next(at), out);
        }
        if (called && word.equals("TRY_CAST")) {
            int close = tokens.close(at + 1);
            int as = lastAs(at + 1, close);
            out.append(SparkCalls.tried(
                    written(at + 2, as).strip(), written(as + 1, close).strip()));
            return close;
        }
        if (called && FUNCTIONS.containsKey(word)) {
            out.append(FUNCTIONS.get(word));
        } else if (TYPES.containsKey(upper) && !called) {
            out.append(TYPES.get(upper));
        } else if (!DROPPED.contains(upper)) {
            out.append(word);
        }
        return at;
    }

    /** Writes what rows are sorted by: values that are missing come last, which Spark puts first. */
    private int order(int by, StringBuilder out) throws InterruptedException {
        out.append("ORDER BY");
        int start = by + 1;
        int i = start;
        while (i < tokens.size() && !ENDS_OF_ORDER.contains(tokens.get(i))) {
            i = tokens.get(i).equals("(") ? tokens.close(i) + 1 : i + 1;
            boolean ends = i >= tokens.size() || ENDS_OF_ORDER.contains(tokens.get(i));
            if (ends || tokens.get(i).equals(",")) {
                String item = written(start, i).strip();
                out.append(' ').append(item).append(item.contains("NULLS ") ? "" : " NULLS LAST");
                out.append(ends ? " " : ",");
                start = i + 1;
            }
        }
        return i - 1;
    }

    /** Writes the search for a pattern, which Java writes otherwise when it is known. */
    private int pattern(int at, StringBuilder out) throws InterruptedException {
        int close = tokens.close(at + 1);
        List<int[]> arguments = tokens.arguments(at + 1, close);
        String text = written(arguments.get(0)[0], arguments.get(0)[1]).strip();
        int first = tokens.skipped(arguments.get(1)[0]);
        boolean known = tokens.get(first).charAt(0) == '\''
                && tokens.skipped(first + 1) >= arguments.get(1)[1];
        String pattern = known
                ? Re2Pattern.java(unquoted(tokens.get(first), "'"))
                : written(arguments.get(1)[0], arguments.get(1)[1]).strip();
        boolean whole = tokens.get(at).equals("regexp_full_match");
        out.append("regexp_like(")
                .append(text)
                .append(", ")
                .append(!known ? pattern : literal(whole ? "\\A(?:" + pattern + ")\\z" : pattern))
                .append(')');
        return close;
    }

    private int lastAs(int open, int close) {
        for (int i = close - 1; i > open; i--) {
            if (tokens.get(i).equals("AS")) {
                return i;
            }
        }
        throw new IllegalStateException("a cast names no type: " + sql);
    }

    private int lastComma(int open, int close) {
        for (int i = close - 1; i > open; i--) {
            if (tokens.get(i).equals(",")) {
                return i;
            }
        }
        throw new IllegalStateException("needs a relation and a column: " + sql);
    }
}
