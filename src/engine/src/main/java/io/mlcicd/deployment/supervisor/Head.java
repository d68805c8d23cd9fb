package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The head of an HTTP/1.x message: its first line and its header fields, whose bytes are kept as they came (ISO 8859-1).
 * Source: RFC 9112, sections 2 to 6.
 */
record Head(String start, List<Field> fields) {

    /** Fields that are meant for the next hop only (RFC 9110, section 7.6.1), the framing aside, which is passed on as is. */
    private static final Set<String> HOP = Set.of("connection", "keep-alive", "proxy-connection", "te", "upgrade");

    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** Reads a head that ends with an empty line. */
    static Head parse(byte[] bytes) throws IOException {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            // Folded lines and blanks before the colon are how requests are smuggled past a proxy.
            if (colon <= 0 || Character.isWhitespace(lines[i].charAt(colon - 1)) || lines[i].charAt(0) <= ' ') {
                throw new IOException("malformed header line");
            }
            fields.add(new Field(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        return new Head(lines[0], List.copyOf(fields));
    }

    Optional<String> find(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).findFirst();
    }

    /** The elements of a list-valued field, in lower case. */
    Set<String> tokens(String name) {
        Set<String> tokens = new HashSet<>();
        for (Field field : fields) {
            if (field.is(name)) {
                for (String token : field.value().split(",", -1)) {
                    tokens.add(token.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tokens;
    }

    String method() {
        int space = start.indexOf(' ');
        return space < 0 ? start : start.substring(0, space);
    }

    /** The status code of an answer. */
    int status() throws IOException {
        String[] parts = start.split(" ", 3);
        try {
            return Integer.parseInt(parts.length > 1 ? parts[1] : "");
        } catch (NumberFormatException e) {
            throw new IOException("malformed status line", e);
        }
    }

    boolean chunked() {
        return tokens("transfer-encoding").contains("chunked");
    }

    /** The length of the body where the head tells it. */
    OptionalLong contentLength() throws IOException {
        Set<String> lengths = tokens("content-length");
        if (lengths.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long length =
                    lengths.size() == 1 ? Long.parseLong(lengths.iterator().next()) : -1;
            if (length < 0) {
                throw new IOException("malformed Content-Length");
            }
            return OptionalLong.of(length);
        } catch (NumberFormatException e) {
            throw new IOException("malformed Content-Length", e);
        }
    }

    /** Refuses what two readers may understand in two ways. */
    void requireOneFraming() throws IOException {
        Set<String> codings = tokens("transfer-encoding");
        if (!codings.isEmpty()
                && (!codings.equals(Set.of("chunked")) || contentLength().isPresent())) {
            throw new IOException("ambiguous framing");
        }
        contentLength();
    }

    boolean isOldVersion() {
        return start.endsWith("HTTP/1.0");
    }

    /** Whether the other side ends the connection after this message. */
    boolean closes() {
        Set<String> options = tokens("connection");
        boolean old = isOldVersion() || start.startsWith("HTTP/1.0");
        return options.contains("close") || (old && !options.contains("keep-alive"));
    }

    /** The protocol that the client wants to change to; HTTP/2 is none, for requests could not be told apart any more. */
    Optional<String> upgrade() {
        return tokens("connection").contains("upgrade")
                ? find("upgrade")
                        .filter(protocol -> !protocol.toLowerCase(Locale.ROOT).startsWith("h2c"))
                : Optional.empty();
    }

    /** The head for the next hop, with that first line and these fields added. */
    byte[] passedOn(String newStart, List<Field> added) {
        Set<String> dropped = new HashSet<>(HOP);
        dropped.addAll(tokens("connection"));
        StringBuilder text = new StringBuilder(newStart).append("\r\n");
        for (Field field : fields) {
            if (!dropped.contains(field.name().toLowerCase(Locale.ROOT))) {
                text.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        added.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** This head without a field. */
    Head without(String name) {
        return new Head(start, fields.stream().filter(field -> !field.is(name)).toList());
    }
}
