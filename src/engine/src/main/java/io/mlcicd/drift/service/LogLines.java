package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceSource.LogFile;
import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** The lines of a log file, plain or in gzip, in bounded memory: a line that is too long comes without its end. */
final class LogLines implements AutoCloseable {

    /** No server logs a longer request. */
    private static final int LONGEST = 1 << 16;

    private static final int BUFFER = 1 << 16;

    private final LogFile file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int filled;

    private LogLines(LogFile file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** @throws InvalidInputException when the file is missing or cannot be read */
    static LogLines open(LogFile file) {
        if (!Files.isRegularFile(file.path())) {
            throw new InvalidInputException("the access log %s %s"
                    .formatted(file.shown(), Files.exists(file.path()) ? "is no file" : "does not exist"));
        }
        try {
            InputStream plain = new BufferedInputStream(Files.newInputStream(file.path()), BUFFER);
            plain.mark(2);
            boolean gzip = plain.read() == 0x1F && plain.read() == 0x8B;
            plain.reset();
            return new LogLines(file, gzip ? new GZIPInputStream(plain, BUFFER) : plain);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidInputException unreadable(LogFile file, IOException e) {
        return new InvalidInputException(
                "the access log %s cannot be read: %s".formatted(file.shown(), String.valueOf(e.getMessage())), e);
    }

    /** The next line, without what ends it; null after the last. */
    String next() {
        line.reset();
        boolean any = false;
        try {
            while (true) {
                if (at == filled) {
                    filled = in.read(buffer, 0, BUFFER);
                    at = 0;
                    if (filled < 0) {
                        filled = 0;
                        return any ? text() : null;
                    }
                }
                any = true;
                int end = at;
                while (end < filled && buffer[end] != '\n') {
                    end++;
                }
                line.write(buffer, at, Math.max(0, Math.min(end - at, LONGEST - line.size())));
                boolean whole = end < filled;
                at = whole ? end + 1 : end;
                if (whole) {
                    return text();
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private String text() {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
