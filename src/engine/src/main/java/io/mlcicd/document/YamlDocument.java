package io.mlcicd.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML 1.2 file that remembers where each of its keys stands, so that an error can point there. */
public final class YamlDocument {

    private final Path file;
    private final JsonNode content;
    private final Map<String, Position> positions;
    private final Map<String, String> overridden;

    private YamlDocument(Path file, JsonNode content, Map<String, Position> positions, Map<String, String> overridden) {
        this.file = file;
        this.content = content;
        this.positions = positions;
        this.overridden = overridden;
    }

    /** A document of that name without content, to be filled by overrides. */
    public static YamlDocument empty(Path file) {
        return new YamlDocument(file, JsonNodeFactory.instance.objectNode(), Map.of(), Map.of());
    }

    /** Content that was made from a file in another language; errors name the file, and no place within it. */
    public static YamlDocument of(Path file, JsonNode content) {
        return new YamlDocument(file, content, Map.of(), Map.of());
    }

    /** Content that was made from a file in another language, whose places are known. */
    static YamlDocument of(Path file, JsonNode content, Map<String, Position> positions) {
        return new YamlDocument(file, content, positions, Map.of());
    }

    /**
     * Reads the file and holds it against a JSON Schema.
     *
     * @param schema name of a schema under {@code /io/mlcicd/schema/} on the class path
     * @throws InvalidInputException when the file is missing, is not YAML or breaks the schema; the message names
     *     file, line, column and key, and what would be right
     */
    public static YamlDocument read(Path file, String schema) {
        return parse(file).validated(schema);
    }

    /** This document, once it has been held against a JSON Schema; see {@link #read}. */
    public YamlDocument validated(String schema) {
        JsonSchemas.check(schema, content).stream()
                .map(violation -> error(violation.pointer(), violation.message()))
                .findFirst()
                .ifPresent(error -> {
                    throw error;
                });
        return this;
    }

    /** This document with some of its keys set to other values. */
    public YamlDocument with(List<Replacement> replacements) {
        ObjectNode changed = content.deepCopy();
        Map<String, String> labels = new HashMap<>(overridden);
        for (Replacement replacement : replacements) {
            JsonPointer pointer = JsonPointer.compile(replacement.pointer());
            ObjectNode parent = changed.withObject(pointer.head(), JsonNode.OverwriteMode.ALL, true);
            if (replacement.value().isMissingNode()) {
                parent.withObject("/" + escaped(pointer.last().getMatchingProperty()));
            } else if (replacement.value().isNull()) {
                parent.remove(pointer.last().getMatchingProperty());
            } else {
                parent.set(pointer.last().getMatchingProperty(), replacement.value());
            }
            labels.put(replacement.pointer(), replacement.source());
        }
        return new YamlDocument(file, changed, positions, labels);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Reads the file without a schema. */
    public static YamlDocument parse(Path file) {
        return parse(file, file);
    }

    /**
     * Reads the file without a schema.
     *
     * @param location where it is
     * @param file how errors name it
     */
    public static YamlDocument parse(Path location, Path file) {
        String text = text(location, file);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .setSchema(new CoreSchema())
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw new InvalidInputException(file + " is empty");
            }
            Map<String, Position> positions = new HashMap<>();
            JsonNode content = convert(file, root.get(), "", positions);
            return new YamlDocument(file, content, positions, Map.of());
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new InvalidInputException(file + where + ": not valid YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new InvalidInputException(file + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    /**
     * A value that takes the place of one in the document.
     *
     * @param pointer JSON pointer to the key; objects above it are made as needed
     * @param value the value; null takes the key away, a missing one makes sure of an object
     * @param source where the value comes from, such as {@code --port}, for messages
     */
    public record Replacement(String pointer, JsonNode value, String source) {

        /** A value for a key; empty when there is none to set: null, or an empty list. */
        public static Optional<Replacement> given(String pointer, Object value, String source) {
            boolean given = value != null && !(value instanceof List<?> list && list.isEmpty());
            return given
                    ? Optional.of(new Replacement(pointer, Json.mapper().valueToTree(value), source))
                    : Optional.empty();
        }

        /** An object at a key: the one that is there, else a new one. */
        public static Replacement present(String pointer, String source) {
            return new Replacement(pointer, MissingNode.getInstance(), source);
        }

        /** Takes these keys away, for what another key asks for instead. */
        public static List<Replacement> without(String source, String... pointers) {
            return Arrays.stream(pointers)
                    .map(pointer -> new Replacement(pointer, NullNode.getInstance(), source))
                    .toList();
        }
    }

    /** Where the key of a pointer stands; empty when it is not in the file, or has been given another value. */
    public Optional<Position> position(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (overridden.containsKey(at)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(positions.get(pointer));
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** The content as a JSON tree. */
    public JsonNode content() {
        return content;
    }

    /**
     * Binds a part of the document.
     *
     * @param pointer a JSON pointer to the part; empty for all of it
     */
    public <T> T bind(String pointer, Class<T> type) {
        try {
            return Json.mapper().treeToValue(content.at(pointer), type);
        } catch (JsonProcessingException e) {
            throw error(pointer, e.getOriginalMessage());
        }
    }

    /** An error that points at a key, {@code file:line:column: key: message}, or at what has overridden it. */
    public InvalidInputException error(String pointer, String message) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (overridden.containsKey(at)) {
                return new InvalidInputException(overridden.get(at) + ": " + message);
            }
        }
        String near = pointer;
        while (!positions.containsKey(near) && !near.isEmpty()) {
            near = near.substring(0, near.lastIndexOf('/'));
        }
        String key = pointer.isEmpty() ? "" : dotted(pointer) + ": ";
        if (positions.isEmpty()) {
            return new InvalidInputException(file + ": " + key + message);
        }
        Position at = positions.getOrDefault(near, new Position(1, 1));
        return new InvalidInputException(file + ":" + at.line() + ":" + at.column() + ": " + key + message);
    }

    private static String dotted(String pointer) {
        return pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    private static String text(Path location, Path file) {
        try {
            return Files.readString(location);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode convert(Path file, Node node, String pointer, Map<String, Position> positions) {
        positions.putIfAbsent(pointer, position(node));
        if (node instanceof MappingNode mapping) {
            var object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    Position at = position(entry.getKeyNode());
                    throw new InvalidInputException(
                            "%s:%d:%d: a key must be plain text".formatted(file, at.line(), at.column()));
                }
                String name = key.getValue();
                String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                positions.put(below, position(key));
                if (object.has(name)) {
                    Position at = position(key);
                    throw new InvalidInputException(
                            "%s:%d:%d: the key '%s' stands here twice".formatted(file, at.line(), at.column(), name));
                }
                object.set(name, convert(file, entry.getValueNode(), below, positions));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            var array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(file, item, pointer + "/" + array.size(), positions));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node.getTag().equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return json.booleanNode(Boolean.parseBoolean(text));
        }
        if (node.getTag().equals(Tag.INT)) {
            return number(integer(text));
        }
        if (node.getTag().equals(Tag.FLOAT)) {
            return json.numberNode(decimal(text));
        }
        return json.textNode(text);
    }

    private static BigInteger integer(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        return digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
    }

    /** Numbers that fit are kept as long, so that they compare equal to those that Jackson reads. */
    private static JsonNode number(BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static double decimal(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static Position position(Node node) {
        return node.getStartMark()
                .map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Position(1, 1));
    }
}
