package io.mlcicd.deployment.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** One direction of an HTTP/1.x connection, read message by message. */
final class Wire {

    private static final int BUFFER = 1 << 14;
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int LONGEST_CHUNK_LINE = 1 << 12;
    private static final Pattern REQUEST = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ \\S+ HTTP/1\\.[01]");

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    /** What came is no HTTP/1.x request. */
    static final class OtherProtocol extends IOException {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        OtherProtocol(byte[] bytes) {
            super("not HTTP/1");
            this.bytes = bytes;
        }

        /** All that was read of it. */
        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** Takes the bytes of a body. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    Wire(InputStream in) {
        this.in = in;
    }

    /** Waits for the first byte of the next message; false when the other side ended the connection instead. */
    boolean awaitMore() throws IOException {
        return from < to || fill();
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, BUFFER));
        return to > 0;
    }

    /**
     * The head of a request.
     *
     * @throws OtherProtocol when the other side speaks something else
     */
    Optional<Head> request() throws IOException {
        if (!awaitMore()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!isTokenStart(buffer[from])) {
            throw new OtherProtocol(takeBuffered(bytes));
        }
        readLine(bytes, LONGEST_HEAD);
        String first = bytes.toString(StandardCharsets.ISO_8859_1).strip();
        if (!first.isEmpty() && !REQUEST.matcher(first).matches()) {
            throw new OtherProtocol(takeBuffered(bytes));
        }
        return Optional.of(first.isEmpty() ? head(new ByteArrayOutputStream()) : head(bytes));
    }

    private static boolean isTokenStart(byte first) {
        return first == '\r' || first == '\n' || (first > 0 && Character.isLetter((char) first));
    }

    private byte[] takeBuffered(ByteArrayOutputStream read) {
        read.write(buffer, from, to - from);
        from = to;
        return read.toByteArray();
    }

    /** The head of an answer. */
    Head answer() throws IOException {
        return head(new ByteArrayOutputStream());
    }

    private Head head(ByteArrayOutputStream bytes) throws IOException {
        boolean any = bytes.size() > 0;
        while (true) {
            int before = bytes.size();
            readLine(bytes, LONGEST_HEAD);
            boolean blank = bytes.size() - before <= 2
                    && new String(bytes.toByteArray(), before, bytes.size() - before, StandardCharsets.ISO_8859_1)
                            .isBlank();
            if (blank && any) {
                return Head.parse(bytes.toByteArray());
            }
            any = true;
        }
    }

    private void readLine(ByteArrayOutputStream into, int longest) throws IOException {
        while (true) {
            if (!awaitMore()) {
                throw new EOFException("the connection ended in the middle of a message");
            }
            byte next = buffer[from++];
            into.write(next);
            if (into.size() > longest) {
                throw new IOException("a line or head is too long");
            }
            if (next == '\n') {
                return;
            }
        }
    }

    /** Hands on that many bytes. */
    void copy(long length, Sink sink) throws IOException {
        long left = length;
        while (left > 0) {
            if (!awaitMore()) {
                throw new EOFException("the connection ended in the middle of a body");
            }
            int n = (int) Math.min(left, to - from);
            sink.take(buffer, from, n);
            from += n;
            left -= n;
        }
    }

    /**
     * Hands on a body in chunks (RFC 9112, section 7.1).
     *
     * @param framed hears the chunks with their framing, trailers included
     * @param content hears their contents
     */
    void copyChunked(Sink framed, Sink content) throws IOException {
        Sink both = (bytes, offset, length) -> {
            framed.take(bytes, offset, length);
            content.take(bytes, offset, length);
        };
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            readLine(line, LONGEST_CHUNK_LINE);
            framed.take(line.toByteArray(), 0, line.size());
            long size = size(line.toString(StandardCharsets.ISO_8859_1));
            if (size == 0) {
                break;
            }
            copy(size, both);
            line.reset();
            readLine(line, LONGEST_CHUNK_LINE);
            framed.take(line.toByteArray(), 0, line.size());
        }
        ByteArrayOutputStream trailer = new ByteArrayOutputStream();
        int before;
        do {
            before = trailer.size();
            readLine(trailer, LONGEST_HEAD);
        } while (trailer.size() - before > 2);
        framed.take(trailer.toByteArray(), 0, trailer.size());
    }

    private static long size(String line) throws IOException {
        int end = line.indexOf(';');
        try {
            return Long.parseUnsignedLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("malformed chunk", e);
        }
    }

    /** Hands on all until the other side ends the connection. */
    void copyToEnd(Sink sink) throws IOException {
        while (awaitMore()) {
            sink.take(buffer, from, to - from);
            from = to;
        }
    }
}
