package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Regular expressions of other tools as those that match whole texts in RE2 syntax. */
final class RegularExpressions {

    /** Escapes and sets of characters, in which nothing else has a meaning, and then what RE2 does not know. */
    private static final Pattern PART = Pattern.compile(
            "(?<beyond>\\(\\?(?:=|!|<=|<!|>|P=|\\(|#|[a-zA-Z]*[xLau])|\\\\[1-9Zu]|\\\\N\\{|(?<=[*+?}])\\+)"
                    + "|\\\\.(?:\\+(?!\\+))?|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\](?:\\+(?!\\+))?|.",
            Pattern.DOTALL);

    private RegularExpressions() {}

    /** An expression that is looked for anywhere in a text, as one that matches the whole of it. */
    static String anywhere(String expression) {
        return "(?s:.*)(?:" + expression + ")(?s:.*)";
    }

    /** An expression that is looked for at a text's start. */
    static String atStart(String expression) {
        return "(?:" + expression + ")(?s:.*)";
    }

    /** Any of several. */
    static String any(List<String> expressions) {
        return expressions.stream().map(expression -> "(?:" + expression + ")").collect(Collectors.joining("|"));
    }

    /** Exactly that text. */
    static String literally(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            pattern.append(Character.isLetterOrDigit(c) || c == ' ' || c == '_' ? "" : "\\")
                    .append(c);
        }
        return pattern.toString();
    }

    /** SQL's LIKE: {@code %} for any text, {@code _} for one character. */
    static String ofLike(String like) {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            pattern.append(c == '%' ? ".*" : c == '_' ? "." : literally(String.valueOf(c)));
        }
        return pattern.toString();
    }

    /** What RE2 does not know of an expression; empty when it knows all. */
    static Optional<String> beyond(String expression) {
        return PART.matcher(expression)
                .results()
                .filter(part -> part.group(1) != null)
                .findFirst()
                .map(part -> "the pattern " + expression + " has " + part.group()
                        + ", which RE2 does not know (look-around, back-references, possessive quantifiers, \\Z)");
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
