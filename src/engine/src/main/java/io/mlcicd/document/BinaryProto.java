package io.mlcicd.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads messages of protocol buffers from files, bare or in records, into the tree that {@link TextProto} makes of their
 * text: each field a list of its values, here even of enumerations their numbers. Only fields that are described are read.
 */
public final class BinaryProto {

    private static final int DEEPEST = 64;

    private BinaryProto() {}

    /** How the bytes of a field are to be understood. */
    private enum Kind {
        TEXT,
        /** Of any integer, boolean or enumeration. */
        INTEGER,
        REAL,
        MESSAGE
    }

    private record Field(String name, Kind kind, Type message) {}

    /** A message's fields by number, as its {@code .proto} file has them. */
    public static final class Type {

        private final Map<Integer, Field> fields = new HashMap<>();

        /** Describes a field of text, or of bytes that are text. */
        public Type text(int number, String name) {
            return add(number, new Field(name, Kind.TEXT, this));
        }

        /** Describes a field of integers, booleans or an enumeration. */
        public Type integer(int number, String name) {
            return add(number, new Field(name, Kind.INTEGER, this));
        }

        /** Describes a field of floating-point numbers. */
        public Type real(int number, String name) {
            return add(number, new Field(name, Kind.REAL, this));
        }

        /** Describes a field of messages. */
        public Type message(int number, String name, Type type) {
            return add(number, new Field(name, Kind.MESSAGE, type));
        }

        private Type add(int number, Field field) {
            fields.put(number, field);
            return this;
        }
    }

    /**
     * The message of a file.
     *
     * @throws InvalidInputException when the file cannot be read or holds no message
     */
    public static ObjectNode read(Path file, Type type) {
        try (FileChannel channel = FileChannel.open(file)) {
            return tree(ProtoMessage.of(channel), type, 0);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " does not exist", e);
        } catch (IOException e) {
            throw new InvalidInputException(file + " is no message of protocol buffers: " + e.getMessage(), e);
        }
    }

    /**
     * The messages of a file of TFRecords, each checked by its checksums.
     *
     * @throws InvalidInputException when the file cannot be read, is damaged or holds something else
     */
    public static List<ObjectNode> records(Path file, Type type) {
        try (FileChannel channel = FileChannel.open(file)) {
            List<ObjectNode> messages = new ArrayList<>();
            for (TfRecords.Span record : TfRecords.of(channel)) {
                messages.add(tree(ProtoMessage.of(channel, record.start(), record.end()), type, 0));
            }
            return messages;
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " does not exist", e);
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read as TFRecords: " + e.getMessage(), e);
        }
    }

    /** Whether a file begins as a file of TFRecords does. */
    public static boolean isRecords(Path file) {
        try (FileChannel channel = Files.isRegularFile(file) ? FileChannel.open(file) : null) {
            return channel != null && TfRecords.begin(channel);
        } catch (IOException e) {
            return false;
        }
    }

    private static ObjectNode tree(ProtoMessage message, Type type, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("messages are nested deeper than " + DEEPEST);
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (int number = message.next(); number != 0; number = message.next()) {
            Field field = type.fields.get(number);
            if (field != null) {
                tree.withArray("/" + field.name()).add(value(message, field, depth));
            }
        }
        return tree;
    }

    private static JsonNode value(ProtoMessage message, Field field, int depth) throws IOException {
        return switch (field.kind()) {
            case TEXT -> JsonNodeFactory.instance.textNode(message.text());
            case INTEGER -> JsonNodeFactory.instance.numberNode(message.number());
            case REAL -> JsonNodeFactory.instance.numberNode(message.real());
            case MESSAGE -> tree(message.message(), field.message(), depth + 1);
        };
    }
}
