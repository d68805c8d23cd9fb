package io.mlcicd.packaging.recognition;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Walks through UBJSON (Universal Binary JSON specification, draft 12) and keeps what a {@link ModelTree} wants. */
final class UbjsonReader {

    private static final int LONGEST_TEXT = 1 << 20;
    private static final int DEEPEST = 64;

    private final DataInputStream in;
    private final ModelTree tree;

    UbjsonReader(InputStream in, ModelTree tree) {
        this.in = new DataInputStream(in);
        this.tree = tree;
    }

    /**
     * Walks through one object.
     *
     * @throws IOException when it is none, or broken
     */
    void read() throws IOException {
        if (in.readByte() != '{') {
            throw new IOException("it does not begin with an object");
        }
        container(false, "", true, 0);
    }

    private void container(boolean array, String path, boolean wanted, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("it is nested more than %d deep".formatted(DEEPEST));
        }
        int marker = in.readByte();
        int type = 0;
        if (marker == '$') {
            type = in.readByte();
            marker = in.readByte();
        }
        long count = -1;
        if (marker == '#') {
            count = whole(in.readByte());
        } else if (type != 0) {
            throw new IOException("a list of one type has no length");
        }
        if (array && type != 0 && (!wanted || count > LONGEST_TEXT) && width(type) > 0) {
            in.skipNBytes(Math.multiplyExact(count, (long) width(type)));
            return;
        }
        for (long i = 0; count < 0 || i < count; i++) {
            // Without a length the marker that was read is already the first item's, or the end.
            int next = count < 0 ? (i == 0 ? marker : in.readByte()) : 0;
            if (count < 0 && next == (array ? ']' : '}')) {
                return;
            }
            if (array) {
                value(type != 0 ? type : count < 0 ? next : in.readByte(), path, wanted, depth);
            } else {
                String below = ModelTree.below(path, characters(whole(count < 0 ? next : in.readByte())));
                boolean wantedBelow = wanted && tree.wants(below);
                value(type != 0 ? type : in.readByte(), below, wantedBelow, depth);
            }
        }
    }

    private void value(int type, String path, boolean wanted, int depth) throws IOException {
        switch (type) {
            case '{' -> container(false, path, wanted, depth + 1);
            case '[' -> container(true, path, wanted, depth + 1);
            case 'S', 'H' -> text(path, wanted);
            case 'i', 'U', 'I', 'l', 'L' -> {
                long number = whole(type);
                if (wanted) {
                    tree.add(path, String.valueOf(number));
                }
            }
            default -> {
                if (width(type) < 0) {
                    throw new IOException("there is no type " + type);
                }
                in.skipNBytes(width(type));
            }
        }
    }

    private void text(String path, boolean wanted) throws IOException {
        long length = whole(in.readByte());
        if (wanted) {
            tree.add(path, characters(length));
        } else {
            in.skipNBytes(length);
        }
    }

    private String characters(long length) throws IOException {
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text is %d bytes long".formatted(length));
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long whole(int type) throws IOException {
        long number = switch (type) {
            case 'i' -> in.readByte();
            case 'U' -> in.readUnsignedByte();
            case 'I' -> in.readShort();
            case 'l' -> in.readInt();
            case 'L' -> in.readLong();
            default -> throw new IOException("type %d is no whole number".formatted(type));
        };
        return number;
    }

    /** Bytes of a value of that type; -1 for none that has a fixed width. */
    private static int width(int type) {
        return switch (type) {
            case 'Z', 'N', 'T', 'F' -> 0;
            case 'i', 'U', 'C' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> -1;
        };
    }
}
