package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The first records of a CSV or TSV file as they are written, before anybody knows what separates their fields. */
final class CsvRecords {

    /** Longer lines are refused: no table has them, and readers hold a line in memory. In bytes. */
    static final int LONGEST = 1 << 24;

    private static final int SAMPLE = 20;
    private static final int SAMPLE_CHARACTERS = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvRecords() {}

    /**
     * Reads the first record and some more, blank lines left out.
     *
     * @throws InvalidInputException when there is none, it is too long, or it is not UTF-8
     */
    static List<String> first(DataFile file, char quote) {
        List<String> records = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        boolean quoted = false;
        int read = 0;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file.path()), StandardCharsets.UTF_8.newDecoder()))) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                boolean mark = read++ == 0 && c == BYTE_ORDER_MARK;
                quoted ^= c == quote;
                boolean ends = !quoted && (c == '\n' || c == '\r');
                if (ends && !record.isEmpty()) {
                    records.add(record.toString());
                    record.setLength(0);
                } else if (!ends && !mark) {
                    record.append((char) c);
                }
                boolean enough = records.size() == SAMPLE || (!records.isEmpty() && read > SAMPLE_CHARACTERS);
                if (enough) {
                    return records;
                }
                if (record.length() > LONGEST) {
                    throw tooLong(file, quoted);
                }
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(TextProblems.notUtf8(file), e);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        if (!record.isEmpty()) {
            records.add(record.toString());
        }
        if (records.isEmpty()) {
            throw new InvalidInputException(file.shown() + " is empty; a header with the columns' names was expected");
        }
        return records;
    }

    private static InvalidInputException tooLong(DataFile file, boolean quoted) {
        return new InvalidInputException("%s:1: the first line is longer than %d MB%s; is this a table?"
                .formatted(file.shown(), LONGEST >> 20, quoted ? ", or a quote in it is never closed" : ""));
    }

    /** The fields of a record, without the quotes around them. */
    static List<String> fields(String record, char delimiter, char quote) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == quote && quoted && i + 1 < record.length() && record.charAt(i + 1) == quote) {
                field.append(c);
                i++;
            } else if (c == quote && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
