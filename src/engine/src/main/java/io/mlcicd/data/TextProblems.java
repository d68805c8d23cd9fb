package io.mlcicd.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Says what is wrong with a text file that the engine refused, in a person's words and with the line. It reads the file
 * again, which only costs time when there is something to tell.
 */
public final class TextProblems {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TextProblems() {}

    /** The first thing wrong with a CSV or TSV file; empty when nothing is found. */
    public static Optional<String> ofCsv(DataFile file, CsvDialect dialect) {
        try {
            long line = firstLineNotUtf8(file);
            return line > 0 ? Optional.of(notUtf8(file)) : new CsvLines(file, dialect).problem();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The first thing wrong with a file of JSON lines; empty when nothing is found. */
    public static Optional<String> ofJsonLines(DataFile file) {
        try {
            long line = firstLineNotUtf8(file);
            return line > 0 ? Optional.of(notUtf8(file)) : notAnObject(file);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** One sentence on the encoding of a file that is not UTF-8. */
    static String notUtf8(DataFile file) {
        try {
            return ("%s:%d: not UTF-8 text; save it as UTF-8, or say what it is (read: { encoding: windows-1252 } or"
                            + " --encoding windows-1252)")
                    .formatted(file.shown(), firstLineNotUtf8(file));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The line of the first byte that is not UTF-8; 0 when there is none. */
    private static long firstLineNotUtf8(DataFile file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        long line = 1;
        try (InputStream in = Files.newInputStream(file.path())) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result = decoder.decode(bytes, chars, end);
                chars.flip();
                line += chars.chars().filter(c -> c == '\n').count();
                if (result.isError()) {
                    return line;
                }
                chars.clear();
                bytes.compact();
            }
        }
        return 0;
    }

    private static Optional<String> notAnObject(DataFile file) throws IOException {
        long endless = lineTooLong(file);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(file.path())), StandardCharsets.UTF_8))) {
            long number = 0;
            boolean empty = true;
            if (endless > 0) {
                return Optional.of("%s:%d: the line is longer than %d MB; each line must be one JSON object"
                        .formatted(file.shown(), endless, CsvRecords.LONGEST >> 20));
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                empty &= line.isBlank();
                Optional<String> problem = line.isBlank() ? Optional.empty() : problem(line);
                if (problem.isPresent()) {
                    return Optional.of("%s:%d: %s; each line must be one JSON object"
                            .formatted(file.shown(), number, problem.get()));
                }
            }
            return empty ? Optional.of(file.shown() + " holds no JSON object") : Optional.empty();
        }
    }

    /** The first line that nobody should hold in memory; 0 when there is none. */
    private static long lineTooLong(DataFile file) throws IOException {
        long line = 1;
        long length = 0;
        byte[] bytes = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file.path())) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                for (int i = 0; i < read; i++) {
                    length = bytes[i] == '\n' ? 0 : length + 1;
                    line += bytes[i] == '\n' ? 1 : 0;
                    if (length > CsvRecords.LONGEST) {
                        return line;
                    }
                }
            }
        }
        return 0;
    }

    private static Optional<String> problem(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.of("not a JSON object");
            }
            for (int depth = 1; depth > 0; ) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return Optional.of("a JSON object that does not end");
                }
                if (token.isNumeric() && Double.isInfinite(parser.getDoubleValue())) {
                    return Optional.of("the number " + shortened(parser.getText()) + " is beyond what a double holds");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return parser.nextToken() == null ? Optional.empty() : Optional.of("more than one JSON value");
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage().split("\n", 2)[0];
            return Optional.of("not valid JSON at column " + e.getLocation().getColumnNr() + " (" + message + ")");
        }
    }

    private static String shortened(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "…" : text;
    }
}
