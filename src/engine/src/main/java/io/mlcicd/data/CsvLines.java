package io.mlcicd.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Looks through the lines of a CSV or TSV file for the first that does not fit its header, ends nowhere or is endless. */
final class CsvLines {

    private final DataFile file;
    private final CsvDialect dialect;

    private long line = 1;
    private long recordLine = 1;
    private long quoteLine = 1;
    private long length;
    private int fields = 1;
    private boolean quoted;
    private boolean blank = true;
    private char previous;

    CsvLines(DataFile file, CsvDialect dialect) {
        this.file = file;
        this.dialect = dialect;
        this.previous = dialect.delimiter();
    }

    /** One sentence on what is wrong and where; empty when nothing is found. */
    Optional<String> problem() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file.path())) {
            for (int next = in.read(); ; next = in.read()) {
                char c = (char) next;
                boolean ends = next < 0 || (!quoted && c == '\n');
                if (ends && !blank && fields != dialect.names().size()) {
                    return Optional.of(ragged());
                }
                if (next < 0) {
                    return quoted ? Optional.of(neverCloses()) : Optional.empty();
                }
                if (++length > CsvRecords.LONGEST) {
                    return Optional.of(quoted ? neverCloses() : tooLong());
                }
                line += c == '\n' ? 1 : 0;
                if (ends) {
                    start();
                } else {
                    take(c);
                }
            }
        }
    }

    private void start() {
        recordLine = line;
        length = 0;
        fields = 1;
        blank = true;
        previous = dialect.delimiter();
    }

    private void take(char c) {
        blank &= c == '\r' || c == '\uFEFF';
        boolean opens = previous == dialect.delimiter() || previous == dialect.quote() || previous == '\uFEFF';
        if (c == dialect.quote() && (quoted || opens)) {
            // A doubled quote stands for itself: the field began where it did.
            quoteLine = quoted || previous == dialect.quote() ? quoteLine : line;
            quoted = !quoted;
        } else if (c == dialect.delimiter() && !quoted) {
            fields++;
        }
        previous = c;
    }

    private String ragged() {
        int expected = dialect.names().size();
        return "%s:%d: has %s where the %s has %d; %s"
                .formatted(
                        file.shown(),
                        recordLine,
                        fields + (fields == 1 ? " field" : " fields"),
                        dialect.header() ? "header" : "first line",
                        expected,
                        fields > expected
                                ? "put fields that contain '" + shownDelimiter() + "' in quotes"
                                : "add what is missing");
    }

    private String neverCloses() {
        return "%s:%d: a quoted field starts in this line and never ends; close it with %s"
                .formatted(file.shown(), quoteLine, dialect.quote());
    }

    private String tooLong() {
        return "%s:%d: the line is longer than %d MB; is this a table?"
                .formatted(file.shown(), recordLine, CsvRecords.LONGEST >> 20);
    }

    private String shownDelimiter() {
        return dialect.delimiter() == '\t' ? "tab" : String.valueOf(dialect.delimiter());
    }
}
