package io.mlcicd.packaging.pickle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Bytes of a pickle with their place; texts that are too long to name anything are passed over. */
final class PickleInput {

    /** Longer texts are data. */
    private static final int LONGEST_NAME = 1 << 12;

    private static final int LONGEST_LINE = 1 << 22;
    private static final long LARGEST_SKIP = 1L << 40;

    private final PushbackInputStream in;
    private long position;

    PickleInput(InputStream in) {
        this.in = new PushbackInputStream(new BufferedInputStream(in, 1 << 16), 1);
    }

    long position() {
        return position;
    }

    /** The next byte without taking it; -1 at the end. */
    int peek() throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next;
    }

    int octet() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new PickleProblem("it ends before its STOP");
        }
        position++;
        return next;
    }

    /** Little-endian without sign; of eight bytes, with. */
    long whole(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) octet() << (8 * i);
        }
        return value;
    }

    void skip(long bytes) throws IOException {
        if (bytes < 0 || bytes > LARGEST_SKIP) {
            throw new PickleProblem("a length of %d bytes".formatted(bytes));
        }
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new PickleProblem("it ends within a value of %d bytes".formatted(bytes));
        }
        position += bytes;
    }

    /** A text of that many bytes; {@link Value#UNKNOWN} for one that is too long to name anything. */
    Value text(long bytes, Charset charset) throws IOException {
        if (bytes < 0 || bytes > LONGEST_NAME) {
            skip(bytes);
            return Value.UNKNOWN;
        }
        byte[] content = in.readNBytes((int) bytes);
        position += content.length;
        if (content.length < bytes) {
            throw new PickleProblem("it ends within a text of %d bytes".formatted(bytes));
        }
        return new Value.Text(new String(content, charset));
    }

    /** Up to the line feed, which is taken, too. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = octet(); next != '\n'; next = octet()) {
            if (line.length() >= LONGEST_LINE) {
                throw new PickleProblem("a line of more than %d bytes".formatted(LONGEST_LINE));
            }
            line.append((char) next);
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
