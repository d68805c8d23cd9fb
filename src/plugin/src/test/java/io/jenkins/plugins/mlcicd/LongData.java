package io.jenkins.plugins.mlcicd;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data that take a while to validate: many different values, each of which must be unique. */
final class LongData {

    private static final int LINES = 100_000;

    private LongData() {}

    static void write(Path folder, int rows) throws IOException {
        Files.writeString(folder.resolve("long.yml"), "contract: long\ncolumns: { id: { unique: true } }\n");
        try (OutputStream out = Files.newOutputStream(folder.resolve("long.csv"))) {
            out.write("id\n".getBytes(StandardCharsets.US_ASCII));
            for (int first = 0; first < rows; first += LINES) {
                StringBuilder lines = new StringBuilder();
                for (int row = first; row < first + LINES; row++) {
                    lines.append(row * 2_654_435_761L).append('\n');
                }
                out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
