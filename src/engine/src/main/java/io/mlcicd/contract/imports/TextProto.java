package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of protocol buffers without their descriptor: each field becomes a list of its values, for only
 * a descriptor says which fields repeat.
 */
final class TextProto {

    private static final int DEEPEST = 64;

    private static final Pattern TOKEN = Pattern.compile("(?:\\s|#[^\\n]*)*(?:(?<name>[A-Za-z_][A-Za-z0-9_.]*)"
            + "|(?<number>-?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?f?)"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')|(?<sign>[{}<>\\[\\]:;,])|(?<end>\\z))");

    private final Path file;
    private final String text;
    private final Matcher matcher;
    private String token = "";
    private String kind = "";

    private TextProto(Path file, String text) {
        this.file = file;
        this.text = text;
        this.matcher = TOKEN.matcher(text);
        next();
    }

    /**
     * The message of a file.
     *
     * @throws InvalidInputException when it is none; the message names file and line
     */
    static ObjectNode read(Path file, String text) {
        TextProto reader = new TextProto(file, text);
        ObjectNode message = reader.message("", 0);
        return message;
    }

    private ObjectNode message(String end, int depth) {
        if (depth > DEEPEST) {
            throw error("messages are nested deeper than any schema is");
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        while (!token.equals(end) || kind.equals("text")) {
            if (!kind.equals("name")) {
                throw error(kind.equals("end") ? "ends within a message" : "expected a field's name, found " + token);
            }
            String name = token;
            next();
            if (token.equals(":")) {
                next();
            }
            if (token.equals("[")) {
                next();
                while (!token.equals("]")) {
                    add(message, name, depth);
                    if (token.equals(",")) {
                        next();
                    }
                }
                next();
            } else {
                add(message, name, depth);
            }
            if (token.equals(";") || token.equals(",")) {
                next();
            }
        }
        if (!end.isEmpty()) {
            next();
        }
        return message;
    }

    private void add(ObjectNode message, String name, int depth) {
        var values = message.withArrayProperty(name);
        if (token.equals("{") || token.equals("<")) {
            String end = token.equals("{") ? "}" : ">";
            next();
            values.add(message(end, depth + 1));
            return;
        }
        values.add(scalar());
        next();
    }

    private JsonNode scalar() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (kind) {
            case "number" -> json.numberNode(new BigDecimal(token.replace("f", "")));
            case "text" -> json.textNode(strings());
            case "name" ->
                token.equals("true") || token.equals("false")
                        ? json.booleanNode(token.equals("true"))
                        : json.textNode(token);
            default -> throw error("expected a value, found " + (token.isEmpty() ? "the file's end" : token));
        };
    }

    private String strings() {
        String body = token.substring(1, token.length() - 1);
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\\' && i + 1 < body.length()) {
                char escaped = body.charAt(++i);
                plain.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private void next() {
        int at = kind.isEmpty() ? 0 : matcher.end();
        matcher.region(at, text.length());
        if (!matcher.lookingAt()) {
            kind = kind.isEmpty() ? "start" : kind;
            throw error(at, "not the text format of protocol buffers");
        }
        for (String group : new String[] {"name", "number", "text", "sign", "end"}) {
            if (matcher.group(group) != null) {
                kind = group;
                token = matcher.group(group);
                return;
            }
        }
    }

    private InvalidInputException error(String problem) {
        return error(matcher.start(kind), problem);
    }

    private InvalidInputException error(int at, String problem) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new InvalidInputException(file + ":" + line + ": " + problem);
    }
}
