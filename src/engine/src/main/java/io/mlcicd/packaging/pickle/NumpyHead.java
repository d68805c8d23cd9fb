package io.mlcicd.packaging.pickle;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The head of a NumPy array in a file (numpy.lib.format, versions 1 to 3). */
final class NumpyHead {

    private static final int MAGIC = 6;
    private static final int LONGEST = 1 << 20;

    /** An array of Python objects is a pickle behind the head; so is one whose records hold objects. */
    private static final Pattern OBJECTS = Pattern.compile("'[|<>=]?O\\d*'");

    private NumpyHead() {}

    /**
     * Passes over the head.
     *
     * @return whether a pickle follows
     */
    static boolean skipTo(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        data.skipNBytes(MAGIC);
        int major = data.readUnsignedByte();
        data.readUnsignedByte();
        long length = Short.toUnsignedInt(Short.reverseBytes(data.readShort()));
        if (major > 1) {
            length |= (long) Short.toUnsignedInt(Short.reverseBytes(data.readShort())) << 16;
        }
        String head = new String(data.readNBytes((int) Math.min(length, LONGEST)), StandardCharsets.UTF_8);
        return OBJECTS.matcher(head).find();
    }
}
