package io.mlcicd.contract.imports;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions that limit an expectation to some rows, as conditions of ours. */
final class RowCondition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<column>col\\(\\s*(?:\"[^\"]*\"|'[^']*')\\s*\\))|(?<call>\\.(?:notNull|notnull|isNull|isnull)\\(\\))"
                    + "|(?<text>\"[^\"]*\"|'[^']*')|(?<name>`[^`]+`|[A-Za-z_][A-Za-z0-9_]*)|(?<number>-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
                    + "|(?<sign>==|!=|<=|>=|<|>|&|\\||~|\\(|\\)|\\+|-|\\*|/|,|\\[|\\]))");

    private RowCondition() {}

    /** The condition in SQL; empty when it says something that only the other tool's language can. */
    static Optional<String> of(String condition) {
        StringBuilder sql = new StringBuilder();
        Matcher token = TOKEN.matcher(condition);
        int at = 0;
        while (at < condition.stripTrailing().length()) {
            token.region(at, condition.length());
            if (!token.lookingAt()) {
                return Optional.empty();
            }
            at = token.end();
            sql.append(sql.isEmpty() ? "" : " ").append(translated(token));
        }
        String text = sql.toString().replace("( ", "(").replace(" )", ")");
        return text.contains("[") || text.contains("]") ? lists(text) : Optional.of(text);
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

    /** Lists stand in square brackets there and in round ones here. */
    private static Optional<String> lists(String sql) {
        return sql.contains("IN [")
                ? Optional.of(sql.replace("[ ", "(")
                        .replace("[", "(")
                        .replace(" ]", ")")
                        .replace("]", ")"))
                : Optional.empty();
    }

    /** A column in SQL, without the quotes it came in. */
    static String identifier(String name) {
        char first = name.charAt(0);
        String bare = first == '"' || first == '\'' || first == '`' ? name.substring(1, name.length() - 1) : name;
        return '"' + bare.replace("\"", "\"\"") + '"';
    }
}
