package io.mlcicd.packaging.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How a file is packed, told by its first bytes: all that joblib and NumPy write. */
enum ByteKind {
    ZIP("zip"),
    NUMPY("npy"),
    GZIP("gzip"),
    ZLIB("zlib"),
    BZIP2("bzip2"),
    XZ("xz"),
    LZMA("lzma"),
    LZ4("lz4"),
    OTHER("nothing");

    /** How many bytes it takes to tell. */
    static final int HEAD = 8;

    private static final long LARGEST = 1L << 36;
    private static final int DEFLATE = 0x78;

    private final String label;

    ByteKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static ByteKind of(byte[] head) {
        if (begins(head, 'P', 'K', 3, 4)) {
            return ZIP;
        }
        if (begins(head, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return NUMPY;
        }
        if (begins(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (begins(head, 'B', 'Z', 'h')) {
            return BZIP2;
        }
        if (begins(head, 0xfd, '7', 'z', 'X', 'Z')) {
            return XZ;
        }
        if (begins(head, 0x5d, 0, 0)) {
            return LZMA;
        }
        if (begins(head, 4, 0x22, 0x4d, 0x18)) {
            return LZ4;
        }
        boolean zlib =
                begins(head, DEFLATE) && head.length > 1 && (DEFLATE << 8 | Byte.toUnsignedInt(head[1])) % 31 == 0;
        return zlib ? ZLIB : OTHER;
    }

    private static boolean begins(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (Byte.toUnsignedInt(head[i]) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    InputStream decompressed(InputStream in) throws IOException {
        InputStream plain = switch (this) {
            case GZIP -> new GZIPInputStream(in);
            case ZLIB -> new InflaterInputStream(in);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            default -> throw new IllegalStateException(label + " is not decompressed");
        };
        return new LimitedStream(plain, LARGEST);
    }
}
