package io.mlcicd.deployment.supervisor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the value at a JSON pointer (RFC 6901) in a JSON text (RFC 8259), reading no further than needed. A value is
 * found when it is a number, a text or a boolean; an object or a list at that place is none.
 */
final class JsonPlace {

    /** A value; a boolean is the category {@code true} or {@code false}. */
    record Value(boolean isNumber, double number, String text) {

        /** Whether both are the same prediction: numbers up to rounding in the ninth digit. */
        boolean same(Value other) {
            if (isNumber && other.isNumber) {
                double scale = Math.max(Math.abs(number), Math.abs(other.number));
                return Math.abs(number - other.number) <= 1e-9 * scale;
            }
            return isNumber == other.isNumber && text.equals(other.text);
        }
    }

    private static final int DEEPEST = 200;

    private final String text;
    private int at;

    private JsonPlace(String text) {
        this.text = text;
    }

    /** The value at that pointer; empty when there is none, or the text is no JSON up to there. */
    static Optional<Value> find(String json, String pointer) {
        List<String> path = Stream.of(pointer.split("/", -1))
                .skip(1)
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
        try {
            return new JsonPlace(json).find(path);
        } catch (IllegalStateException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Value> find(List<String> path) {
        for (String part : path) {
            char opening = next();
            boolean found = opening == '{' ? enterMember(part) : opening == '[' && enterItem(part);
            if (!found) {
                return Optional.empty();
            }
        }
        return scalar();
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new IllegalStateException("expected " + wanted);
        }
        at++;
    }

    private boolean enterMember(String name) {
        expect('{');
        if (next() == '}') {
            return false;
        }
        while (true) {
            String key = string();
            expect(':');
            if (key.equals(name)) {
                return true;
            }
            skip(0);
            if (next() == '}') {
                return false;
            }
            expect(',');
        }
    }

    private boolean enterItem(String index) {
        int wanted = Integer.parseInt(index);
        expect('[');
        for (int i = 0; next() != ']'; i++) {
            if (i == wanted) {
                return true;
            }
            skip(0);
            if (next() == ',') {
                at++;
            }
        }
        return false;
    }

    private void skip(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("too deep");
        }
        char opening = next();
        if (opening == '"') {
            string();
        } else if (opening == '{' || opening == '[') {
            at++;
            while (next() != '}' && text.charAt(at) != ']') {
                skip(depth + 1);
                if (next() == ':' || text.charAt(at) == ',') {
                    at++;
                }
            }
            at++;
        } else {
            word();
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && ",]}: \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw new IllegalStateException("expected a value");
        }
        return text.substring(start, at);
    }

    private Optional<Value> scalar() {
        char first = next();
        if (first == '"') {
            return Optional.of(new Value(false, Double.NaN, string()));
        }
        if (first == '{' || first == '[') {
            return Optional.empty();
        }
        String word = word();
        return switch (word) {
            case "true", "false" -> Optional.of(new Value(false, Double.NaN, word));
            case "null" -> Optional.empty();
            default -> Optional.of(new Value(true, Double.parseDouble(word), word));
        };
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }
}
