package io.mlcicd.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.mlcicd.operation.InvalidInputException;
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
final class TextProblems {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TextProblems() {}

    /** The first thing wrong with a CSV or TSV file; empty when nothing is found. */
    static Optional<String> ofCsv(FileSource source, CsvHeader header) {
        try {
            long line = firstLineNotUtf8(source);
            return line > 0 ? Optional.of(notUtf8(source)) : ragged(source, header);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + source.shown() + ": " + e.getMessage(), e);
        }
    }

    /** The first thing wrong with a file of JSON lines; empty when nothing is found. */
    static Optional<String> ofJsonLines(FileSource source) {
        try {
            long line = firstLineNotUtf8(source);
            return line > 0 ? Optional.of(notUtf8(source)) : notAnObject(source);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + source.shown() + ": " + e.getMessage(), e);
        }
    }

    /** One sentence on the encoding of a file that is not UTF-8. */
    static String notUtf8(FileSource source) {
        try (InputStream in = Files.newInputStream(source.path())) {
            byte[] mark = in.readNBytes(2);
            boolean utf16 = mark.length == 2 && (mark[0] & 0xFF) + (mark[1] & 0xFF) == 0xFE + 0xFF;
            return "%s:%d: not UTF-8 text%s; save it as UTF-8"
                    .formatted(source.shown(), firstLineNotUtf8(source), utf16 ? " but UTF-16" : "");
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + source.shown() + ": " + e.getMessage(), e);
        }
    }

    /** The line of the first byte that is not UTF-8; 0 when there is none. */
    private static long firstLineNotUtf8(FileSource source) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        long line = 1;
        try (InputStream in = Files.newInputStream(source.path())) {
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

    private static Optional<String> ragged(FileSource source, CsvHeader header) throws IOException {
        int expected = header.names().size();
        long line = 1;
        long start = 1;
        int fields = 1;
        boolean quoted = false;
        boolean blank = true;
        char previous = header.delimiter();
        try (BufferedReader in = Files.newBufferedReader(source.path())) {
            for (int next = in.read(); ; next = in.read()) {
                char c = (char) next;
                boolean ends = next < 0 || (!quoted && c == '\n');
                if (ends && !blank && fields != expected) {
                    return Optional.of("%s:%d: has %s where the header has %d; %s"
                            .formatted(
                                    source.shown(),
                                    start,
                                    count(fields, "field"),
                                    expected,
                                    fields > expected
                                            ? "put fields that contain '" + shown(header.delimiter()) + "' in quotes"
                                            : "add what is missing"));
                }
                if (next < 0) {
                    return quoted
                            ? Optional.of("%s:%d: a quoted field starts in this line and never ends; close it with \""
                                    .formatted(source.shown(), start))
                            : Optional.empty();
                }
                line += c == '\n' ? 1 : 0;
                if (ends) {
                    start = line;
                    fields = 1;
                    blank = true;
                    previous = header.delimiter();
                    continue;
                }
                blank &= c == '\r' || c == '\uFEFF';
                if (c == '"' && (quoted || previous == header.delimiter() || previous == '"')) {
                    quoted = !quoted;
                } else if (c == header.delimiter() && !quoted) {
                    fields++;
                }
                previous = c;
            }
        }
    }

    private static Optional<String> notAnObject(FileSource source) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(source.path())), StandardCharsets.UTF_8))) {
            long number = 0;
            boolean empty = true;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                empty &= line.isBlank();
                Optional<String> problem = line.isBlank() ? Optional.empty() : problem(line);
                if (problem.isPresent()) {
                    return Optional.of("%s:%d: %s; each line must be one JSON object"
                            .formatted(source.shown(), number, problem.get()));
                }
            }
            return empty ? Optional.of(source.shown() + " holds no JSON object") : Optional.empty();
        }
    }

    private static Optional<String> problem(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.of("not a JSON object");
            }
            parser.skipChildren();
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                return Optional.of("a JSON object that does not end");
            }
            return parser.nextToken() == null ? Optional.empty() : Optional.of("more than one JSON value");
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage().split("\n", 2)[0];
            return Optional.of("not valid JSON at column " + e.getLocation().getColumnNr() + " (" + message + ")");
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String shown(char delimiter) {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }
}
