package io.mlcicd.data;

import com.github.luben.zstd.ZstdInputStream;
import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a text file is packed, seen from its first bytes, which no text begins with. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 1 << 16;

    /**
     * The compression of a file.
     *
     * @throws InvalidInputException when its name says another
     */
    static Compression of(DataFile file) {
        Compression found = found(file);
        String name = file.path().toString().toLowerCase(Locale.ROOT);
        boolean wrong = (name.endsWith(".gz") && found != GZIP) || (name.endsWith(".zst") && found != ZSTD);
        if (wrong) {
            throw new InvalidInputException(
                    "%s is not compressed as its name says; write or copy it again, or rename it"
                            .formatted(file.shown()));
        }
        return found;
    }

    private static Compression found(DataFile file) {
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] start = in.readNBytes(4);
            if (start.length >= 2 && start[0] == 0x1F && start[1] == (byte) 0x8B) {
                return GZIP;
            }
            boolean zstd = start.length == 4
                    && start[0] == 0x28
                    && start[1] == (byte) 0xB5
                    && start[2] == 0x2F
                    && start[3] == (byte) 0xFD;
            return zstd ? ZSTD : NONE;
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    InputStream open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            return switch (this) {
                case NONE -> in;
                case GZIP -> new GZIPInputStream(new BufferedInputStream(in, BUFFER), BUFFER);
                case ZSTD -> new ZstdInputStream(new BufferedInputStream(in, BUFFER));
            };
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
