package io.mlcicd.document;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Finds the records of a file of TFRecords ("TFRecords format details", TensorFlow guide): the length of the data in
 * eight bytes, its masked CRC-32C in four, the data, their masked CRC-32C in four; all little-endian.
 */
final class TfRecords {

    private static final int HEAD = 12;
    private static final int FOOT = 4;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int PIECE = 1 << 16;

    private TfRecords() {}

    /** Where the data of a record lie in the file. */
    record Span(long start, long end) {}

    /** @throws IOException when a record is cut off or damaged */
    static List<Span> of(FileChannel channel) throws IOException {
        List<Span> records = new ArrayList<>();
        long at = 0;
        while (at < channel.size()) {
            long length = length(channel, at);
            long start = at + HEAD;
            if (length < 0 || length > channel.size() - start - FOOT) {
                throw new EOFException("the record at byte %d is cut off".formatted(at));
            }
            if (masked(channel, start, length)
                    != read(channel, start + length, FOOT).getInt()) {
                throw new IOException("the record at byte %d is damaged: its checksum is another".formatted(at));
            }
            records.add(new Span(start, start + length));
            at = start + length + FOOT;
        }
        return records;
    }

    /** Whether the file begins with a length and its checksum. */
    static boolean begin(FileChannel channel) throws IOException {
        if (channel.size() < HEAD) {
            return false;
        }
        ByteBuffer head = read(channel, 0, HEAD);
        return masked(channel, 0, Long.BYTES) == head.getInt(Long.BYTES);
    }

    private static long length(FileChannel channel, long at) throws IOException {
        ByteBuffer head = read(channel, at, HEAD);
        if (masked(channel, at, Long.BYTES) != head.getInt(Long.BYTES)) {
            throw new IOException(
                    "there is no record at byte %d, or it is damaged; a compressed file must be unpacked first"
                            .formatted(at));
        }
        return head.getLong(0);
    }

    private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the record at byte %d is cut off".formatted(at));
            }
        }
        return buffer.flip();
    }

    /** The checksum of CRC-32C, rotated and moved, that checksums of data with checksums stay good. */
    private static int masked(FileChannel channel, long start, long length) throws IOException {
        CRC32C crc = new CRC32C();
        for (long done = 0; done < length; done += PIECE) {
            crc.update(read(channel, start + done, (int) Math.min(PIECE, length - done)));
        }
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }
}
