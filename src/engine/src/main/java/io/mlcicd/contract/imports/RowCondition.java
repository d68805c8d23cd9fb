package io.mlcicd.contract.imports;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions that limit an expectation to some rows, as conditions of ours. */
final class RowCondition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<column>col\\(\\s*(?:\"[^\"]*\"|'[^']*')\\s*\\))|(?<call>\\.(?:notNull|notnull|isNull|isnull)\\(\\))"
                    + "|(?<text>\"[^\"]*\"|'[^']*')|(?<name>`[^`]+`|[A-Za-z_][A-Za-z0-9_]*)|(?<number>-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
                    + "|(?<sign>==|!=|<=|>=|<|>|&|\\||~|\\(|\\)|\\+|-|\\*|/|,|\\[|\\]))");

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=", "IN", "IS");

    /** Between two of them stands one comparison: Python chains comparisons, SQL does not. */
    private static final Set<String> CONNECTIVES = Set.of("AND", "OR", "(", ")");

    private RowCondition() {}

    /** The condition in SQL; empty when it says something that only the other tool's language can. */
    static Optional<String> of(String condition) {
        StringBuilder sql = new StringBuilder();
        String before = "";
        int comparisons = 0;
        int lists = 0;
        Matcher token = TOKEN.matcher(condition);
        int at = 0;
        while (at < condition.stripTrailing().length()) {
            token.region(at, condition.length());
            if (!token.lookingAt()) {
                return Optional.empty();
            }
            at = token.end();
            String next = translated(token);
            if (token.group("call") == null) {
                comparisons = CONNECTIVES.contains(next) ? 0 : comparisons + (COMPARISONS.contains(next) ? 1 : 0);
            }
            boolean name = token.group("name") != null && next.startsWith("\"");
            boolean function = next.equals("(") && before.endsWith("\"");
            boolean nothing = next.equals("NULL") && !before.equals("IS") && !before.equals("NOT");
            if (comparisons > 1 || function || nothing || (name && before.endsWith("\""))) {
                return Optional.empty();
            }
            if (next.equals("[")) {
                if (!before.equals("IN")) {
                    return Optional.empty();
                }
                lists++;
                next = "(";
            } else if (next.equals("]")) {
                if (--lists < 0) {
                    return Optional.empty();
                }
                next = ")";
            }
            boolean tight = sql.isEmpty() || before.equals("(") || next.equals(")");
            sql.append(tight ? "" : " ").append(next);
            before = next;
        }
        return lists == 0 ? Optional.of(sql.toString()) : Optional.empty();
    }

    private static String translated(Matcher token) {
        if (token.group("column") != null) {
            String call = token.group("column");
            return identifier(
                    call.substring(call.indexOf('(') + 1, call.length() - 1).strip());
        }
        if (token.group("call") != null) {
            return token.group("call").toLowerCase(Locale.ROOT).contains("not") ? "IS NOT NULL" : "IS NULL";
        }
        if (token.group("text") != null) {
            String text = token.group("text");
            return "'" + text.substring(1, text.length() - 1).replace("'", "''") + "'";
        }
        if (token.group("name") != null) {
            String name = token.group("name");
            return switch (name) {
                case "and", "AND" -> "AND";
                case "or", "OR" -> "OR";
                case "not", "NOT" -> "NOT";
                case "in", "IN" -> "IN";
                case "True", "true" -> "true";
                case "False", "false" -> "false";
                case "IS", "is" -> "IS";
                case "NULL", "null", "None" -> "NULL";
                default -> identifier(name);
            };
        }
        if (token.group("number") != null) {
            return token.group("number");
        }
        return switch (token.group("sign")) {
            case "==" -> "=";
            case "!=" -> "<>";
            case "&" -> "AND";
            case "|" -> "OR";
            case "~" -> "NOT";
            default -> token.group("sign");
        };
    }

    /** A column in SQL, without the quotes it came in. */
    static String identifier(String name) {
        char first = name.charAt(0);
        String bare = first == '"' || first == '\'' || first == '`' ? name.substring(1, name.length() - 1) : name;
        return '"' + bare.replace("\"", "\"\"") + '"';
    }
}
