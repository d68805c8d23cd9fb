package io.mlcicd.document;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes messages in the wire format of Protocol Buffers, for tests of what reads them. */
public final class ProtoBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtoBytes integer(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    public ProtoBytes real(int field, double value) {
        varint((long) field << 3 | 1);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    public ProtoBytes single(int field, float value) {
        varint((long) field << 3 | 5);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    public ProtoBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoBytes message(int field, ProtoBytes value) {
        return bytes(field, value.toBytes());
    }

    private ProtoBytes bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** These messages as TFRecords, whose checksum is computed bit by bit (RFC 3720, appendix B.4, polynomial 1EDC6F41). */
    public static byte[] records(ProtoBytes... messages) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (ProtoBytes message : messages) {
            byte[] data = message.toBytes();
            byte[] length = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(data.length)
                    .array();
            file.writeBytes(length);
            file.writeBytes(masked(length));
            file.writeBytes(data);
            file.writeBytes(masked(data));
        }
        return file.toByteArray();
    }

    private static byte[] masked(byte[] data) {
        int crc = ~0;
        for (byte octet : data) {
            crc ^= Byte.toUnsignedInt(octet);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
            }
        }
        int sum = ~crc;
        int masked = (sum >>> 15 | sum << 17) + 0xa282ead8;
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }
}
