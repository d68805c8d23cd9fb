package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Regular expressions of other tools as those that match whole texts in RE2 syntax. */
final class RegularExpressions {

    /** Look-around, back-references, atomic groups and possessive quantifiers. */
    private static final Pattern BEYOND_RE2 =
            Pattern.compile("\\(\\?(=|!|<=|<!|>|P=)|(?<!\\\\)(\\\\\\\\)*\\\\[1-9]|[*+?}]\\+");

    private RegularExpressions() {}

    /** An expression that is looked for anywhere in a text, as one that matches the whole of it. */
    static String anywhere(String expression) {
        return "(?s).*(?:" + expression + ").*";
    }

    /** An expression that is looked for at a text's start. */
    static String atStart(String expression) {
        return "(?s)(?:" + expression + ").*";
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
        return BEYOND_RE2.matcher(expression).find()
                ? Optional.of("the pattern " + expression
                        + " has look-around, a back-reference or a possessive quantifier, which RE2 does not know")
                : Optional.empty();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
