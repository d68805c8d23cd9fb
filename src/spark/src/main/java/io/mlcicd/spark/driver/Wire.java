package io.mlcicd.spark.driver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the two ends say to each other: a byte that tells what comes, and then fields. Numbers are big-endian, as {@link
 * DataOutputStream} writes them; a text is its length in bytes of UTF-8 and those bytes, for {@code writeUTF} ends at 64 KB.
 */
public final class Wire {

    /** What the driver is asked. */
    public enum Ask {
        /** A query whose whole answer is wanted. */
        QUERY(1),
        /** A query whose answer is handed on row by row. */
        STREAM(2),
        /** A query of doubles alone, handed on row by row. */
        SCAN(3),
        /** The columns of a query, which is checked and not run. */
        SCHEMA(4),
        /** A view that stands for files or tables as Spark's reader of a format finds them. */
        LOAD(5),
        /** A view that stands for a query. */
        VIEW(6),
        /** A view that stands for a query, whose answer is kept once it was computed. */
        KEEP(7),
        /** A view of rows with their numbers, in the order of files and of rows in them. */
        NUMBER(8),
        /** The files that are read through a path, by their content. */
        DIGEST(9),
        /** The end. */
        CLOSE(10);

        private final int code;

        Ask(int code) {
            this.code = code;
        }

        /** How it goes over the wire. */
        public int code() {
            return code;
        }

        /** What a byte stands for. */
        public static Ask of(int code) throws IOException {
            for (Ask each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            throw new IOException("the other end speaks another language");
        }
    }

    /** What the driver says. */
    public enum Tell {
        HELLO(1),
        COLUMNS(2),
        ROWS(3),
        DOUBLES(4),
        PROGRESS(5),
        LINE(6),
        DONE(7),
        ERROR(8);

        private final int code;

        Tell(int code) {
            this.code = code;
        }

        /** How it goes over the wire. */
        public int code() {
            return code;
        }

        /** What a byte stands for. */
        public static Tell of(int code) throws IOException {
            for (Tell each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            throw new IOException("the other end speaks another language");
        }
    }

    /** Whose fault an error is. */
    public enum Fault {
        /** The query cannot be understood. */
        QUERY(1),
        /** The data cannot be read. */
        DATA(2),
        /** The cluster failed. */
        CLUSTER(3);

        private final int code;

        Fault(int code) {
            this.code = code;
        }

        /** How it goes over the wire. */
        public int code() {
            return code;
        }

        /** What a byte stands for. */
        public static Fault of(int code) throws IOException {
            for (Fault each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            throw new IOException("the other end speaks another language");
        }
    }

    /** An option of a reader: each file is read by itself, and their rows are united by the columns' names. */
    public static final String APART = "mlcicd.apart";

    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte TRUE = 3;
    private static final byte FALSE = 4;
    private static final byte TEXT = 5;
    private static final byte LIST = 6;

    private static final int LONGEST = 1 << 30;

    private Wire() {}

    /** Writes a text. */
    public static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads a text. */
    public static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("the other end speaks another language");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the other end hung up");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes texts. */
    public static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    /** Reads texts. */
    public static List<String> texts(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    /** Writes a value: null, a long, a double, a boolean, a text or a list of them. */
    public static void value(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? TRUE : FALSE);
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object item : list) {
                value(out, item);
            }
        } else {
            out.writeByte(TEXT);
            text(out, value.toString());
        }
    }

    /** Reads a value; null where there is none. */
    public static Object value(DataInputStream in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case TRUE -> true;
            case FALSE -> false;
            case TEXT -> text(in);
            case LIST -> list(in);
            default -> throw new IOException("the other end speaks another language");
        };
    }

    private static List<Object> list(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(value(in));
        }
        return items;
    }
}
