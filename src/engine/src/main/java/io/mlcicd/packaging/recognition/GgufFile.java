package io.mlcicd.packaging.recognition;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the head of a GGUF file (ggml, "GGUF" specification, versions 1 to 3): its version and what its metadata say of
 * architecture, name, size and licence. Of a vocabulary no more is read than is needed to get past it, of tensors
 * nothing.
 */
final class GgufFile {

    private static final int MAGIC = 0x46554747;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final long LONGEST_HEAD = 1L << 28;
    private static final int MOST_KEYS = 1 << 16;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of a value of each type, from type 0 on; 0 for those that tell their own length. */
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private static final Map<String, String> TOLD = Map.of(
            "general.architecture", "architecture",
            "general.name", "name",
            "general.license", "license",
            "general.size_label", "size",
            "general.quantization_version", "quantization");
    private static final Set<String> CONTEXT = Set.of("context_length", "embedding_length");

    private final DataInputStream in;
    private final Map<String, String> told = new TreeMap<>();
    private long left = LONGEST_HEAD;
    private int version;

    private GgufFile(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Reads the head.
     *
     * @throws IOException when the file is none, or broken
     */
    static ModelFacts read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new GgufFile(in).facts();
        }
    }

    private ModelFacts facts() throws IOException {
        if (number(4) != MAGIC) {
            throw new IOException("it does not begin with GGUF");
        }
        version = (int) number(4);
        if (version < 1 || version > 3) {
            throw new IOException("version %d of the format is not known; 1 to 3 are".formatted(version));
        }
        told.put("gguf", String.valueOf(version));
        told.put("tensors", String.valueOf(length()));
        long keys = length();
        if (keys < 0 || keys > MOST_KEYS) {
            throw new IOException("it tells of %d keys".formatted(keys));
        }
        for (long key = 0; key < keys; key++) {
            entry();
        }
        return new ModelFacts(ModelKind.GGUF, told, Signature.NONE);
    }

    private void entry() throws IOException {
        String key = text();
        int type = (int) number(4);
        String name = TOLD.getOrDefault(key, "");
        String last = key.substring(key.lastIndexOf('.') + 1);
        if (name.isEmpty() && CONTEXT.contains(last)) {
            name = last.replace('_', ' ');
        }
        if (type == STRING && !name.isEmpty()) {
            told.put(name, text());
        } else if (isWhole(type) && !name.isEmpty()) {
            told.put(name, String.valueOf(number(SIZES[type])));
        } else {
            skipValue(type);
        }
    }

    private static boolean isWhole(int type) {
        return type >= 0 && type < SIZES.length && SIZES[type] > 0 && type != 6 && type != 7 && type != 12;
    }

    private void skipValue(int type) throws IOException {
        if (type == STRING) {
            skip(length());
        } else if (type == ARRAY) {
            int element = (int) number(4);
            long count = length();
            if (element != STRING) {
                skip(Math.multiplyExact(count, (long) sizeOf(element)));
                return;
            }
            for (long i = 0; i < count; i++) {
                skip(length());
            }
        } else {
            skip(sizeOf(type));
        }
    }

    private static int sizeOf(int type) throws IOException {
        if (type < 0 || type >= SIZES.length || SIZES[type] == 0) {
            throw new IOException("there is no type " + type);
        }
        return SIZES[type];
    }

    private String text() throws IOException {
        long length = length();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text is %d bytes long".formatted(length));
        }
        spend(length);
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Version 1 counted with four bytes. */
    private long length() throws IOException {
        return number(version == 1 ? 4 : 8);
    }

    /** Little-endian, as nearly every GGUF file is. */
    private long number(int bytes) throws IOException {
        spend(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.readUnsignedByte() << (8 * i);
        }
        return value;
    }

    private void skip(long bytes) throws IOException {
        spend(bytes);
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new EOFException("it ends within its metadata");
        }
    }

    private void spend(long bytes) throws IOException {
        if (bytes < 0 || bytes > left) {
            throw new IOException("its metadata are longer than %d bytes".formatted(LONGEST_HEAD));
        }
        left -= bytes;
    }
}
