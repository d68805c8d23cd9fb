package io.mlcicd.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of protocol buffers without their descriptor: each field becomes a list of its values, for only
 * a descriptor says which fields repeat.
 */
public final class TextProto {

    private static final int DEEPEST = 64;

    private static final Pattern TOKEN = Pattern.compile("(?:\\s|#[^\\n]*)*(?:(?<name>[A-Za-z_][A-Za-z0-9_.]*)"
            + "|(?<number>-\\s*(?:inf|nan)[a-z]*|-?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?f?)"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')|(?<sign>[{}<>\\[\\]:;,])|(?<end>\\z))");

    /** Text that is not ASCII is written byte by byte, each byte in octal. */
    private static final Pattern PART =
            Pattern.compile("\\\\(?:(?<octal>[0-3]?[0-7]{1,2})|[xX](?<hex>[0-9a-fA-F]{1,2})|(?<escaped>.))|[^\\\\]+");

    private final Path file;
    private final String text;
    private final Matcher matcher;
    private final Map<String, Position> positions = new HashMap<>();
    private int counted;
    private int line = 1;
    private int lineStart;
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
    public static ObjectNode read(Path file, String text) {
        return new TextProto(file, text).message("", "", 0);
    }

    /** The message as a document whose errors point at the field that is meant, such as {@code /feature/0/name/0}. */
    public static YamlDocument document(Path file, String text) {
        TextProto reader = new TextProto(file, text);
        ObjectNode message = reader.message("", "", 0);
        return YamlDocument.of(file, message, reader.positions);
    }

    private ObjectNode message(String end, String pointer, int depth) {
        if (depth > DEEPEST) {
            throw error("messages are nested deeper than any schema is");
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        while (!token.equals(end) || kind.equals("text")) {
            if (!kind.equals("name")) {
                throw error(kind.equals("end") ? "ends within a message" : "expected a field's name, found " + token);
            }
            String name = token;
            Position place = position(matcher.start(kind));
            String field = pointer + "/" + name;
            positions.putIfAbsent(field, place);
            next();
            if (token.equals(":")) {
                next();
            }
            if (token.equals("[")) {
                next();
                while (!token.equals("]")) {
                    add(message, name, field, position(matcher.start(kind)), depth);
                    if (token.equals(",")) {
                        next();
                    }
                }
                next();
            } else {
                add(message, name, field, place, depth);
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

    private void add(ObjectNode message, String name, String field, Position place, int depth) {
        var values = message.withArrayProperty(name);
        String pointer = field + "/" + values.size();
        positions.put(pointer, place);
        if (token.equals("{") || token.equals("<")) {
            String end = token.equals("{") ? "}" : ">";
            next();
            values.add(message(end, pointer, depth + 1));
            return;
        }
        boolean quoted = kind.equals("text");
        JsonNode value = scalar();
        next();
        if (!quoted) {
            values.add(value);
            return;
        }
        StringBuilder joined = new StringBuilder(value.textValue());
        while (kind.equals("text")) {
            joined.append(strings());
            next();
        }
        values.add(joined.toString());
    }

    private JsonNode scalar() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (kind) {
            case "number" ->
                token.contains("n") ? json.textNode(token) : json.numberNode(new BigDecimal(token.replace("f", "")));
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher part = PART.matcher(body);
        while (part.find()) {
            if (part.group("octal") != null) {
                bytes.write(Integer.parseInt(part.group("octal"), 8));
            } else if (part.group("hex") != null) {
                bytes.write(Integer.parseInt(part.group("hex"), 16));
            } else if (part.group("escaped") != null) {
                int control = "abfnrtv".indexOf(part.group("escaped"));
                bytes.writeBytes(
                        (control < 0 ? part.group("escaped") : String.valueOf("\007\b\f\n\r\t\013".charAt(control)))
                                .getBytes(StandardCharsets.UTF_8));
            } else {
                bytes.writeBytes(part.group().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void next() {
        int at = kind.isEmpty() ? 0 : matcher.end();
        matcher.region(at, text.length());
        if (!matcher.lookingAt()) {
            kind = kind.isEmpty() ? "start" : kind;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
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
        return new InvalidInputException(file + ":" + position(at).line() + ": " + problem);
    }

    private Position position(int at) {
        while (counted < Math.min(at, text.length())) {
            if (text.charAt(counted++) == '\n') {
                line++;
                lineStart = counted;
            }
        }
        return new Position(line, at - lineStart + 1);
    }
}
