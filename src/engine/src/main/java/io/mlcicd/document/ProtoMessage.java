package io.mlcicd.document;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * One message in the wire format of Protocol Buffers (protobuf.dev, "Encoding"), read field by field where it lies in a
 * file: what is not asked for is passed over without being read, however large it is.
 */
public final class ProtoMessage {

    /** Text longer than this is no name or version. */
    private static final int LONGEST_TEXT = 1 << 16;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int WINDOW = 1 << 12;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long windowStart;
    private long position;
    private int wireType;
    private long value;

    private ProtoMessage(FileChannel channel, long start, long end) {
        this.channel = channel;
        this.position = start;
        this.end = end;
    }

    /** The whole file as one message. */
    public static ProtoMessage of(FileChannel channel) throws IOException {
        return new ProtoMessage(channel, 0, channel.size());
    }

    /** The bytes of a file from {@code start} up to {@code end} as one message. */
    static ProtoMessage of(FileChannel channel, long start, long end) {
        return new ProtoMessage(channel, start, end);
    }

    /**
     * Goes to the next field.
     *
     * @return its number; 0 at the end
     * @throws IOException when these bytes are no message
     */
    public int next() throws IOException {
        if (position >= end) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        long number = tag >>> 3;
        if (number < 1 || number > 536_870_911) {
            throw new IOException("there is no field of number " + number);
        }
        switch (wireType) {
            case VARINT -> value = varint();
            case FIXED_64 -> value = fixed(8);
            case FIXED_32 -> value = fixed(4);
            case LENGTH -> {
                value = varint();
                skip(value);
            }
            default -> throw new IOException("there is no wire type " + wireType);
        }
        return (int) number;
    }

    /** The field's number value. */
    public long number() throws IOException {
        require(VARINT);
        return value;
    }

    /** The field's floating-point number, of single or double precision. */
    double real() throws IOException {
        if (wireType == FIXED_32) {
            return Float.intBitsToFloat((int) value);
        }
        require(FIXED_64);
        return Double.longBitsToDouble(value);
    }

    /** The field's text. */
    public String text() throws IOException {
        require(LENGTH);
        if (value > LONGEST_TEXT) {
            throw new IOException("a text is %d bytes long".formatted(value));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) value);
        long at = position - value;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at + bytes.position());
            if (read < 0) {
                throw new EOFException("it ends within a text");
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    /** The message in the field. */
    public ProtoMessage message() throws IOException {
        require(LENGTH);
        return new ProtoMessage(channel, position - value, position);
    }

    private void require(int wanted) throws IOException {
        if (wireType != wanted) {
            throw new IOException("a field has the wire type %d instead of %d".formatted(wireType, wanted));
        }
    }

    private void skip(long bytes) throws IOException {
        if (bytes < 0 || bytes > end - position) {
            throw new EOFException("a field reaches beyond the end");
        }
        position += bytes;
    }

    private long fixed(int octets) throws IOException {
        long result = 0;
        for (int i = 0; i < octets; i++) {
            result |= (long) octet() << (8 * i);
        }
        return result;
    }

    private long varint() throws IOException {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            result |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return result;
            }
        }
        throw new IOException("a number has more than ten bytes");
    }

    private int octet() throws IOException {
        if (position >= end) {
            throw new EOFException("it ends within a field");
        }
        long offset = position - windowStart;
        if (offset < 0 || offset >= window.limit()) {
            window.clear();
            windowStart = position;
            offset = 0;
            int read = channel.read(window, position);
            window.flip();
            if (read <= 0) {
                throw new EOFException("it ends within a field");
            }
        }
        position++;
        return Byte.toUnsignedInt(window.get((int) offset));
    }
}
