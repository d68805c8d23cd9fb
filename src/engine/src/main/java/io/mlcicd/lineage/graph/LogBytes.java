package io.mlcicd.lineage.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The whole lines of a log as bytes: what is half written, or being written now, has no line feed yet. */
final class LogBytes {

    private static final int BLOCK = 1 << 20;

    private LogBytes() {}

    /** One line, without its line feed; the bytes are used again afterwards. */
    @FunctionalInterface
    interface Line {
        void next(long number, byte[] bytes, int offset, int length) throws IOException;
    }

    /** Hands on all lines; none when there is no such file. */
    static void lines(Path file, Line line) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = new byte[BLOCK];
        int filled = 0;
        long number = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int more = in.read(bytes); more >= 0; more = in.read(bytes, filled, bytes.length - filled)) {
                int begin = 0;
                for (int i = filled; i < filled + more; i++) {
                    if (bytes[i] == '\n') {
                        number++;
                        line.next(number, bytes, begin, i - begin);
                        begin = i + 1;
                    }
                }
                filled += more - begin;
                System.arraycopy(bytes, begin, bytes, 0, filled);
                if (filled == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * filled);
                }
            }
        }
    }
}
